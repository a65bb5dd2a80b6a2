using System.Text.Json.Serialization;
using GateAction.Cel.Values;

namespace GateAction.Core.Model;

public enum VerdictState
{
    Passed,
    Warned,
    Failed,
    Inconclusive,

    /// <summary>The change touches nothing that the gate is about, so nothing was measured: it lets the change through.</summary>
    NotConcerned,
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

/// <summary>The decision over one gate, complete enough to report it without the evidence: the document between <c>decide</c> and
/// <c>publish</c>.</summary>
/// <param name="Score">Ratio from 0 to 1; null if nothing counted.</param>
/// <param name="Measured">The share of the weight that was measured, 0 to 1.</param>
/// <param name="Notes">What a reader must know beside the criteria: why nothing was decided, an unused waiver.</param>
/// <param name="Trend">One line on how the run compares with earlier ones; null if there are none.</param>
/// <param name="Base">The branch that the change goes into, if it is known.</param>
/// <param name="Reason">Why the gate as a whole is decided so, if no criterion tells it: what a gate that is not concerned is
/// about.</param>
/// <param name="Run">The run that decided; null outside a workflow.</param>
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
    string? Trend = null,
    string? Base = null,
    string? Reason = null,
    RunIdentity? Run = null)
{
    internal static readonly DocumentFormat Format = new("verdict", 2);

    [JsonPropertyOrder(-1)]
    public string Schema { get; } = Format.ToString();

    /// <summary>The files that the manifest extends, the nearest first.</summary>
    public IReadOnlyList<ExtendedFile> Extends { get; init => field = value ?? []; } = [];

    /// <summary>True if the change must not be merged.</summary>
    // By what lets through: a state that comes later blocks until somebody says otherwise.
    public bool Blocks => State is not (VerdictState.Passed or VerdictState.Warned or VerdictState.NotConcerned);
}

/// <summary>What became of one criterion.</summary>
/// <param name="Condition">The text of the condition that decided: <c>pass</c>, or <c>warn</c> for a degraded one.</param>
/// <param name="Explanation">Each comparison that made it so with its values, or what could not be evaluated.</param>
/// <param name="Underlying">For a waived criterion, what it would have been.</param>
/// <param name="Reads">The probes and result sets it reads.</param>
/// <param name="Facts">The facts of them that it reads by name: <c>backend.latency</c>.</param>
/// <param name="ReasonOf">The probe or result set that the reason comes from; null if it is the criterion's own.</param>
public sealed record CriterionVerdict(
    string Id,
    string Title,
    [property: JsonPropertyName("group")] string GroupId,
    double Weight,
    bool Required,
    CriterionState State,
    CriterionState Underlying,
    string Condition,
    IReadOnlyList<Explanation> Explanation,
    string? Reason,
    string? Help,
    IReadOnlyList<string> Reads,
    SourcePosition Position,
    IReadOnlyList<FactName> Facts,
    string? ReasonOf = null)
{
    /// <summary>The lines that what it counts was counted from, or the texts of a list that it reads, the first of them; none where it is
    /// met.</summary>
    public IReadOnlyList<string> Lines { get; init => field = value ?? []; } = [];

    /// <summary>The probes that <see cref="Lines"/> are from.</summary>
    public IReadOnlyList<string> LinesOf { get; init => field = value ?? []; } = [];

    /// <summary>Why and by whom it was taken out; null for one that was not.</summary>
    public SwitchedOff? Off { get; init; }

    /// <summary>True if it failed or was not measured, required or not.</summary>
    public bool IsUnmet => State is CriterionState.Failed or CriterionState.Inconclusive;
}

/// <summary>A fact that a condition names: of <c>backend.latency.p95</c> the probe and <c>latency</c>; of <c>baseline.backend.latency</c>
/// <c>baseline</c> and the probe.</summary>
public sealed record FactName(string Probe, string Fact)
{
    public override string ToString() => $"{Probe}.{Fact}";
}

/// <summary>A group's part of the score; <paramref name="Score"/> is null if nothing in it counted.</summary>
public sealed record GroupScore(string Id, string Title, double Weight, double? Score, double Measured);

public enum WaiverState
{
    Used,
    Unused,
    Expired,
    TooLong,
}

/// <summary>What became of one waiver. <paramref name="DaysLeft"/> is negative where it has expired.</summary>
/// <param name="Comment">The address of the pull request's comment that it stands in; null for one of the manifest.</param>
public sealed record WaiverUse(
    [property: JsonPropertyName("criterion")]
        string CriterionId, string Reason, string? By, DateOnly Expires, int DaysLeft, WaiverState State, string? Comment = null);

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
    IReadOnlyList<string> Details)
{
    /// <summary>How many tests failed or broke, of which <see cref="Details"/> may tell the first only; null for what holds no
    /// tests.</summary>
    public long? FailingTests { get; init; }

    /// <summary>True for what tells the coverage of code.</summary>
    [JsonIgnore]
    public bool IsOfCoverage => Figures.Any(figure => figure.Fact == CoverageFigures.LineRateName);
}

/// <summary>One number of a probe, and how it reads.</summary>
/// <param name="Value">A duration in seconds, a share from 0 to 1.</param>
/// <param name="Change">Against the baseline: 0.12 is 12 % more; null if there is nothing to compare with.</param>
public sealed record Figure(string Name, double Value, string Text, double? Change = null)
{
    /// <summary>The fact that it is, or is a part of, as conditions read it; null in documents of versions that did not say.</summary>
    public string? Fact { get; init; }

    /// <summary>True for what tells how a target answers in time.</summary>
    public bool IsOfTiming =>
        Name is FigureNames.P50 or FigureNames.P95 or FigureNames.Max or FigureNames.Latency or FigureNames.Availability;
}

/// <summary>Names of figures that reports have a place of their own for.</summary>
public static class FigureNames
{
    public const string Status = "status";
    public const string P50 = "p50";
    public const string P95 = "p95";
    public const string Max = "max";
    public const string Latency = "latency";
    public const string Availability = "availability";
}
