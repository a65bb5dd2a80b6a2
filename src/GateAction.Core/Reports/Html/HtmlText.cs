using System.Net;
using GateAction.Core.Model;
using GateAction.Core.Reports.Markdown;

namespace GateAction.Core.Reports.Html;

/// <summary>Data inside HTML: text in an element or in a quoted attribute, and nothing else.</summary>
internal static class HtmlText
{
    public static string Line(string data, int maxLength = 400) => WebUtility.HtmlEncode(PlainText.Line(data, maxLength));

    public static string Code(string data, int maxLength = 400) => $"<code>{Line(data, maxLength)}</code>";

    public static string Lines(IEnumerable<string> lines, int maxLines = 200) =>
        string.Join('\n', lines.SelectMany(line => PlainText.Lines(line)).Take(maxLines).Select(WebUtility.HtmlEncode));

    /// <summary>A link for web addresses, else the text.</summary>
    public static string Link(string text, string? url) =>
        MarkdownText.Address(url) is { } address
        ? $"<a href=\"{WebUtility.HtmlEncode(address)}\" rel=\"noopener noreferrer\">{Line(text)}</a>"
        : Line(text);

    /// <summary>The state as a word in its colour with a sign that every font has.</summary>
    public static string Pill(CriterionState state) =>
        $"<span class=\"pill {StateWords.Of(state).Class}\"><span aria-hidden=\"true\">{StateWords.Of(state).Sign}</span> "
        + $"{StateWords.Of(state).Word}</span>";
}
