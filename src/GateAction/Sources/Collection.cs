using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Sources;

/// <summary>What one run is to measure.</summary>
/// <param name="Gate">The manifest's name.</param>
/// <param name="GitHub">The facts of the variable <c>github</c>.</param>
/// <param name="Changed">Paths of the files the pull request changes; null if they are not known.</param>
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
    /// <summary>The facts of the variable <c>baseline</c>; null if there is none.</summary>
    public Value? Baseline { get; init; }

    /// <summary>The run that measures; null outside a workflow.</summary>
    public RunIdentity? Run { get; init; }

    /// <summary>Names of the manifest's sources that are left out; null if none is.</summary>
    public IReadOnlyList<string>? Unmeasured { get; init; }

    /// <summary>What will be judged; large facts that none of these reads are not kept. Null keeps everything.</summary>
    public IReadOnlyList<Condition>? Conditions { get; init; }

    private readonly Lazy<HashSet<string>> _needed = new(() => [.. Sources.SelectMany(source => source.DependsOn)]);

    /// <summary>What conditions read, and what other sources do: whether that is the same in all samples of a soak must be known
    /// too.</summary>
    private FactUse Judged => field ??= (Conditions ?? []).Concat(Sources.SelectMany(source => source.References))
        .Aggregate(new FactUse(), (use, condition) => use.Add(condition));

    private ILookup<string, string> TextsByRoot =>
        field ??= (Conditions ?? []).SelectMany(condition => condition.Roots, (condition, root) => (root, condition.Text))
        .ToLookup(pair => pair.root, pair => pair.Text);

    /// <summary>What other sources or <c>mask</c> refer to is read as a whole.</summary>
    public FactReaders ReadersOf(EvidenceSource source)
    {
        var judged = JudgedOf(source);
        return new(source.Source.Mask.Count > 0
            || _needed.Value.Contains(source.Name) ? FactUse.Whole : judged, judged, ConditionsOver(source));
    }

    /// <summary>Also in a later run's baseline.</summary>
    private FactUse JudgedOf(EvidenceSource source) => Conditions is null
        ? FactUse.Whole
        : new FactUse().Add(Judged.Under(source.Name)).Add(Judged.Under(GateVariables.Baseline, source.Name));

    private IReadOnlyList<string> ConditionsOver(EvidenceSource source) =>
        [.. TextsByRoot[source.Name].Union(TextsByRoot[GateVariables.Baseline])];
}
