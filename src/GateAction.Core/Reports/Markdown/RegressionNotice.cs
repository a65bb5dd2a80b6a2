using GateAction.Core.Model;

namespace GateAction.Core.Reports.Markdown;

/// <summary>The short comment that says that a gate which was met is not any more: the edited one notifies nobody.</summary>
public static class RegressionNotice
{
    /// <param name="commentUrl">Where the gate's own comment is.</param>
    public static string Render(Verdict verdict, ReportContext context, string commentUrl)
    {
        var words = StateWords.Of(verdict.State);
        MarkdownText on = context.CommitSha is { } sha ? $" on {MarkdownText.Code(sha.Length > 7 ? sha[..7] : sha)}" : MarkdownText.Empty;
        MarkdownText all = MarkdownText.Address(commentUrl) is { } url ? $" {MarkdownText.Link("All of it", url)}." : MarkdownText.Empty;
        MarkdownText notice = $"{words.Mark} Gate {MarkdownText.Code(verdict.Gate)} was met and is not any more{on}. "
            + $"{MarkdownText.Text(Headline.Of(verdict, context.Previous), 200)}.{all}\n";
        return notice.ToString();
    }
}
