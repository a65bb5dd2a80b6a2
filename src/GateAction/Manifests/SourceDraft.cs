using GateAction.Cel.Values;
using GateAction.Sources;
using GateAction.Sources.Results;
using GateAction.Sources.Results.Coverage;
using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary>A probe, result set or coverage set as read, before its references are held against the others.</summary>
internal sealed record SourceDraft(
    ScalarNode Key,
    FactType Facts,
    bool TolerateFlaky,
    IReadOnlyList<Reference> References,
    Func<string, IReadOnlyList<string>, EvidenceSource> Create)
{
    public string Name => Key.Text;

    public IReadOnlyList<string> DependsOn { get; } =
        [.. References.SelectMany(reference => reference.Fact.Roots).Where(root => root is not ("github" or "now" or "baseline"))
        .Distinct()];

    public static SourceDraft FromProbe(Entry<Referring<Probe>> entry)
    {
        var probe = entry.Value.Value;
        return new(
            entry.KeyNode,
            probe.Kind.Facts,
            probe.Options.TolerateFlaky,
            entry.Value.References,
            (name, dependsOn) => EvidenceSource.FromProbe(name, dependsOn, probe));
    }

    public static SourceDraft FromResults(Entry<Referring<ResultSet>> entry)
    {
        var set = entry.Value.Value;
        return new(entry.KeyNode, ResultFacts.Type, set.TolerateFlaky, entry.Value.References, (name, dependsOn) => new(
            name,
            ResultSet.Kind,
            dependsOn,
            [],
            (context, cancellation) => set.MeasureAsync(
                context.Name, context.Shell.Directory, context.Time, context.Time.GetUtcNow(), new Scope(context.Facts, context.Reasons),
                cancellation)));
    }

    public static SourceDraft FromCoverage(Entry<Referring<CoverageSet>> entry)
    {
        var set = entry.Value.Value;
        return new(entry.KeyNode, CoverageFacts.Type, false, entry.Value.References, (name, dependsOn) => new(
            name,
            CoverageSet.Kind,
            dependsOn,
            [],
            (context, cancellation) => set.MeasureAsync(
                context.Name,
                context.Shell.Directory,
                context.Time,
                new Scope(context.Facts, context.Reasons),
                cancellation,
                CoverageFacts.ReadsChanges(context.Use) ? context.AskForChanges : null)));
    }

    public EvidenceSource ToSource() => Create(Name, DependsOn);
}
