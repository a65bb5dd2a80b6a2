using GateAction.Core.Model;
using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary>The whole manifest as read, before its parts are held against each other.</summary>
internal sealed record ManifestDraft(
    string Name,
    ScoreLimits Score,
    bool InconclusiveWarns,
    Template? Target,
    DeploymentWait? Deployment,
    Concurrency Concurrency,
    IReadOnlyList<SourceDraft> Sources,
    IReadOnlyList<Entry<Group>> Groups,
    IReadOnlyList<Entry<CriterionDraft>> Criteria,
    IReadOnlyList<WaiverDraft> Waivers,
    int WaiverDays,
    IReadOnlyList<string> ConcernedBy,
    OverridePolicy? Override)
{
    public Gate ToGate() => new(
        Name,
        Score.Pass,
        Score.Warn,
        InconclusiveWarns,
        WaiverDays,
        [.. Groups.Select(entry =>
        entry.Value with { Id = entry.Key, Title = entry.Value.Title.Length > 0 ? entry.Value.Title : entry.Key })],
        [.. Criteria.Select(entry => entry.Value.ToCriterion(entry.Key, entry.KeyNode.Position))],
        [.. Waivers.Select(waiver => waiver.ToWaiver())],
        Sources.Where(source => source.TolerateFlaky).Select(source => source.Name).ToHashSet())
    {
        ConcernedBy = ConcernedBy,
        Override = Override,
    };
}
