using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using GateAction.Cel.Values;

namespace GateAction.Core.Reports;

/// <summary>What a test, a server or a file wrote, made harmless for a line of text: no control codes, no terminal escapes, no invisible
/// reordering.</summary>
public static partial class PlainText
{
    /// <summary>One line of at most <paramref name="maxLength"/> UTF-16 units.</summary>
    public static string Line(string text, int maxLength = 300) =>
        // Of a message of megabytes one line is shown: four times its length leaves room for all that is taken out of it.
        Shorten(Clean(text.Length > 4 * maxLength ? text[..(4 * maxLength)] : text, " ").Trim(), maxLength);

    /// <summary>A part of a line, with the spaces at its ends.</summary>
    public static string Words(string text, int maxLength = 300) => Shorten(Clean(text, " "), maxLength);

    /// <summary>Cut at the end, never inside a character of two units.</summary>
    public static string Shorten(string text, int maxLength)
    {
        var cut = ValueText.Cut(text, maxLength);
        // The ellipsis stands at a word and not behind a space.
        return cut.Length == text.Length ? text : $"{cut[..^1].TrimEnd()}{cut[^1]}";
    }

    /// <summary>Several lines; tabs stay.</summary>
    public static IEnumerable<string> Lines(string text, int maxLength = 500) =>
        text.ReplaceLineEndings("\n").Split('\n').Select(line => Shorten(Clean(line, "    ").TrimEnd(), maxLength));

    private static string Clean(string text, string tab)
    {
        if (IsClean(text))
            return text;
        Span<char> letters = stackalloc char[2];
        var clean = new StringBuilder(text.Length);
        foreach (var rune in TerminalEscapes().Replace(text, "").EnumerateRunes())
        {
            if (rune.Value == '\t')
                clean.Append(tab);
            else if (IsBreak(rune))
                clean.Append(' ');
            else if (!IsInvisible(rune))
                clean.Append(letters[..rune.EncodeToUtf16(letters)]);
        }
        return clean.ToString();
    }

    /// <summary>The common case, without a copy.</summary>
    private static bool IsClean(string text)
    {
        foreach (var letter in text)
        {
            if (letter is >= ' ' and <= '~')
                continue;
            if (letter is '\u00a0' or '\u2028' or '\u2029' or >= '\ufffe' || char.IsSurrogate(letter)
                || char.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format)
                return false;
        }
        return true;
    }

    private static bool IsBreak(Rune rune) => rune.Value is '\n' or '\r' or '\v' or '\f' or 0x85 or 0x2028 or 0x2029 or 0xA0;

    /// <summary>Controls, bidirectional overrides, zero-width and tag characters, noncharacters; the joiners that emoji and some scripts
    /// need stay.</summary>
    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => true,
        UnicodeCategory.Format => rune.Value is not (0x200C or 0x200D),
        _ => (rune.Value & 0xFFFE) == 0xFFFE,
    };

    /// <summary>ECMA-48: CSI sequences, OSC strings, two-character escapes.</summary>
    [GeneratedRegex(@"\x1B(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1B]*(?:\x07|\x1B\\)?|[@-Z\\-_])|\x9B[0-?]*[ -/]*[@-~]")]
    private static partial Regex TerminalEscapes();
}
