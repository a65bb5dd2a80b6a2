using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>
/// A piece of HTML, made from an interpolated string: its text is HTML, and what fills its holes is data and escaped, unless it is a
/// piece of HTML itself. Data may stand in an element or in a quoted attribute, and nowhere else.
/// </summary>
[InterpolatedStringHandler]
internal readonly struct Html
{
    private const int MostCharacters = 400;

    private readonly StringBuilder? _text;

    public Html(int literalLength, int formattedCount) => _text = new(literalLength + (formattedCount * 16));

    private Html(StringBuilder text) => _text = text;

    public static Html Empty => default;

    public bool IsEmpty => _text is null or { Length: 0 };

    /// <summary>Text that is HTML already, and not made of data.</summary>
    public static Html Trusted(string html) => new(new StringBuilder(html));

    /// <summary>Data that is one clean line already, with all its spaces.</summary>
    public static Html Clean(string data) => Trusted(WebUtility.HtmlEncode(data));

    /// <summary>One piece for each item.</summary>
    public static Html Each<T>(IEnumerable<T> items, Func<T, Html> part)
    {
        Html all = $"";
        foreach (var item in items)
            all.AppendFormatted(part(item));
        return all;
    }

    /// <summary>Those that hold something, with a separator between them.</summary>
    public static Html Join(string separator, IEnumerable<Html> parts)
    {
        Html joined = $"";
        foreach (var part in parts.Where(part => !part.IsEmpty))
            joined.AppendFormatted(joined.IsEmpty ? part : $"{separator}{part}");
        return joined;
    }

    /// <summary>One line of data.</summary>
    public static Html Line(string data, int maxLength = MostCharacters) => Trusted(WebUtility.HtmlEncode(PlainText.Line(data, maxLength)));

    public static Html Code(string data, int maxLength = MostCharacters) => $"<code>{Line(data, maxLength)}</code>";

    /// <summary>Lines of data for an element that keeps them apart.</summary>
    public static Html Lines(IEnumerable<string> lines, int maxLines = 200, int maxLength = 500) =>
        Trusted(WebUtility.HtmlEncode(string.Join('\n', lines.SelectMany(line => PlainText.Lines(line, maxLength)).Take(maxLines))));

    /// <summary>The state as a word in its colour with a sign that every font has.</summary>
    public static Html Pill(CriterionState state)
    {
        var look = StateWords.Of(state);
        return $"<span class=\"pill {look.Class}\"><span aria-hidden=\"true\">{look.Sign}</span> {look.Word}</span>";
    }

    /// <summary>A table that scrolls by itself where the page is narrow.</summary>
    public static Html Table(string label, IEnumerable<Column> columns, Html rows)
    {
        var head = Each(columns, column => column.IsOfNumbers
            ? (Html)$"<th scope=\"col\" class=\"number\">{column.Title}</th>"
            : $"<th scope=\"col\">{column.Title}</th>");
        return $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\"><table><thead><tr>{head}</tr></thead>"
            + $"<tbody>\n{rows}</tbody></table></div>";
    }

    /// <summary>A link for web addresses, else the text.</summary>
    // Only http and https: an address may come from a manifest under review, and "javascript:" is one too.
    public static Html Link(string text, string? url) => Markdown.MarkdownText.Address(url) is { } address
        ? $"<a href=\"{Trusted(WebUtility.HtmlEncode(address))}\" rel=\"noopener noreferrer\">{Line(text)}</a>"
        : Line(text);

    public void AppendLiteral(string html) => _text!.Append(html);

    public void AppendFormatted(Html part)
    {
        if (part._text is not null)
            _text!.Append(part._text);
    }

    // The only way for data into a page: whoever forgets to escape cannot.
    public void AppendFormatted(string? data) => _text!.Append(WebUtility.HtmlEncode(PlainText.Words(data ?? "", MostCharacters)));

    public void AppendFormatted<T>(T number, string? format = null)
        where T : IFormattable => AppendFormatted(number.ToString(format, null));

    public void WriteTo(TextWriter output) => output.Write(_text);

    public override string ToString() => _text?.ToString() ?? "";
}

/// <summary>A column of a table; one of numbers stands to the right.</summary>
internal readonly record struct Column(string Title, bool IsOfNumbers = false)
{
    public static implicit operator Column(string title) => new(title);

    public static Column OfNumbers(string title) => new(title, IsOfNumbers: true);
}
