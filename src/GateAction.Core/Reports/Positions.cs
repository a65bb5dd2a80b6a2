using GateAction.Core.Model;
using GateAction.Core.Reports.Markdown;

namespace GateAction.Core.Reports;

/// <summary>Where a line of the manifest can be read.</summary>
internal static class Positions
{
    /// <param name="line">From 1; 0 for the whole file.</param>
    public static string? Url(string path, int line, ReportContext context) =>
        context.RepositoryUrl is { } repository && context.ManifestCommit is { } commit
            ? MarkdownText.Address(
            $"{repository}/blob/{Uri.EscapeDataString(commit)}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}"
            + $"{(line > 0 ? $"#L{line}" : "")}")
            : null;

    /// <summary>"gate.yml:12", as a link where the manifest's commit is known; empty without a line.</summary>
    public static MarkdownText Link(CriterionVerdict criterion, ReportContext context)
    {
        if (criterion.Position.Line <= 0)
            return MarkdownText.Empty;
        var text = $"{Path.GetFileName(criterion.Position.File)}:{criterion.Position.Line}";
        return MarkdownText.Link(text, Url(context.ManifestPath ?? criterion.Position.File, criterion.Position.Line, context));
    }
}
