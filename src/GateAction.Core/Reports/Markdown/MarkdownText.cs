using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using GateAction.Cel.Values;

namespace GateAction.Core.Reports.Markdown;

/// <summary>
/// A piece of GitHub Flavored Markdown, made from an interpolated string: its text is Markdown, and what fills its holes is data, unless it
/// is a piece itself. Whatever data holds, it stays text on one line: it opens no element, breaks no table and no list, and GitHub's
/// filters find no mention, reference, commit, emoji, address or formula in it.
/// </summary>
[InterpolatedStringHandler]
public readonly partial struct MarkdownText
{
    /// <summary>A zero-width space as GitHub's own bots write it: it splits the words that GitHub's filters look for.</summary>
    private const string Split = "&#8203;";

    private const int ShortestCommitId = 7;

    private readonly StringBuilder? _text;

    public MarkdownText(int literalLength, int formattedCount) => _text = new(literalLength + (formattedCount * 16));

    private MarkdownText(StringBuilder text) => _text = text;

    public static MarkdownText Empty => default;

    public bool IsEmpty => _text is null or { Length: 0 };

    /// <summary>One after the other.</summary>
    public static MarkdownText Concat(IEnumerable<MarkdownText> parts) => Join($"", parts);

    /// <summary>Those that hold something, with a separator between them.</summary>
    public static MarkdownText Join(MarkdownText separator, IEnumerable<MarkdownText> parts)
    {
        MarkdownText joined = $"";
        foreach (var part in parts.Where(part => !part.IsEmpty))
        {
            if (!joined.IsEmpty)
                joined.AppendFormatted(separator);
            joined.AppendFormatted(part);
        }
        return joined;
    }

    /// <summary>Running text on one line.</summary>
    public static MarkdownText Text(string data, int maxLength = 300) => Trusted(Escaped(data, maxLength));

    private static string Escaped(string data, int maxLength)
    {
        var text = PlainText.Line(data, maxLength);
        var splits = Triggers().Matches(text).Select(match => match.Index + match.Length).ToHashSet();
        // GitHub links what looks like a commit from seven digits on, so no more than six may stand together.
        splits.UnionWith(CommitIds().Matches(text).SelectMany(ShorterThanCommitIds));
        var escaped = new StringBuilder(text.Length + 16);
        for (var at = 0; at < text.Length; at++)
        {
            if (splits.Contains(at))
                escaped.Append(Split);
            AppendEscaped(escaped, text, at);
        }
        return escaped.ToString();
    }

    /// <summary>Text as it is written in code: a code span, or an element with every character escaped where a span could not hold
    /// it.</summary>
    public static MarkdownText Code(string data, int maxLength = 300)
    {
        var text = PlainText.Line(data, maxLength);
        // A code span has no escapes: a backtick would end it, and '|' the cell of a table around it.
        return Trusted(text.Length > 0 && text.AsSpan().IndexOfAny('`', '|', '\\') < 0 ? $"`{text}`" : $"<code>{Entities(text)}</code>");
    }

    /// <summary>Lines as they are; the fence is longer than any run of backticks in them.</summary>
    public static MarkdownText Fence(IEnumerable<string> lines, int maxLines = 20, int maxLength = 500)
    {
        var shown = lines.SelectMany(line => PlainText.Lines(line, maxLength)).Take(maxLines + 1).ToArray();
        var cut = shown.Length > maxLines;
        var longest = shown.SelectMany(line => Backticks().Matches(line)).Select(match => match.Length).DefaultIfEmpty(0).Max();
        var fence = new string('`', Math.Max(3, longest + 1));
        return Trusted($"{fence}text\n{string.Join('\n', shown.Take(maxLines))}\n{(cut ? "…\n" : "")}{fence}\n");
    }

    /// <summary>A link where the address is one that a browser opens safely, else the text alone.</summary>
    public static MarkdownText Link(string text, string? url, int maxLength = 300) => Link(Text(text, maxLength), url);

    /// <param name="text">Stands alone if the address is none.</param>
    public static MarkdownText Link(MarkdownText text, string? url) =>
        Address(url) is { } address ? $"[{text}](<{Trusted(address)}>)" : text;

    /// <summary>The address, safe between angle brackets, or null for anything but http and https.</summary>
    public static string? Address(string? url) =>
        url is not null && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri.AbsoluteUri.Replace("<", "%3C").Replace(">", "%3E").Replace("|", "%7C").Replace("\\", "%5C").Replace("`", "%60")
            : null;

    public void AppendLiteral(string markdown) => _text!.Append(markdown);

    public void AppendFormatted(MarkdownText part)
    {
        if (part._text is not null)
            _text!.Append(part._text);
    }

    public void AppendFormatted(string? data) => AppendFormatted(Text(data ?? ""));

    public void AppendFormatted(TimeSpan duration) => AppendFormatted(UnitText.Duration(duration));

    public void AppendFormatted<T>(T number, string? format = null)
        where T : IFormattable => AppendFormatted(number.ToString(format, null));

    public override string ToString() => _text?.ToString() ?? "";

    private static MarkdownText Trusted(string markdown) => new(new StringBuilder(markdown));

    private static IEnumerable<int> ShorterThanCommitIds(Match match)
    {
        for (var at = ShortestCommitId - 1; at < match.Length; at += ShortestCommitId - 1)
            yield return match.Index + at;
    }

    /// <summary>Entities, not backslashes: they also hold inside an HTML block, where Markdown is not read.</summary>
    private static void AppendEscaped(StringBuilder escaped, string text, int at)
    {
        var letter = text[at];
        _ = letter switch
        {
            '<' => escaped.Append("&lt;"),
            '>' => escaped.Append("&gt;"),
            '&' => escaped.Append("&amp;"),
            // GitHub reads $…$ as a formula, also where the sign is an entity; an element around it stops that (GitHub's own advice).
            '$' => escaped.Append("<span>$</span>"),
            '|' or '\\' or '`' or '*' or '#' or '[' or ']' or '~' => escaped.Append($"&#{(int)letter};"),
            '_' when !IsInsideWord(text, at) => escaped.Append("&#95;"),
            '-' or '+' or '=' or '.' or ')' or ':' when OpensBlock(text, at) => escaped.Append($"&#{(int)letter};"),
            _ => escaped.Append(letter),
        };
    }

    private static bool IsInsideWord(string text, int at) =>
        at > 0 && at + 1 < text.Length && char.IsAsciiLetterOrDigit(text[at - 1]) && char.IsAsciiLetterOrDigit(text[at + 1]);

    /// <summary>True if a heading, a list, a rule or the second row of a table could begin: only digits or the same kind of characters
    /// stand before.</summary>
    private static bool OpensBlock(string text, int at)
    {
        var before = text[..at];
        return text[at] is '.' or ')'
            ? before.Length > 0 && before.All(char.IsAsciiDigit) && (at + 1 == text.Length || text[at + 1] == ' ')
            : before.All(letter => letter is '#' or '-' or '+' or '=' or ':' or ' ');
    }

    private static string Entities(string text)
    {
        var escaped = new StringBuilder(text.Length * 2);
        foreach (var rune in text.EnumerateRunes())
            _ = Rune.IsLetterOrDigit(rune) || rune.Value == ' ' ? escaped.Append(rune.ToString()) : escaped.Append($"&#{rune.Value};");
        return escaped.ToString();
    }

    /// <summary>What GitHub turns into a link or picture without any markup; each is split after its first special character.</summary>
    [GeneratedRegex(@"@(?=\w)|#(?=\d)|:(?=//)|:(?=[A-Za-z0-9_+\-]+:)|(?<=[Ww][Ww])[Ww](?=\.)|(?<=[Gg][Hh])-(?=\d)")]
    private static partial Regex Triggers();

    [GeneratedRegex(@"(?<![0-9A-Za-z])(?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{7,}(?![0-9A-Za-z])", RegexOptions.IgnoreCase)]
    private static partial Regex CommitIds();

    [GeneratedRegex("`+")]
    private static partial Regex Backticks();
}
