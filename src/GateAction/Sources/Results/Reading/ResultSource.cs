using System.Xml;

namespace GateAction.Sources.Results.Reading;

/// <summary>One file to read, opened as often as a format needs it.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Name">The path as people know it: relative to where the gate runs.</param>
internal sealed record ResultSource(string Path, string Name)
{
    /// <summary>Bytes; 0 where there is no such file.</summary>
    public long Length => new FileInfo(Path) is { Exists: true } file ? file.Length : 0;

    public Stream Open() => new FileStream(Path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan, Share = FileShare.ReadWrite });

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
        CheckCharacters = false,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };
}
