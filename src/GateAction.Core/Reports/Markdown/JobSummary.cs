using GateAction.Core.Model;

namespace GateAction.Core.Reports.Markdown;

/// <summary>The Markdown on the run's page: the comment with the space to say everything.</summary>
public static class JobSummary
{
    /// <summary>GitHub takes 1 MiB for a step; other tools may write into the same step.</summary>
    public const int MostBytes = 900_000;

    public static string Render(Verdict verdict, ReportContext context) =>
        Comment.Render(verdict, context with { Previous = null }, MostBytes);
}
