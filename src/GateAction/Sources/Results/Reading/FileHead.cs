using System.Text;
using System.Text.Json;
using System.Xml;

namespace GateAction.Sources.Results.Reading;

/// <summary>The beginning of a file, enough to tell its format by content.</summary>
internal sealed class FileHead
{
    private const int Length = 64 * 1024;

    private FileHead(string text)
    {
        Text = text;
        var start = text.AsSpan().TrimStart();
        if (start.StartsWith("<"))
            ReadRoot(text);
        else if (start.StartsWith("{") || start.StartsWith("["))
            ReadKeys(text);
    }

    public string Text { get; }

    /// <summary>Local name of the root element of an XML file.</summary>
    public string? Root { get; private set; }

    /// <summary>Local name of the first element within the root element; null where it is not in this part of the file.</summary>
    public string? FirstChild { get; private set; }

    /// <summary>Attributes of the root element.</summary>
    public IReadOnlyDictionary<string, string> RootAttributes { get; private set; } = new Dictionary<string, string>();

    /// <summary>Keys of the first JSON document: <c>stats</c>, <c>stats.tests</c>, of the objects in its lists <c>suites[].specs</c>,
    /// <c>[].uri</c>.</summary>
    public IReadOnlySet<string> Keys { get; private set; } = new HashSet<string>();

    /// <summary>True for JSON whose first document does not end here: what tells its format may come later.</summary>
    public bool IsPartOfJson { get; private set; }

    // A disk that was full leaves a file of NULs, which are U+FFFD once they are decoded.
    public bool IsEmpty => string.IsNullOrWhiteSpace(Text.Trim('\0', '\uFFFD'));

    public static FileHead Of(ResultSource source)
    {
        using var reader = source.OpenText();
        var buffer = new char[Length];
        return new(new string(buffer, 0, reader.ReadBlock(buffer)));
    }

    public static FileHead Of(string text) => new(text);

    /// <summary>The same with the keys of the whole document: for one whose lists stand before what tells its format.</summary>
    public FileHead WithAllKeys(ResultSource source)
    {
        using var stream = source.OpenUtf8();
        var json = new JsonStream(stream);
        var keys = new JsonKeys();
        try
        {
            while (!keys.IsWhole && json.Advance())
                keys.Add(json.Token, json.Depth, json.Token == JsonTokenType.PropertyName && keys.Wants(json.Depth) ? json.Key : null);
        }
        catch (JsonException)
        {
            // The format's own reader, if one knows it, names the place.
        }
        return new(Text) { Keys = keys.Found };
    }

    public bool HasKeys(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (!Keys.Contains(key))
                return false;
        }
        return true;
    }

    private void ReadRoot(string text)
    {
        var settings = ResultSource.XmlSettings;
        // A file with a DOCTYPE has a format too: its reader refuses it and says why, or, as those of coverage do, skips it.
        settings.DtdProcessing = DtdProcessing.Ignore;
        try
        {
            using var reader = XmlReader.Create(new StringReader(text.TrimStart()), settings);
            reader.MoveToContent();
            Root = reader.LocalName;
            var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
            while (reader.MoveToNextAttribute())
                attributes[reader.LocalName] = reader.Value;
            RootAttributes = attributes;
            reader.MoveToElement();
            if (!reader.IsEmptyElement && reader.Read() && reader.MoveToContent() == XmlNodeType.Element)
                FirstChild = reader.LocalName;
        }
        catch (XmlException)
        {
            // Cut or damaged before the root element ends: no format recognises it.
        }
    }

    private void ReadKeys(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        // The head may end in the middle of a token, which is no fault of the file.
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false,
            new JsonReaderState(new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }));
        var keys = new JsonKeys();
        try
        {
            while (!keys.IsWhole && reader.Read())
                keys.Add(reader.TokenType, reader.CurrentDepth, reader.TokenType == JsonTokenType.PropertyName
                    && keys.Wants(reader.CurrentDepth) ? reader.GetString() : null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // What was read so far decides; the format's own reader names the place.
        }
        Keys = keys.Found;
        IsPartOfJson = !keys.IsWhole;
    }
}
