using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.GitHub.Events;
using GateAction.Manifests.Extending;
using GateAction.Sources;
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
                // Before a run: it would be inconclusive every time, and nobody would know why at first.
                ConditionSyntax.Report(node, condition.Value.Withheld(masked), problems);
            }
            CheckGroup(criterion, draft.Groups, problems);
        }
        if (draft.Criteria.Count == 0 || draft.Criteria.Any(entry => entry.Value.Required && draft.OffOf(entry.Key) is null))
            return;
        if (draft.Criteria.Any(entry => entry.Value.Required) && draft.Merged is { Off: { Count: > 0 } off })
            problems.Add(off.Values.First().Reason,
                "every required criterion is switched off, so the gate would decide nothing; at least one must be judged");
        else if (root.FindEntry("criteria") is { } section)
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

/// <summary>Parts of a manifest that stand outside of their section, as when an example is copied without it.</summary>
internal static class MisplacedParts
{
    private static readonly string[] OfResults = ["require", "include", "exclude", "newer-than", "flaky"];

    public static string? Describe(string mapping, ScalarNode key, Node value) => (mapping, value) switch
    {
        ("manifest", MappingNode part) when SourceKinds.In(SourceSection.Probes).Any(kind => part.Find(kind.Name) is not null) =>
            $"'{key.Text}' is a probe; put it under 'probes:'",
        ("manifest", MappingNode part) when part.Find("pass") is not null => $"'{key.Text}' is a criterion; put it under 'criteria:'",
        ("manifest", MappingNode part) when part.Find("files") is not null && OfResults.Any(field => part.Find(field) is not null) =>
            $"'{key.Text}' is a result set; put it under 'results:'",
        ("manifest", MappingNode part) when part.Find("files") is not null =>
            $"'{key.Text}' is a result or coverage set; put it under 'results:' or 'coverage:'",
        _ => CriterionChange.Misplaced(mapping, key),
    };
}

/// <summary>What a condition of the manifest may read, with its type.</summary>
internal static class ConditionNames
{
    /// <summary>A source that could not be read stands here too, its facts unknown, so that one mistake is not reported twice.</summary>
    /// <param name="variables">Names of the environment variables that may be read.</param>
    public static IReadOnlyDictionary<string, FactType> Of(
        MappingNode root, IReadOnlyList<SourceDraft> sources, IReadOnlyList<string> variables)
    {
        var names = new Dictionary<string, FactType>();
        foreach (var section in SourceKinds.Sections.Select(section => section.Name))
        {
            foreach (var entry in (root.Find(section) as MappingNode)?.Entries ?? [])
                // First of all that stand in the file; those that could be read follow with their facts.
                names[entry.Key.Text] = FactType.Any;
        }
        foreach (var name in Misplaced(root))
            names[name] = FactType.Any;
        foreach (var source in sources)
            names[source.Name] = source.Facts;
        names[GateVariables.Baseline] =
            new(FactKind.Map, "the evidence of the base branch's last run", new Dictionary<string, FactType>(names));
        names[GateVariables.GitHub] = GitHubFacts.Type;
        if (variables.Count > 0)
            names[GateVariables.Environment] = FactType.Object(
                "environment variables",
                [.. variables.Select(name => (name, FactType.String("the variable's text where it was measured")))]);
        names[GateVariables.Now] = FactType.Timestamp("when the gate decides");
        return names;
    }

    /// <summary>Sources that stand outside of their section, in one that is misspelt, or in a list: each is reported where it
    /// stands.</summary>
    private static IEnumerable<string> Misplaced(MappingNode root)
    {
        string[] sections = [.. SourceKinds.Sections.Select(section => section.Name)];
        foreach (var (key, value) in root.Entries)
        {
            var section = Suggestion.Nearest(key.Text, sections);
            if (section == key.Text)
                foreach (var item in (value as SequenceNode)?.Items.OfType<MappingNode>() ?? [])
                    yield return item.Find("name") is ScalarNode name ? name.Text : item.Entries is [var only, ..] ? only.Key.Text : "";
            else if (MisplacedParts.Describe("manifest", key, value) is not null)
                yield return key.Text;
            else if (section is not null)
                foreach (var entry in (value as MappingNode)?.Entries ?? [])
                    yield return entry.Key.Text;
        }
    }
}

/// <summary>Waivers against criteria and calendar. One that has expired is no mistake of the manifest: the verdict reports it.</summary>
internal static class WaiverChecks
{
    public static void Check(ManifestDraft draft, DateOnly today, Problems problems)
    {
        var seen = new HashSet<string>();
        var criteria = draft.Criteria.Select(entry => entry.Key).ToHashSet();
        foreach (var waiver in draft.Waivers.TakeWhile(_ => !problems.IsFull))
        {
            if (waiver.Criterion.Node is { } node)
                CheckCriterion(waiver.Criterion.Value, node, criteria, seen, problems);
            // A waiver without a near end is a criterion that was given up and still looks like one.
            var latest = today.AddDays(draft.WaiverDays);
            if (waiver.Expires.Node is { } expires && waiver.Expires.Value > latest)
                problems.Add(expires, TooFar(draft.WaiverDays, UnitText.Date(latest)));
        }
    }

    private static string TooFar(int days, string latest) =>
        $"a waiver may expire at most {days} days ahead, so by {latest}; choose an earlier day, or set 'waiver-days'";

    private static void CheckCriterion(string id, Node node, HashSet<string> criteria, HashSet<string> seen, Problems problems)
    {
        if (!criteria.Contains(id))
            problems.Add(node, $"criterion '{id}' is unknown; {DidYouMean.For(id, criteria)}");
        else if (!seen.Add(id))
            problems.Add(node, $"criterion '{id}' is waived above already");
    }
}
