using System.Text;
using Markdig.Extensions.TaskLists;
using Markdig.Syntax.Inlines;
using Spectre.Console;

namespace GateAction.StandIns.Comments;

/// <summary>Markdown's inline elements as Spectre.Console markup.</summary>
internal static class InlineText
{
    public static string Of(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        for (var inline = inlines?.FirstChild; inline is not null; inline = inline.NextSibling)
            text.Append(Of(inline));
        return text.ToString();
    }

    private static string Of(Inline inline) => inline switch
    {
        LiteralInline literal => Markup.Escape(literal.Content.ToString()),
        CodeInline code => $"[aqua]{Markup.Escape(code.Content)}[/]",
        EmphasisInline emphasis => $"[{(emphasis.DelimiterCount > 1 ? "bold" : "italic")}]{Of((ContainerInline)emphasis)}[/]",
        LinkInline link => $"[underline]{Of((ContainerInline)link)}[/]",
        HtmlEntityInline entity => Markup.Escape(entity.Transcoded.ToString()),
        TaskList task => task.Checked ? "☑" : "☐",
        LineBreakInline => "\n",
        HtmlInline html => html.Tag.StartsWith("<br", StringComparison.OrdinalIgnoreCase) ? "\n" : "",
        ContainerInline container => Of(container),
        _ => "",
    };
}
