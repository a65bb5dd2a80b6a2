using System.Collections.Frozen;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace GateAction.Http;

/// <summary>
/// Encodings by the names that servers give them: the labels of the WHATWG's Encoding Standard, section 4.2, and what else .NET knows. Of
/// that list it does not know ISO-8859-10, -14 and -16. Each throws <see cref="DecoderFallbackException"/> over what is no text in it.
/// </summary>
internal static partial class Charsets
{
    public static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    private const int Big5 = 950;

    private static readonly (int CodePage, string Labels)[] Labels =
    [
        (65001, "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8"),
        (866, "866 cp866 csibm866 ibm866"),
        (28592, "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2"),
        (28593, "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3"),
        (28594, "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4"),
        (28595, "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988"),
        (28596, "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e iso-8859-6-i iso-ir-127 "
            + "iso8859-6 iso88596"),
        (28596, "iso_8859-6 iso_8859-6:1987"),
        (28597, "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 "
            + "sun_eu_greek"),
        (28598, "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 "
            + "visual"),
        (38598, "csiso88598i iso-8859-8-i logical"),
        (28603, "iso-8859-13 iso8859-13 iso885913"),
        (28605, "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9"),
        (20866, "cskoi8r koi koi8 koi8-r koi8_r"),
        (21866, "koi8-ru koi8-u"),
        (10000, "csmacintosh mac macintosh x-mac-roman"),
        (874, "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874"),
        (1250, "cp1250 windows-1250 x-cp1250"),
        (1251, "cp1251 windows-1251 x-cp1251"),
        (1252, "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 "
            + "l1 latin1"),
        (1252, "us-ascii windows-1252 x-cp1252"),
        (1253, "cp1253 windows-1253 x-cp1253"),
        (1254, "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 windows-1254 x-cp1254"),
        (1255, "cp1255 windows-1255 x-cp1255"),
        (1256, "cp1256 windows-1256 x-cp1256"),
        (1257, "cp1257 windows-1257 x-cp1257"),
        (1258, "cp1258 windows-1258 x-cp1258"),
        (10007, "x-mac-cyrillic x-mac-ukrainian"),
        (54936, "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030"),
        (Big5, "big5 big5-hkscs cn-big5 csbig5 x-x-big5"),
        (51932, "cseucpkdfmtjapanese euc-jp x-euc-jp"),
        (50220, "csiso2022jp iso-2022-jp"),
        (932, "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis"),
        (949, "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949"),
        (1201, "unicodefffe utf-16be"),
        (1200, "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le"),
    ];

    private static readonly Lazy<FrozenDictionary<string, int>> CodePages = new(() =>
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Labels.SelectMany(row => row.Labels.Split(' '), (row, label) => KeyValuePair.Create(label, row.CodePage))
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    });

    /// <summary>Every label of the list that is read.</summary>
    public static IReadOnlyCollection<string> All => CodePages.Value.Keys;

    /// <summary>What the body says it is in; null if it says nothing. The header is read as it stands: .NET gives none of it if a
    /// part of it is wrong.</summary>
    public static string? DeclaredIn(HttpContentHeaders headers)
    {
        // The last one, if there are several, as browsers take it (Fetch, "extract a MIME type").
        if (!headers.NonValidated.TryGetValues("Content-Type", out var values))
            return null;
        var named = Parameter().Matches(values.Last())
            .FirstOrDefault(match => match.Groups["name"].ValueSpan.Trim().Equals("charset", StringComparison.OrdinalIgnoreCase));
        return named is null ? null : LabelOf(named);
    }

    public static bool IsMarkup(HttpContentHeaders headers) =>
        headers.NonValidated.TryGetValues("Content-Type", out var values) && values.Last().Split(';')[0].Trim() is var type
        && (type.EndsWith("html", StringComparison.OrdinalIgnoreCase) || type.EndsWith("xml", StringComparison.OrdinalIgnoreCase));

    private static string? LabelOf(Match parameter)
    {
        var quoted = parameter.Groups["quoted"];
        var text = quoted.Success ? QuotedPair().Replace(quoted.Value, "$1") : parameter.Groups["bare"].Value;
        return text.Trim('"', '\'', ' ') is { Length: > 0 } charset ? charset : null;
    }

    /// <summary>Null for a label that is not known; UTF-8 if there is none.</summary>
    public static Encoding? Find(string? label)
    {
        if (label is null || label.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return Utf8;
        try
        {
            return CodePages.Value.TryGetValue(label, out var page)
                ? page == Utf8.CodePage
                ? Utf8
                : Encoding.GetEncoding(page, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                : Encoding.GetEncoding(label, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>What a page says within itself that it is in, as browsers look for it if the server says nothing (HTML, 13.2.3.2; XML,
    /// 4.3.3); null if it says nothing that is known.</summary>
    public static Encoding? FindIn(ReadOnlySpan<byte> page)
    {
        const int looked = 1024;
        var begin = Comment().Replace(Encoding.Latin1.GetString(page[..Math.Min(page.Length, looked)]), "");
        var label = XmlDeclaration().Match(begin) is { Success: true } xml ? xml : MetaCharset().Match(begin);
        return label.Success && Find(label.Groups[1].Value) is { } encoding
            // HTML says so: a page whose beginning could be read as ASCII is not written in UTF-16, whatever it claims.
            ? encoding is UnicodeEncoding or UTF32Encoding ? Utf8 : encoding
            : null;
    }

    /// <summary>The text of a whole body. What a byte order mark says is more than what is declared.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, Encoding declared) => bytes switch
    {
        [0xef, 0xbb, 0xbf, .. var rest] => Utf8.GetString(rest),
        // These four bytes are also the mark of UTF-16 before a zero character: only what was declared tells them apart.
        [0xff, 0xfe, 0, 0, .. var rest] when declared is UTF32Encoding => new UTF32Encoding(false, false, true).GetString(rest),
        [0, 0, 0xfe, 0xff, .. var rest] when declared is UTF32Encoding => new UTF32Encoding(true, false, true).GetString(rest),
        [0xff, 0xfe, .. var rest] => new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true).GetString(rest),
        [0xfe, 0xff, .. var rest] => new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true).GetString(rest),
        _ => Known(declared.GetString(bytes), declared),
    };

    // The list means Big5 with the characters of Hong Kong; .NET has none of these and puts private ones in their place.
    private static string Known(string text, Encoding declared) =>
        declared.CodePage == Big5 && text.Any(one => one is >= '\ue000' and <= '\uf8ff')
            ? throw new DecoderFallbackException("characters of Hong Kong's extension")
            : text;

    [GeneratedRegex(""";\s*(?<name>[^=;"]*)(?:=\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<bare>[^;]*)))?""")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex QuotedPair();

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex("""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"']+)["']""")]
    private static partial Regex XmlDeclaration();

    // A part of HTML's algorithm alone: no attributes in other orders, no scripts skipped. 1,024 bytes are all that it looks at too.
    [GeneratedRegex("""<meta\s[^>]*?charset\s*=\s*["']?\s*([^\s"'/>;]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex MetaCharset();
}
