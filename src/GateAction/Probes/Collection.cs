using GateAction.Core.Conditions;
using GateAction.Probes.Commits;

namespace GateAction.Probes;

/// <summary>What one run is to measure.</summary>
/// <param name="Gate">The manifest's name.</param>
/// <param name="GitHub">The facts of the variable <c>github</c>.</param>
/// <param name="Changed">Paths of the files the pull request changes; null where they are not known.</param>
/// <param name="Target">Where relative URLs start.</param>
/// <param name="Total">Requests in flight at most, in all.</param>
/// <param name="PerHost">Requests in flight at most, to one host.</param>
/// <param name="Timeout">Time for the whole run; what is not measured by then stays unknown.</param>
internal sealed record Collection(
    string Gate,
    IReadOnlyList<EvidenceSource> Sources,
    Value GitHub,
    IReadOnlyList<string>? Changed,
    Uri? Target,
    int Total,
    int PerHost,
    TimeSpan Timeout)
{
    /// <summary>The facts of the variable <c>baseline</c>; null where there is none.</summary>
    public Value? Baseline { get; init; }

    /// <summary>Asks GitHub about a commit; null outside a workflow, or where there is no token.</summary>
    public Func<CommitQuestion, CancellationToken, Task<CommitAnswer>>? AskGitHub { get; init; }

    /// <summary>What will be judged; large facts that none of these reads are not kept. Null keeps everything.</summary>
    public IReadOnlyList<Condition>? Conditions { get; init; }

    /// <summary>True where the fact of this source may be read by a condition, by another source, by <c>mask</c> or in a later run's baseline.</summary>
    public bool IsRead(EvidenceSource source, string fact) =>
        Conditions is null
        || source.Mask.Count > 0
        || Conditions.Any(condition => condition.Text.Contains(fact, StringComparison.Ordinal) && (condition.Roots.Contains(source.Name) || condition.Roots.Contains("baseline")))
        || Sources.Any(other => other.DependsOn.Contains(source.Name));
}
