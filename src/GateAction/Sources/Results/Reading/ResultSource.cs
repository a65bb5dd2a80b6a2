using System.Xml;
using GateAction.Files;

namespace GateAction.Sources.Results.Reading;

/// <summary>One file to read, opened as often as a format needs it.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Name">The path as people know it: relative to where the gate runs.</param>
/// <param name="Within">The folder in which it must lie, through links too; null for a file that is meant as it is.</param>
internal sealed record ResultSource(string Path, string Name, string? Within = null)
{
    /// <summary>Bytes; 0 where there is no such file.</summary>
    public long Length => new FileInfo(Path) is { Exists: true } file ? file.Length : 0;

    // A file outside of the folder has its full path for a name (ResultReader.NameOf): who named it so meant it.
    public Stream Open() => RegularFile.OpenRead(Path, System.IO.Path.IsPathRooted(Name) ? null : Within);

    public DecodingReader OpenText() => new(Open());

    /// <summary>The file as UTF-8 without byte order mark, whatever it is written in.</summary>
    public Stream OpenUtf8()
    {
        var stream = Open();
        var head = new byte[TextEncoding.HeadLength];
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var encoding = TextEncoding.Detect(head.AsSpan(0, length));
        stream.Position = encoding.BomLength;
        return encoding.IsUtf8
            ? stream
            : System.Text.Encoding.CreateTranscodingStream(stream, encoding.Encoding, System.Text.Encoding.UTF8);
    }

    /// <summary>DTDs are refused: no entity is ever expanded and nothing is fetched.</summary>
    public static XmlReaderSettings XmlSettings => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        // Producers write what a test printed as it is, as references such as '&#x1;' too. XML 1.0 forbids that character; with the check
        // one of them would cost the whole file.
        CheckCharacters = false,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };
}
