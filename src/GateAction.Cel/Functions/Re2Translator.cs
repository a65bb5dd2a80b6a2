using System.Text;

namespace GateAction.Cel.Functions;

/// <summary>
/// Rewrites a pattern of RE2 (https://github.com/google/re2/wiki/Syntax) for .NET: the two differ in classes, anchors, names and in what a dot is
/// outside the Basic Multilingual Plane. What only .NET has (look-around, back references) throws <see cref="FormatException"/>.
/// </summary>
internal static class Re2Translator
{
    private const string AnyPair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";

    public static string Translate(string pattern)
    {
        var result = new StringBuilder(pattern.Length + 16);
        var isDotAll = pattern.StartsWith("(?s)", StringComparison.Ordinal) || pattern.StartsWith("(?is)", StringComparison.Ordinal);
        var dot = isDotAll ? $@"(?:{AnyPair}|[^\uD800-\uDFFF])" : $@"(?:{AnyPair}|[^\n\uD800-\uDFFF])";
        for (var i = 0; i < pattern.Length;)
        {
            i = pattern[i] switch
            {
                '\\' => Escape(pattern, i, result),
                '[' => Re2Class.Translate(pattern, i, result),
                '(' => Group(pattern, i, result),
                '.' => Append(result, dot, i + 1),
                '$' => Append(result, @"\z", i + 1),
                _ when char.IsHighSurrogate(pattern[i]) && i + 1 < pattern.Length => Append(result, $"(?:{pattern.AsSpan(i, 2)})", i + 2),
                _ => Append(result, pattern.AsSpan(i, 1), i + 1),
            };
        }
        return result.ToString();
    }

    private static int Append(StringBuilder result, ReadOnlySpan<char> text, int next)
    {
        result.Append(text);
        return next;
    }

    private static int Escape(string pattern, int i, StringBuilder result)
    {
        if (i + 1 == pattern.Length)
            throw new FormatException("it ends in a lone '\\'");
        var letter = pattern[i + 1];
        switch (letter)
        {
            case 'd' or 'D' or 's' or 'S' or 'w' or 'W':
                return Append(result, Re2Class.Perl(letter), i + 2);
            case 'Q':
                var end = pattern.IndexOf(@"\E", i + 2, StringComparison.Ordinal);
                var quoted = end < 0 ? pattern[(i + 2)..] : pattern[(i + 2)..end];
                return Append(result, System.Text.RegularExpressions.Regex.Escape(quoted), end < 0 ? pattern.Length : end + 2);
            case 'A' or 'z' or 'b' or 'B' or 'a' or 'f' or 't' or 'n' or 'r' or 'v':
                return Append(result, pattern.AsSpan(i, 2), i + 2);
            case 'p' or 'P':
                return Append(result, Re2Class.Unicode(pattern, i, out var next), next);
            case 'x' or >= '0' and <= '7':
                var codePoint = Re2Class.CodePoint(pattern, i, out var after);
                return Append(result, Re2Class.Literal(codePoint), after);
            case var _ when !char.IsAsciiLetterOrDigit(letter) && letter < 128:
                return Append(result, pattern.AsSpan(i, 2), i + 2);
            default:
                throw new FormatException($"RE2 has no '\\{letter}'");
        }
    }

    private static int Group(string pattern, int i, StringBuilder result)
    {
        if (i + 1 >= pattern.Length || pattern[i + 1] != '?')
            return Append(result, "(", i + 1);
        var rest = pattern.AsSpan(i + 2);
        if (rest.StartsWith("P<") || (rest.StartsWith("<") && !rest.StartsWith("<=") && !rest.StartsWith("<!")))
        {
            var end = pattern.IndexOf('>', i);
            return end < 0 ? throw new FormatException("a group's name is not closed by '>'") : Append(result, "(", end + 1);
        }
        var flags = rest.IndexOfAny(':', ')');
        if (flags < 0 || rest[..flags].ContainsAnyExcept("imsU-"))
            throw new FormatException($"RE2 has no '(?{(rest.Length > 0 ? rest[0] : ' ')}': look-around, back references and atomic groups would not be linear");
        if (rest[..flags].ContainsAny("mU") || (rest[..flags].Contains('s') && i > 0))
            throw new FormatException("of the flags only 'i' is supported, and '(?s)' at the beginning");
        return Append(result, pattern.AsSpan(i, flags + 3), i + flags + 3);
    }
}
