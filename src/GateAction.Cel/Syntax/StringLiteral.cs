using System.Globalization;
using System.Text;

namespace GateAction.Cel.Syntax;

/// <summary>The content of a string or bytes literal with its escape sequences resolved (langdef "String and Bytes Values").</summary>
internal static class StringLiteral
{
    public static string ReadString(string text, Token token)
    {
        var (start, end, isRaw) = Content(text, token);
        if (isRaw || text.IndexOf('\\', start, end - start) < 0)
            return text[start..end];
        var result = new StringBuilder(end - start);
        for (var i = start; i < end; i++)
        {
            if (text[i] != '\\')
                result.Append(text[i]);
            else
                result.Append(ReadEscape(text, ref i, end).ToString());
        }
        return result.ToString();
    }

    public static byte[] ReadBytes(string text, Token token)
    {
        var (start, end, isRaw) = Content(text, token);
        if (isRaw || text.IndexOf('\\', start, end - start) < 0)
            return Encoding.UTF8.GetBytes(text, start, end - start);
        var result = new MemoryStream();
        for (var i = start; i < end; i++)
        {
            var escaped = text[i] == '\\';
            var from = i;
            if (escaped && text[i + 1] is 'u' or 'U')
                throw new SyntaxErrorException(i, 2,
                    $"'\\{text[i + 1]}' stands for a code point and bytes have none; write bytes as \\xHH");
            if (escaped)
            {
                result.WriteByte((byte)ReadEscape(text, ref i, end).Value);
                continue;
            }
            // Half a pair has no UTF-8.
            if (char.IsHighSurrogate(text[i]) && i + 1 < end)
                i++;
            result.Write(Encoding.UTF8.GetBytes(text, from, i + 1 - from));
        }
        return result.ToArray();
    }

    private static (int Start, int End, bool IsRaw) Content(string text, Token token)
    {
        var prefixLength = StringScanner.PrefixLength(text, token.Start);
        var quote = token.Start + prefixLength;
        var width = StringScanner.IsTriple(text, quote) && token.Length >= prefixLength + 6 ? 3 : 1;
        return (quote + width, token.End - width, StringScanner.IsRaw(text, token.Start, prefixLength));
    }

    /// <summary>Reads the sequence that starts at <paramref name="position"/> and leaves it on its last character.</summary>
    private static Rune ReadEscape(string text, ref int position, int end)
    {
        var start = position;
        var letter = text[++position];
        return letter switch
        {
            'a' => new Rune('\a'),
            'b' => new Rune('\b'),
            'f' => new Rune('\f'),
            'n' => new Rune('\n'),
            'r' => new Rune('\r'),
            't' => new Rune('\t'),
            'v' => new Rune('\v'),
            '\\' or '?' or '"' or '\'' or '`' => new Rune(letter),
            'x' or 'X' => ReadCodePoint(text, start, ref position, 2, end),
            'u' => ReadCodePoint(text, start, ref position, 4, end),
            'U' => ReadCodePoint(text, start, ref position, 8, end),
            >= '0' and <= '3' => ReadOctal(text, start, ref position, end),
            _ => throw new SyntaxErrorException(start, 2,
                $"'\\{letter}' is not an escape sequence; write '\\\\' for a backslash, or r'…' for a string without escapes"),
        };
    }

    private static Rune ReadCodePoint(string text, int start, ref int position, int digits, int end)
    {
        var from = position + 1;
        position += digits;
        if (position < end
            && uint.TryParse(text.AsSpan(from, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            && Rune.IsValid(number))
            return new Rune(number);
        throw new SyntaxErrorException(start, Math.Min(digits + 2, end - start),
            $"'{text[start..Math.Min(start + digits + 2, end)]}' is not a code point; \\{text[start + 1]} takes {digits} hexadecimal "
            + "digits and no surrogate");
    }

    private static Rune ReadOctal(string text, int start, ref int position, int end)
    {
        var number = 0;
        for (var i = 0; i < 3; i++)
        {
            if (position + i >= end || text[position + i] is < '0' or > '7')
                throw new SyntaxErrorException(start, 2, "an octal escape has three digits, '\\000' to '\\377'");
            number = number * 8 + (text[position + i] - '0');
        }
        position += 2;
        return new Rune(number);
    }
}

/// <summary>Finds where a string or bytes literal ends: raw, triple-quoted or plain.</summary>
internal static class StringScanner
{
    /// <summary>How many letters (<c>r</c>, <c>b</c>, <c>br</c> in either case) stand before the quote at this place, or -1 where there is
    /// no literal.</summary>
    public static int PrefixLength(string text, int position)
    {
        var quote = position;
        // In this order only: langdef has br"…" and no rb"…".
        if (quote < text.Length && text[quote] is 'b' or 'B')
            quote++;
        if (quote < text.Length && text[quote] is 'r' or 'R')
            quote++;
        return quote < text.Length && text[quote] is '"' or '\'' ? quote - position : -1;
    }

    public static bool IsRaw(string text, int position, int prefixLength) =>
        prefixLength > 0 && text[position + prefixLength - 1] is 'r' or 'R';

    public static bool IsTriple(string text, int quote) =>
        quote + 2 < text.Length && text[quote + 1] == text[quote] && text[quote + 2] == text[quote];

    public static int End(string text, int start)
    {
        var prefixLength = PrefixLength(text, start);
        var quote = start + prefixLength;
        var isRaw = IsRaw(text, start, prefixLength);
        var isTriple = IsTriple(text, quote);
        for (var i = quote + (isTriple ? 3 : 1); i < text.Length; i++)
        {
            if (text[i] == '\\' && !isRaw)
                i++;
            else if (text[i] == text[quote] && (!isTriple || IsTriple(text, i)))
                return i + (isTriple ? 3 : 1);
            else if (!isTriple && text[i] is '\n' or '\r')
                break;
        }
        throw new SyntaxErrorException(start, 1,
            $"the string that begins here has no closing {(isTriple ? new string(text[quote], 3) : text[quote])}");
    }
}
