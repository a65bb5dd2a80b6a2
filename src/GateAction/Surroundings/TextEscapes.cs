using System.Buffers;
using System.Globalization;
using System.Text;

namespace GateAction.Surroundings;

/// <summary>
/// The escapes in which programs write one character: percent-encoding (RFC 3986, also applied twice), backslashes (JSON, RFC 8259, and
/// languages like it, also applied twice) and references of HTML. Each method gives the place behind the escape, or 0.
/// </summary>
internal static class TextEscapes
{
    private static readonly SearchValues<char> EntityCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    /// <summary>How often an escape may be escaped.</summary>
    // A query in a query is escaped twice, and each level costs a look at every '%'.
    public const int Levels = 2;

    /// <param name="level">How often the escape itself is escaped: '/' is <c>%2F</c>, <c>%252F</c>, <c>%25252F</c>.</param>
    public static int Percent(ReadOnlySpan<char> text, int at, Rune rune, int level)
    {
        Span<byte> bytes = stackalloc byte[4];
        var length = rune.EncodeToUtf8(bytes);
        if (Bytes(text, at, bytes[..length], level) is > 0 and var end)
            return end;
        // As Latin-1, which forms of old pages use.
        return rune.Value is > 127 and < 256 ? Bytes(text, at, [(byte)rune.Value], level) : 0;
    }

    public static int PercentSpace(ReadOnlySpan<char> text, int at)
    {
        for (var level = 0; level <= Levels; level++)
        {
            var hex = at + 1 + (2 * level);
            if (Hex(text, hex, 2) is 0x20 or (>= 0x09 and <= 0x0D))
                return hex + 2 - at;
            if (Hex(text, hex, 2) != '%')
                break;
        }
        return 0;
    }

    /// <param name="end">Behind the backslashes that begin at <paramref name="at"/>.</param>
    public static int Backslash(ReadOnlySpan<char> text, int at, int end, Rune rune)
    {
        if (end >= text.Length)
            return 0;
        if (text[end] is 'u' or 'U')
            return end + 1 < text.Length && text[end + 1] == '{' ? Braced(text, end + 2, rune) : Units(text, at, rune);
        if (text[end] is 'x')
            return Hex(text, end + 1, 2) == rune.Value ? end + 3 : HexBytes(text, at, end - at, rune);
        return Named(text[end]) == rune.Value ? end + 1 : 0;
    }

    // \u{fc} of JavaScript and Rust.
    private static int Braced(ReadOnlySpan<char> text, int at, Rune rune)
    {
        var length = text[at..Math.Min(text.Length, at + 7)].IndexOf('}');
        return length > 0 && Hex(text, at, length) == rune.Value ? at + length + 1 : 0;
    }

    // \xc3\xbc of C and Python: the bytes of UTF-8.
    private static int HexBytes(ReadOnlySpan<char> text, int at, int slashes, Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var expected in bytes[..rune.EncodeToUtf8(bytes)])
        {
            for (var i = 0; i < slashes; i++, at++)
            {
                if (at >= text.Length || text[at] != '\\')
                    return 0;
            }
            if (at >= text.Length || text[at] != 'x' || Hex(text, at + 1, 2) != expected)
                return 0;
            at += 3;
        }
        return at;
    }

    public static int BackslashSpace(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && text[end] == '\\')
            end++;
        if (end >= text.Length)
            return 0;
        if (text[end] is 'n' or 'r' or 't' or 'f' or 'v' or ' ')
            return end + 1 - at;
        return text[end] is 'u' && Hex(text, end + 1, 4) is >= 0 and var unit && (unit == '+' || char.IsWhiteSpace((char)unit))
            ? end + 5 - at
            : 0;
    }

    /// <summary><c>&amp;amp;</c>, <c>&amp;#38;</c> and <c>&amp;#x26;</c>.</summary>
    public static int Entity(ReadOnlySpan<char> text, int at, Rune rune) =>
        EntityAt(text, at, out var length) == rune.Value ? at + length : rune.Value == '&' && text[at..].StartsWith("&amp;") ? at + 5 : 0;

    public static int EntitySpace(ReadOnlySpan<char> text, int at) =>
        EntityAt(text, at, out var length) is >= 0 and <= char.MaxValue and var value && char.IsWhiteSpace((char)value) ? length : 0;

    private static int EntityAt(ReadOnlySpan<char> text, int at, out int length)
    {
        length = 0;
        var (start, name) = (Ampersand(text, at), 0);
        if (start == 0 || (name = text[start..Math.Min(text.Length, start + 9)].IndexOf(';')) < 2)
            return -1;
        length = start + name + 1 - at;
        return text.Slice(start, name) switch
        {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" => '\u00A0',
            ['#', 'x' or 'X', .. var hex] => Hex(hex, 0, hex.Length),
            ['#', .. var digits] => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1,
            var word => NamedEntity(word),
        };
    }

    /// <summary>Behind an ampersand, which JSON and HTML may have escaped once more: Go and .NET write <c>\u0026gt;</c>.</summary>
    private static int Ampersand(ReadOnlySpan<char> text, int at)
    {
        var rest = text[at..];
        if (rest.StartsWith("&amp;"))
            return at + "&amp;".Length;
        if (rest.StartsWith("&"))
            return at + 1;
        if (rest.StartsWith("%26"))
            return at + "%26".Length;
        var end = at;
        while (end < text.Length && text[end] == '\\')
            end++;
        return end > at && text[end..].StartsWith("u0026") ? end + "u0026".Length : 0;
    }

    private static int NamedEntity(ReadOnlySpan<char> name)
    {
        if (name.ContainsAnyExcept(EntityCharacters))
            return -1;
        var decoded = System.Net.WebUtility.HtmlDecode($"&{name};");
        return Rune.DecodeFromUtf16(decoded, out var rune, out var length) == OperationStatus.Done && length == decoded.Length
            ? rune.Value
            : -1;
    }

    // What is no letter stands for itself.
    private static int Named(char c) => c switch
    {
        'b' => '\b',
        'a' => '\a',
        'e' => '\e',
        '0' => '\0',
        _ => c < 128 && !char.IsAsciiLetterOrDigit(c) ? c : -1,
    };

    private static int Bytes(ReadOnlySpan<char> text, int at, ReadOnlySpan<byte> bytes, int level)
    {
        foreach (var expected in bytes)
        {
            if (at >= text.Length || text[at] != '%')
                return 0;
            at++;
            for (var i = 0; i < level; i++, at += 2)
            {
                if (Hex(text, at, 2) != '%')
                    return 0;
            }
            if (Hex(text, at, 2) != expected)
                return 0;
            at += 2;
        }
        return at;
    }

    // A character outside the basic plane is two units, each escaped.
    public static int Units(ReadOnlySpan<char> text, int at, Rune rune)
    {
        Span<char> units = stackalloc char[2];
        var count = rune.EncodeToUtf16(units);
        for (var i = 0; i < count; i++)
        {
            var escape = at;
            while (at < text.Length && text[at] == '\\')
                at++;
            if (at == escape || at >= text.Length || Hex(text, at + 1, 4) != units[i])
                return 0;
            at += 5;
        }
        return at;
    }

    private static int Hex(ReadOnlySpan<char> text, int at, int digits) =>
        digits > 0 && at + digits <= text.Length
        && int.TryParse(text.Slice(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : -1;
}
