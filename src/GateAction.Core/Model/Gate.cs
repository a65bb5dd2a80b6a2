using System.Text.Json.Serialization;
using GateAction.Cel;

namespace GateAction.Core.Model;

/// <summary>What is decided: the criteria of a manifest with their weights, groups and waivers, free of how anything is measured.</summary>
/// <param name="Name">The status is called <c>gate/NAME</c>.</param>
/// <param name="PassScore">Ratio from 0 to 1; below it the gate is at best warned.</param>
/// <param name="WarnScore">Ratio from 0 to 1; below it the gate fails.</param>
/// <param name="InconclusiveWarns">True if the manifest says <c>on-inconclusive: warn</c>.</param>
/// <param name="WaiverDays">How many days ahead a waiver may expire.</param>
/// <param name="TolerateFlaky">Names of the probes and result sets whose caveats do not degrade (<c>flaky: pass</c>).</param>
public sealed record Gate(
    string Name,
    double PassScore,
    double WarnScore,
    bool InconclusiveWarns,
    int WaiverDays,
    IReadOnlyList<Group> Groups,
    IReadOnlyList<Criterion> Criteria,
    IReadOnlyList<Waiver> Waivers,
    IReadOnlySet<string> TolerateFlaky)
{
    /// <summary>Globs: a change that touches no file of them does not concern the gate. Empty if every change does.</summary>
    public IReadOnlyList<string> ConcernedBy { get; init; } = [];

    /// <summary>Who may waive a criterion by a comment on the pull request; null for nobody.</summary>
    public OverridePolicy? Override { get; init; }

    /// <summary>The manifests that this one extends: what they ask for is asked for over their own criteria too.</summary>
    public IReadOnlyList<ExtendedGate> Extended { get; init; } = [];
}

/// <summary>
/// An extended manifest as it is by itself: its own criteria with the weights that it gives them. What an extending one adds or weighs more
/// cannot lift its score, nor stand in for what it could not measure.
/// </summary>
/// <param name="Weights">Of each criterion, by its id, the weight and the group.</param>
/// <param name="HasScore">True if it says what the score must reach.</param>
public sealed record ExtendedGate(
    string File, IReadOnlyDictionary<string, (double Weight, string GroupId)> Weights, IReadOnlyList<Group> Groups, bool HasScore);

/// <summary>A file that the manifest extends, as it was read.</summary>
/// <param name="File">As <c>extends</c> names it: a path of the repository, or <c>owner/name/path@ref</c>.</param>
/// <param name="Path">From the root of its repository.</param>
/// <param name="Repository">As <c>owner/name</c>; null for the repository that is judged.</param>
/// <param name="Commit">The commit that it was read from, in full; null for a file of the checkout.</param>
/// <param name="Digest">The SHA-256 of its text, in hex: what was measured under another text is not decided by this one.</param>
public sealed record ExtendedFile(string File, string Path, string? Repository, string? Commit, string Digest)
{
    /// <summary>The file and its commit, for people.</summary>
    public override string ToString() => Commit is { } sha ? $"{File} at {RunIdentity.Short(sha)}" : File;
}

/// <summary>A criterion of an extended manifest that an extending one takes out.</summary>
/// <param name="Reason">Why, as the extending manifest says.</param>
/// <param name="By">Where it says so.</param>
public sealed record SwitchedOff(string Reason, SourcePosition By)
{
    public override string ToString() => $"switched off by '{By.File}' (line {By.Line}): {Reason}";
}

/// <summary>Who may waive a criterion by a comment on the pull request.</summary>
/// <param name="Roles">Roles in the repository as GitHub calls them, as <c>maintain</c>.</param>
/// <param name="Within">The longest time that a waiver holds from its comment on.</param>
public sealed record OverridePolicy(IReadOnlyList<string> Roles, TimeSpan Within);

/// <summary>A part of the score. Criteria that name no group form the group with the empty id, of weight 1.</summary>
public sealed record Group(string Id, string Title, double Weight);

/// <summary>One thing that must hold.</summary>
/// <param name="Required">False is advisory: it costs score and never blocks alone.</param>
/// <param name="Warn">Where <paramref name="Pass"/> does not hold and this does, the criterion is degraded.</param>
/// <param name="Help">What to do when it does not hold: a link or a sentence.</param>
/// <param name="BaselineOptional">Without a baseline the criterion is skipped instead of inconclusive.</param>
public sealed record Criterion(
    string Id,
    string Title,
    string GroupId,
    double Weight,
    bool Required,
    Condition Pass,
    Condition? Warn,
    string? Help,
    When? When,
    bool BaselineOptional,
    SourcePosition Position)
{
    /// <summary>What must hold besides.</summary>
    public IReadOnlyList<Condition> And { get; init; } = [];

    /// <summary>What extending manifests add. A waiver of the extended one is not for it.</summary>
    public IReadOnlyList<Condition> Added { get; init; } = [];

    /// <summary>Null for one that is judged.</summary>
    public SwitchedOff? Off { get; init; }

    public IEnumerable<Condition> Conditions => Warn is null ? [Pass, .. And, .. Added] : [Pass, Warn, .. And, .. Added];
}

/// <summary>Where a criterion applies; every part that is given must match, an empty part matches everything.</summary>
/// <param name="Changed">Globs; matches when a changed file matches one of them, and also where the changed files are not known.</param>
public sealed record When(IReadOnlyList<string> Event, IReadOnlyList<string> Changed, IReadOnlyList<string> Branch);

/// <summary>A criterion that is known not to hold and does not block until the day after <paramref name="Expires"/> (UTC).</summary>
/// <param name="Position">In the manifest; of a comment the address stands for the file.</param>
public sealed record Waiver(string CriterionId, string Reason, string? By, DateOnly Expires, SourcePosition Position)
{
    /// <summary>The comment on the pull request that it stands in; null for one of the manifest.</summary>
    public WaiverComment? Comment { get; init; }
}

/// <summary>Where a waiver was given by a comment. It ends at that moment, not with the day.</summary>
public sealed record WaiverComment(string Url, DateTimeOffset Until);

/// <summary>A place in a text file; line and column count from 1, the column in UTF-16 code units.</summary>
[method: JsonConstructor]
public readonly record struct SourcePosition(string File, int Line, int Column)
{
    public override string ToString() => $"{File}:{Line}:{Column}";
}
