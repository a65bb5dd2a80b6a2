using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Spectre.Console;
using Spectre.Console.Rendering;
using Table = Markdig.Extensions.Tables.Table;
using TableCell = Markdig.Extensions.Tables.TableCell;
using TableRow = Markdig.Extensions.Tables.TableRow;

namespace GateAction.StandIns.Comments;

/// <summary>A comment as a terminal can show it: headings, tables, lists, and folded parts unfolded under their summary.</summary>
internal static partial class CommentView
{
    public static IRenderable Render(string author, string markdown)
    {
        var document = Markdown.Parse(markdown, GitHubMarkdown.Pipeline);
        return new Panel(new Rows(document.SelectMany(Render)))
            .Header($" {Markup.Escape(author)} commented ")
            .RoundedBorder()
            .BorderColor(Color.Grey)
            .Padding(2, 1)
            .Expand();
    }

    private static IEnumerable<IRenderable> Render(Block block) => block switch
    {
        HeadingBlock heading => [new Markup($"[bold]{InlineText.Of(heading.Inline)}[/]"), Text.Empty],
        ParagraphBlock paragraph => [new Markup(InlineText.Of(paragraph.Inline)), Text.Empty],
        Table table => [RenderTable(table), Text.Empty],
        ListBlock list => [.. list.OfType<ListItemBlock>().Select(item => RenderItem(list, item)), Text.Empty],
        CodeBlock code => [new Padder(new Text(code.Lines.ToString(), new Style(Color.Grey)), new Padding(2, 0, 0, 1))],
        HtmlBlock html => RenderHtml(html.Lines.ToString()),
        ContainerBlock container => [new Padder(new Rows(container.SelectMany(Render)), new Padding(2, 0, 0, 0))],
        _ => [],
    };

    private static Grid RenderItem(ListBlock list, ListItemBlock item)
    {
        var bullet = list.IsOrdered ? $"{item.Order}." : "•";
        return new Grid()
            .AddColumn(new GridColumn().NoWrap().PadRight(1))
            .AddColumn()
            .AddRow(new Text(bullet), new Rows(item.SelectMany(Render).Where(part => part != Text.Empty)));
    }

    private static Spectre.Console.Table RenderTable(Table table)
    {
        var shown = new Spectre.Console.Table().RoundedBorder().BorderColor(Color.Grey);
        foreach (var row in table.OfType<TableRow>())
        {
            var cells = row.OfType<TableCell>().Select(cell => new Rows(cell.SelectMany(Render).Where(part => part != Text.Empty)))
                .ToArray();
            if (row.IsHeader)
                foreach (var cell in cells)
                    shown.AddColumn(new TableColumn(cell));
            else
                shown.AddRow(cells.Take(shown.Columns.Count));
        }
        return shown;
    }

    private static IEnumerable<IRenderable> RenderHtml(string html)
    {
        var folds = html.Contains("<summary", StringComparison.OrdinalIgnoreCase);
        var text = System.Net.WebUtility.HtmlDecode(Tags().Replace(Comments().Replace(html, ""), "")).Trim();
        if (text.Length > 0)
            yield return new Markup(folds ? $"[bold]▾ {Markup.Escape(text)}[/]" : Markup.Escape(text));
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comments();
}
