using GateAction.Core.Reports;
using GateAction.Core.Reports.Machine;

namespace GateAction.GitHub.Publishing;

/// <summary>All that one gate has to say at its end, ready to publish.</summary>
/// <param name="Description">The most important thing in 140 characters; longer text is cut.</param>
/// <param name="Comment">
/// Writes the comment's Markdown in a number of bytes, from the run that it showed before (null if there was none); null for no comment.
/// </param>
/// <param name="Summary">Markdown for the run's page; null for none.</param>
/// <param name="Digest">Any text that changes when the verdict changes, and only then.</param>
/// <param name="IsProblem">True if somebody has to do something.</param>
internal sealed record GateReport(
    FinalState State,
    string Description,
    Func<PreviousRun?, int, string>? Comment,
    string? Summary,
    string Digest,
    bool IsProblem,
    IReadOnlyList<(string Name, string Value)> Outputs,
    IReadOnlyList<Annotation> Annotations)
{
    /// <summary>What the comment remembers of this run for the next one; null for a run without a decision.</summary>
    public PreviousRun? Run { get; init; }

    /// <summary>The digest of the evidence that was decided on (<see cref="CommentMarker.EvidenceDigestOf"/>).</summary>
    public string? Evidence { get; init; }

    /// <summary>Writes the Markdown that says that a gate which was met is not any more, from the address of its comment; null if it is
    /// met.</summary>
    public Func<string, string>? Regression { get; init; }
}

/// <summary>What carries the gate's word on the commit; <c>Both</c> goes under two names.</summary>
internal enum ReportKind
{
    Status,
    Check,
    Both,
}
