using GateAction.Cel.Values;
using GateAction.Sources;
using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary>A source as read, before its references are held against the others.</summary>
internal sealed record SourceDraft(ScalarNode Key, Source Source, IReadOnlyList<Reference> References)
{
    public string Name => Key.Text;

    public FactType Facts => Source.Kind.Facts;

    public bool TolerateFlaky => Source.TolerateFlaky;

    public IReadOnlyList<string> DependsOn { get; } =
        [.. References.SelectMany(reference => reference.Fact.Roots).Where(root => root is not ("github" or "now" or "baseline"))
        .Distinct()];

    public static SourceDraft Of(Entry<Referring<Source>> entry) => new(entry.KeyNode, entry.Value.Value, entry.Value.References);

    public EvidenceSource ToSource() => new(Name, DependsOn, Source);
}
