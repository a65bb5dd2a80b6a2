using GateAction.Core.Model;
using GateAction.Core.Reports.Markdown;

namespace GateAction.Core.Reports;

/// <summary>Where a line of the manifest can be read.</summary>
internal static class Positions
{
    /// <param name="line">From 1; 0 for the whole file.</param>
    public static string? Url(string path, int line, ReportContext context) =>
        context is { RepositoryUrl: { } repository, ManifestCommit: { } commit } ? Url(repository, commit, path, line) : null;

    /// <summary>Where a criterion is written: in the manifest, or in a file that it extends.</summary>
    public static string? Url(SourcePosition position, ReportContext context) => Extended(position.File, context) is { } extended
        ? Url(extended, position.Line, context)
        : Url(context.ManifestPath ?? position.File, position.Line, context);

    public static string? Url(ExtendedFile file, int line, ReportContext context)
    {
        // On GitHub Enterprise Server too: all that is extended lies on the server that was asked.
        var repository = file.Repository is null ? context.RepositoryUrl
            : context.ServerUrl is { } server ? $"{server}/{file.Repository}" : null;
        return repository is not null && file.Commit is { } commit ? Url(repository, commit, file.Path, line) : null;
    }

    /// <summary>Null for a place in the manifest itself.</summary>
    public static ExtendedFile? Extended(string file, ReportContext context) =>
        context.Extends.FirstOrDefault(extended => extended.File == file && file != context.ManifestPath);

    /// <summary>"gate.yml:12", as a link where the manifest's commit is known; empty without a line.</summary>
    public static MarkdownText Link(CriterionVerdict criterion, ReportContext context)
    {
        if (criterion.Position.Line <= 0)
            return MarkdownText.Empty;
        var text = $"{Path.GetFileName(criterion.Position.File)}:{criterion.Position.Line}";
        return MarkdownText.Link(text, Url(criterion.Position, context));
    }

    private static string? Url(string repository, string commit, string path, int line) => MarkdownText.Address(
        $"{repository}/blob/{Uri.EscapeDataString(commit)}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}"
        + $"{(line > 0 ? $"#L{line}" : "")}");
}
