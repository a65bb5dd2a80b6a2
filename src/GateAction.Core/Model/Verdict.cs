namespace GateAction.Core.Model;

public enum VerdictState
{
    Passed,
    Warned,
    Failed,
    Inconclusive,
}

public enum CriterionState
{
    Passed,
    Degraded,
    Failed,
    Inconclusive,
    Waived,
    Skipped,
}

/// <summary>The decision over one gate, complete enough to report it without the evidence: the document between <c>decide</c> and <c>publish</c>.</summary>
/// <param name="Score">Ratio from 0 to 1; null where nothing counted.</param>
/// <param name="Measured">The share of the weight that was measured, 0 to 1.</param>
/// <param name="Notes">What a reader must know beside the criteria: why nothing was decided, an unused waiver.</param>
/// <param name="Trend">One line on how the run compares with earlier ones; null where there are none.</param>
public sealed record Verdict(
    string Gate,
    VerdictState State,
    double? Score,
    double PassScore,
    double WarnScore,
    double Measured,
    IReadOnlyList<CriterionVerdict> Criteria,
    IReadOnlyList<GroupScore> Groups,
    IReadOnlyList<WaiverUse> Waivers,
    IReadOnlyList<ProbeSummary> Probes,
    IReadOnlyList<string> Notes,
    DateTimeOffset StartedAt,
    TimeSpan Duration,
    string? Trend = null);

/// <summary>What became of one criterion.</summary>
/// <param name="Condition">The text of the condition that decided: <c>pass</c>, or <c>warn</c> for a degraded one.</param>
/// <param name="Explanation">One or two lines: each comparison that made it so with its value, or why it could not be measured.</param>
/// <param name="Underlying">For a waived criterion, what it would have been.</param>
/// <param name="Reads">The probes and result sets it reads.</param>
public sealed record CriterionVerdict(
    string Id,
    string Title,
    string GroupId,
    double Weight,
    bool Required,
    CriterionState State,
    CriterionState Underlying,
    string Condition,
    IReadOnlyList<string> Explanation,
    string? Reason,
    string? Help,
    IReadOnlyList<string> Reads,
    SourcePosition Position)
{
    /// <summary>True where it failed or was not measured, required or not.</summary>
    public bool IsUnmet => State is CriterionState.Failed or CriterionState.Inconclusive;
}

/// <summary>A group's part of the score; <paramref name="Score"/> is null where nothing in it counted.</summary>
public sealed record GroupScore(string Id, string Title, double Weight, double? Score, double Measured);

public enum WaiverState
{
    Used,
    Unused,
    Expired,
    TooLong,
}

/// <summary>What became of one waiver. <paramref name="DaysLeft"/> is negative where it has expired.</summary>
public sealed record WaiverUse(string CriterionId, string Reason, string? By, DateOnly Expires, int DaysLeft, WaiverState State);

/// <summary>One probe or result set as the reports show it.</summary>
/// <param name="Figures">What its row of the performance table says, by column: <c>p50 p95 max availability passed failed …</c></param>
public sealed record ProbeSummary(
    string Name,
    string Kind,
    string? Subject,
    Outcome Outcome,
    string? Reason,
    string? Caveat,
    TimeSpan Duration,
    IReadOnlyList<Figure> Figures,
    IReadOnlyList<TimeSpan?> Samples,
    IReadOnlyList<string> Details);

/// <summary>One number of a probe, ready to read.</summary>
/// <param name="Change">Against the baseline: 0.12 is 12 % more; null where there is nothing to compare with.</param>
public sealed record Figure(string Name, string Text, double? Change = null);
