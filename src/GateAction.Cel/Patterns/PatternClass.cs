using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace GateAction.Cel.Patterns;

/// <summary>Reads classes and escaped characters of a pattern.</summary>
internal static class PatternClass
{
    // Of ASCII alone, as in RE2: .NET's \d and \w would take digits and letters of all scripts.
    private static readonly FrozenDictionary<string, (char Low, char High)[]> Posix = new Dictionary<string, (char, char)[]>
    {
        ["alnum"] = [('0', '9'), ('A', 'Z'), ('a', 'z')],
        ["alpha"] = [('A', 'Z'), ('a', 'z')],
        ["ascii"] = [('\0', '\x7F')],
        ["blank"] = [('\t', '\t'), (' ', ' ')],
        ["cntrl"] = [('\0', '\x1F'), ('\x7F', '\x7F')],
        ["digit"] = [('0', '9')],
        ["graph"] = [('!', '~')],
        ["lower"] = [('a', 'z')],
        ["print"] = [(' ', '~')],
        ["punct"] = [('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
        ["space"] = [('\t', '\r'), (' ', ' ')],
        ["upper"] = [('A', 'Z')],
        ["word"] = [('0', '9'), ('A', 'Z'), ('a', 'z'), ('_', '_')],
        ["xdigit"] = [('0', '9'), ('A', 'F'), ('a', 'f')],
    }.ToFrozenDictionary();

    // RE2's \s has no vertical tab, unlike [:space:].
    private static readonly (char Low, char High)[] PerlSpace = [('\t', '\n'), ('\f', '\r'), (' ', ' ')];

    /// <summary>The class that begins here with '['.</summary>
    public static RuneSet Read(PatternText text, bool ignoresCase)
    {
        text.Advance();
        var set = new RuneSet { IsNegated = text.Skip('^'), IgnoresCase = ignoresCase };
        for (var isFirst = true; ; isFirst = false)
        {
            if (text.IsAtEnd)
                throw new FormatException("a class is not closed by ']'");
            // As the first character ']' stands for itself.
            if (!isFirst && text.Skip(']'))
                return set;
            if (text.StartsWith("[:"))
                set.Add(ReadPosix(text));
            else if (ReadSet(text, ignoresCase) is { } part)
                set.Add(part);
            else
                ReadRange(text, set);
        }
    }

    /// <summary>What <c>\d</c>, <c>\W</c>, <c>\p{Lu}</c> stand for; null, and nothing is read, if none stands here.</summary>
    public static RuneSet? ReadSet(PatternText text, bool ignoresCase)
    {
        if (text.Peek != '\\')
            return null;
        if (text.Next is 'p' or 'P')
            return ReadCategory(text, ignoresCase);
        if (text.Next is not ('d' or 'D' or 's' or 'S' or 'w' or 'W'))
            return null;
        var letter = text.Next;
        text.Advance(2);
        var ranges = char.ToLowerInvariant(letter) switch { 'd' => Posix["digit"], 's' => PerlSpace, _ => Posix["word"] };
        return Of(ranges, char.IsAsciiLetterUpper(letter));
    }

    /// <summary>The one character that an escape stands for.</summary>
    public static int ReadEscaped(PatternText text)
    {
        if (!text.HasNext)
            throw new FormatException("it ends in a lone '\\'");
        text.Advance();
        var letter = text.Peek;
        if (letter is 'x')
            return ReadHex(text);
        if (letter is >= '0' and <= '7')
            return ReadOctal(text);
        var control = "afnrtv".IndexOf(letter, StringComparison.Ordinal);
        if (control < 0 && (char.IsAsciiLetterOrDigit(letter) || letter > 127))
            throw new FormatException($"RE2 has no '\\{letter}'");
        text.Advance();
        return control < 0 ? letter : "\a\f\n\r\t\v"[control];
    }

    private static void ReadRange(PatternText text, RuneSet set)
    {
        var low = ReadSingle(text);
        var high = low;
        // Before the closing bracket '-' stands for itself.
        if (text.Peek == '-' && text.HasNext && text.Next != ']')
        {
            text.Advance();
            high = ReadSingle(text);
        }
        if (high < low)
            throw new FormatException("a range in a class runs backwards");
        set.Add(low, high);
    }

    private static int ReadSingle(PatternText text) => text.Peek == '\\' ? ReadEscaped(text) : text.ReadRune();

    private static RuneSet ReadPosix(PatternText text)
    {
        text.Advance(2);
        var isNegated = text.Skip('^');
        var name = text.ReadThrough(":]") ?? "";
        return Posix.TryGetValue(name, out var ranges)
            ? Of(ranges, isNegated)
            : throw new FormatException("'[:' begins a class such as [:alpha:]");
    }

    private static RuneSet Of((char Low, char High)[] ranges, bool isNegated)
    {
        var set = new RuneSet { IsNegated = isNegated };
        foreach (var (low, high) in ranges)
            set.Add(low, high);
        return set;
    }

    /// <summary><c>\p{Lu}</c>, <c>\pN</c>; scripts such as <c>\p{Greek}</c> are not known.</summary>
    private static RuneSet ReadCategory(PatternText text, bool ignoresCase)
    {
        var isNegated = text.Next == 'P';
        text.Advance(2);
        var name = text.Skip('{') ? text.ReadThrough("}") : text.IsAtEnd ? null : char.ConvertFromUtf32(text.ReadRune());
        if (name is null)
            throw new FormatException("'\\p' takes a category, as in \\p{Lu}");
        isNegated ^= name.StartsWith('^');
        name = name.TrimStart('^');
        if (!Enum.GetValues<UnicodeCategory>()
            .Any(category => name.Length is 1 or 2 && RuneSet.CodeOf(category).StartsWith(name, StringComparison.Ordinal)))
            throw new FormatException($"of Unicode's classes only general categories are supported (\\p{{L}}, \\p{{Lu}}), not '{name}'");
        return new RuneSet { IsNegated = isNegated, IgnoresCase = ignoresCase }.AddCategory(name);
    }

    private static int ReadOctal(PatternText text)
    {
        var (number, digits) = (0, 0);
        for (; digits < 3 && text.Peek is >= '0' and <= '7'; digits++)
        {
            number = number * 8 + (text.Peek - '0');
            text.Advance();
        }
        // One or two digits are a back reference elsewhere; RE2 has none, and reads \0 and three digits as a character.
        return number == 0 || digits == 3 ? number : throw new FormatException("RE2 has no back references");
    }

    private static int ReadHex(PatternText text)
    {
        text.Advance();
        var digits = text.Skip('{') ? text.ReadThrough("}")?.PadLeft(2, '0') : text.Take(2);
        return digits is { Length: >= 2 }
            && uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) && Rune.IsValid(number)
            ? (int)number
            : throw new FormatException("'\\x' takes two hexadecimal digits, or a code point in braces");
    }
}
