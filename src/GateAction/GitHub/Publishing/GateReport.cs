using GateAction.Core.Reports.Machine;

namespace GateAction.GitHub.Publishing;

/// <summary>All that one gate has to say at its end, ready to publish.</summary>
/// <param name="Description">The most important thing in 140 characters; longer text is cut.</param>
/// <param name="Comment">Writes the comment's Markdown from what it said before (null where there was none); null for no comment.</param>
/// <param name="Summary">Markdown for the run's page; null for none.</param>
/// <param name="Digest">Any text that changes when the verdict changes, and only then.</param>
/// <param name="IsProblem">True where somebody has to do something.</param>
internal sealed record GateReport(
    FinalState State,
    string Description,
    Func<string?, string>? Comment,
    string? Summary,
    string Digest,
    bool IsProblem,
    IReadOnlyList<(string Name, string Value)> Outputs,
    IReadOnlyList<Annotation> Annotations);
