using System.Text;
using System.Text.RegularExpressions;

namespace GateAction.Sources.Results.Reading;

/// <summary>The encoding of a file by its first bytes: byte order mark, the zero bytes of UTF-16, the XML declaration, else
/// UTF-8.</summary>
/// <param name="BomLength">Bytes of the byte order mark.</param>
/// <param name="Warning">What a reader should know, or null.</param>
internal sealed partial record TextEncoding(Encoding Encoding, int BomLength, string? Warning)
{
    public const int HeadLength = 512;

    static TextEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public bool IsUtf8 => Encoding.CodePage == Encoding.UTF8.CodePage;

    public static TextEncoding Detect(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => new(Encoding.UTF8, 3, null),
        // Before UTF-16, whose mark is the beginning of this one.
        [0xFF, 0xFE, 0, 0, ..] => new(Encoding.UTF32, 4, null),
        [0xFF, 0xFE, ..] => new(Encoding.Unicode, 2, null),
        [0xFE, 0xFF, ..] => new(Encoding.BigEndianUnicode, 2, null),
        // No mark, but two ASCII characters in UTF-16, as of '<?' (XML 1.0, appendix F).
        [not 0, 0, not 0, 0, ..] => new(Encoding.Unicode, 0, null),
        [0, not 0, 0, not 0, ..] => new(Encoding.BigEndianUnicode, 0, null),
        // In the encodings that are left a declaration is ASCII (EBCDIC is not read); Latin-1 takes any other byte.
        _ => FromDeclaration(Encoding.Latin1.GetString(head[..Math.Min(head.Length, HeadLength)])),
    };

    /// <summary>Puts spaces over the encoding that an XML declaration states, for a reader of text that is decoded already.</summary>
    public static void BlankDeclared(Span<char> text)
    {
        var match = Declaration().Match(new string(text[..Math.Min(text.Length, HeadLength)]));
        if (match.Groups["encoding"] is { Success: true } stated)
            text.Slice(stated.Index, stated.Length).Fill(' ');
    }

    private static TextEncoding FromDeclaration(string head)
    {
        var match = Declaration().Match(head);
        if (!match.Success)
            return new(Encoding.UTF8, 0, null);
        var name = match.Groups["name"].Value;
        try
        {
            var encoding = Encoding.GetEncoding(name);
            // .NET writers that went through a string declare utf-16 over bytes that are not.
            return encoding.CodePage is 1200 or 1201 or 12000 or 12001
                ? new(Encoding.UTF8, 0, $"declares encoding '{name}' but its bytes are not; read as UTF-8")
                : new(encoding, 0, null);
        }
        catch (ArgumentException)
        {
            return new(Encoding.UTF8, 0, $"declares the unknown encoding '{name}'; read as UTF-8");
        }
    }

    [GeneratedRegex("""^\s*<\?xml[^>]*?\b(?<encoding>encoding\s*=\s*["'](?<name>[A-Za-z0-9._:-]+)["'])""", RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();
}
