using System.Text.Encodings.Web;
using System.Text.Json;
using GateAction.Core.Model;

namespace GateAction.Core.Documents;

/// <summary>What the gate's JSON documents have in common: a first field <c>schema</c> that names document and version.</summary>
/// <param name="Name"><c>evidence</c>, <c>verdict</c>.</param>
/// <param name="Version">The version that this program writes, and the only one it reads.</param>
internal sealed record GateDocument(string Name, int Version)
{
    private const string Prefix = "gateaction/";

    /// <summary>Facts hold what a server answered; its nesting comes on top of the document's own.</summary>
    private const int MaxDepth = 512;

    public string Schema => $"{Prefix}{Name}/{Version}";

    public void Write(Stream stream, Action<Utf8JsonWriter> writeFields)
    {
        var options = new JsonWriterOptions
        { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };
        using (var writer = new Utf8JsonWriter(stream, options))
        {
            writer.WriteStartObject();
            writer.WriteString("schema", Schema);
            writeFields(writer);
            writer.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
    }

    /// <param name="source">The name of the file, for messages.</param>
    public T Read<T>(Stream stream, string source, Func<JsonCursor, T> readFields)
    {
        try
        {
            using var json = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = MaxDepth });
            var root = new JsonCursor(json.RootElement, source, "");
            CheckSchema(root);
            return readFields(root);
        }
        catch (JsonException exception)
        {
            throw new GateException(
                $"{source} is not whole JSON (line {exception.LineNumber + 1}): it was cut off, or it is no {Name} document of gate",
                innerException: exception);
        }
    }

    private void CheckSchema(JsonCursor root)
    {
        var found = root.Optional("schema")?.String()
            ?? throw new GateException($"{root.Document} has no field 'schema': it is no {Name} document of gate (expected '{Schema}')");
        if (!found.StartsWith($"{Prefix}{Name}/", StringComparison.Ordinal)
            || !int.TryParse(found[(Prefix.Length + Name.Length + 1)..], out var version) || version < 1)
            throw new GateException($"{root.Document} is of schema '{found}'; '{Schema}' is accepted here");
        if (version < Version)
            throw new GateException(
                $"{root.Document} is of schema '{found}', which is older than this gate reads ('{Schema}'): make it anew with this "
                + "version");
        if (version > Version)
            throw new GateException(
                $"{root.Document} is of schema '{found}', which is newer than this gate reads ('{Schema}'): use the gate version that "
                + "wrote it, or a newer one");
    }
}
