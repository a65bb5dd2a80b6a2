using System.Globalization;
using System.Text;

namespace GateAction.Cel.Functions;

/// <summary>Character classes and escaped code points of RE2, for .NET.</summary>
internal static class Re2Class
{
    private static readonly Dictionary<string, string> Posix = new()
    {
        ["alnum"] = "0-9A-Za-z",
        ["alpha"] = "A-Za-z",
        ["ascii"] = @"\x00-\x7F",
        ["blank"] = @"\t ",
        ["cntrl"] = @"\x00-\x1F\x7F",
        ["digit"] = "0-9",
        ["graph"] = "!-~",
        ["lower"] = "a-z",
        ["print"] = " -~",
        ["punct"] = @"!-/:-@\x5B-`{-~",
        ["space"] = @"\t\n\v\f\r ",
        ["upper"] = "A-Z",
        ["word"] = "0-9A-Za-z_",
        ["xdigit"] = "0-9A-Fa-f",
    };

    public static string Perl(char letter) => letter switch
    {
        'd' => "[0-9]",
        'D' => "[^0-9]",
        's' => @"[\t\n\f\r ]",
        'S' => @"[^\t\n\f\r ]",
        'w' => "[0-9A-Za-z_]",
        _ => "[^0-9A-Za-z_]",
    };

    /// <summary>Rewrites the class that begins at <paramref name="start"/> and returns where it ends.</summary>
    public static int Translate(string pattern, int start, StringBuilder result)
    {
        var i = start + 1;
        var isNegated = i < pattern.Length && pattern[i] == '^';
        if (isNegated)
            i++;
        var members = new StringBuilder();
        var pairs = new StringBuilder();
        for (var isFirst = true; ; isFirst = false)
        {
            if (i >= pattern.Length)
                throw new FormatException("a class is not closed by ']'");
            if (pattern[i] == ']' && !isFirst)
                break;
            i = Member(pattern, i, members, pairs);
        }
        if (isNegated && pairs.Length > 0)
            throw new FormatException("a negated class cannot hold characters beyond U+FFFF");
        result.Append(isNegated
            ? $@"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[^{members}\uD800-\uDFFF])"
            : pairs.Length > 0 ? $"(?:{(members.Length > 0 ? $"[{members}]" : "[^\\s\\S]")}{pairs})" : $"[{members}]");
        return i + 1;
    }

    public static string Literal(int codePoint) => codePoint > 0xFFFF
        ? $"(?:{char.ConvertFromUtf32(codePoint)})"
        : $"\\u{codePoint:X4}";

    /// <summary><c>\p{Greek}</c>, <c>\pN</c>: categories are the same in .NET, scripts are not.</summary>
    public static string Unicode(string pattern, int i, out int next)
    {
        var isBraced = i + 2 < pattern.Length && pattern[i + 2] == '{';
        var end = isBraced ? pattern.IndexOf('}', i) : i + 2;
        if (end < 0 || end >= pattern.Length)
            throw new FormatException("'\\p' takes a category, as in \\p{Lu}");
        var name = isBraced ? pattern[(i + 3)..end] : pattern[i + 2].ToString();
        var isNegated = (pattern[i + 1] == 'P') ^ name.StartsWith('^');
        next = end + 1;
        name = name.TrimStart('^');
        return name.Length is 1 or 2 && char.IsAsciiLetterUpper(name[0])
            ? $"\\{(isNegated ? 'P' : 'p')}{{{name}}}"
            : throw new FormatException($"of Unicode's classes only general categories are supported (\\p{{L}}, \\p{{Lu}}), not '{name}'");
    }

    /// <summary><c>\x7F</c>, <c>\x{1F600}</c>, <c>\012</c>.</summary>
    public static int CodePoint(string pattern, int i, out int next)
    {
        if (pattern[i + 1] != 'x')
        {
            next = i + 1;
            var octal = 0;
            while (next < pattern.Length && next < i + 4 && pattern[next] is >= '0' and <= '7')
                octal = octal * 8 + (pattern[next++] - '0');
            return octal == 0 || next == i + 4 ? octal : throw new FormatException("RE2 has no back references");
        }
        var isBraced = i + 2 < pattern.Length && pattern[i + 2] == '{';
        var end = isBraced ? pattern.IndexOf('}', i) : i + 4;
        var digits = end < 0 || end > pattern.Length ? "" : pattern[(i + (isBraced ? 3 : 2))..end];
        next = isBraced ? end + 1 : end;
        return uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) && Rune.IsValid(number)
            ? (int)number
            : throw new FormatException("'\\x' takes two hexadecimal digits, or a code point in braces");
    }

    private static int Member(string pattern, int i, StringBuilder members, StringBuilder pairs)
    {
        if (pattern.AsSpan(i).StartsWith("[:"))
            return PosixClass(pattern, i, members);
        if (pattern[i] == '\\' && i + 1 < pattern.Length && pattern[i + 1] is 'd' or 's' or 'w')
        {
            members.Append(Perl(pattern[i + 1])[1..^1]);
            return i + 2;
        }
        if (pattern[i] == '\\' && i + 1 < pattern.Length && pattern[i + 1] is 'D' or 'S' or 'W')
            throw new FormatException($"'\\{pattern[i + 1]}' cannot stand inside a class");
        if (pattern[i] == '\\' && i + 1 < pattern.Length && pattern[i + 1] is 'p' or 'P')
        {
            members.Append(Unicode(pattern, i, out var next));
            return next;
        }
        var low = Single(pattern, i, out i);
        var high = low;
        if (i + 1 < pattern.Length && pattern[i] == '-' && pattern[i + 1] != ']')
            high = Single(pattern, i + 1, out i);
        if (high < low)
            throw new FormatException("a range in a class runs backwards");
        AppendRange(low, high, members, pairs);
        return i;
    }

    private static int Single(string pattern, int i, out int next)
    {
        if (pattern[i] == '\\')
        {
            if (i + 1 >= pattern.Length)
                throw new FormatException("it ends in a lone '\\'");
            if (pattern[i + 1] is 'x' or >= '0' and <= '7')
                return CodePoint(pattern, i, out next);
            next = i + 2;
            var control = "afnrtv".IndexOf(pattern[i + 1]);
            if (control < 0 && char.IsAsciiLetterOrDigit(pattern[i + 1]))
                throw new FormatException($"RE2 has no '\\{pattern[i + 1]}' in a class");
            return control < 0 ? pattern[i + 1] : "\a\f\n\r\t\v"[control];
        }
        var isPair = char.IsHighSurrogate(pattern[i]) && i + 1 < pattern.Length;
        next = isPair ? i + 2 : i + 1;
        return isPair ? char.ConvertToUtf32(pattern[i], pattern[i + 1]) : pattern[i];
    }

    private static int PosixClass(string pattern, int i, StringBuilder members)
    {
        var end = pattern.IndexOf(":]", i, StringComparison.Ordinal);
        if (end < 0 || !Posix.TryGetValue(pattern[(i + 2)..end], out var range))
            throw new FormatException("'[:' begins a class such as [:alpha:]");
        members.Append(range);
        return end + 2;
    }

    /// <summary>Beyond U+FFFF every character is a pair of code units, so a range there becomes alternatives.</summary>
    private static void AppendRange(int low, int high, StringBuilder members, StringBuilder pairs)
    {
        if (low <= 0xFFFF)
            members.Append(CultureInfo.InvariantCulture, $"\\u{low:X4}-\\u{Math.Min(high, 0xFFFF):X4}");
        low = Math.Max(low, 0x10000);
        while (low <= high)
        {
            var last = Math.Min(high, low | 0x3FF);
            var (first, final) = (char.ConvertFromUtf32(low), char.ConvertFromUtf32(last));
            pairs.Append(CultureInfo.InvariantCulture, $"|{first[0]}[{first[1]}-{final[1]}]");
            low = last + 1;
        }
    }
}
