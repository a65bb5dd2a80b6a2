using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Syntax;

namespace GateAction.Manifests.Checks;

/// <summary>Criteria against probes and groups.</summary>
internal static class CriteriaChecks
{
    public static void Check(MappingNode root, ManifestDraft draft, IReadOnlyDictionary<string, FactType> names, Problems problems)
    {
        string[] masked = [.. draft.Sources.SelectMany(source => source.Source.Mask.Select(path => $"{source.Name}.{path}"))];
        foreach (var (_, criterion, _) in draft.Criteria.TakeWhile(_ => !problems.IsFull))
        {
            foreach (var condition in criterion.Conditions)
            {
                if (condition.Node is not ScalarNode node)
                    continue;
                ConditionSyntax.Report(node, condition.Value.Check(names), problems);
                ConditionSyntax.Report(node, condition.Value.Withheld(masked), problems);
            }
            CheckGroup(criterion, draft.Groups, problems);
        }
        if (draft.Criteria.Count > 0 && draft.Criteria.All(entry => !entry.Value.Required) && root.FindEntry("criteria") is { } section)
            problems.Add(section.Key,
                "every criterion says 'required: false', so the gate would decide nothing; at least one must be required");
    }

    private static void CheckGroup(CriterionDraft criterion, IReadOnlyList<Entry<Group>> groups, Problems problems)
    {
        if (criterion.Group is not { Node: { } node, Value: var id } || groups.Any(group => group.Key == id))
            return;
        problems.Add(node, groups.Count == 0
            ? $"group '{id}' is unknown: the manifest has no 'groups'"
            : $"group '{id}' is unknown; {DidYouMean.For(id, groups.Select(group => group.Key))}");
    }
}
