using GateAction.Cel.Values;
using GateAction.Sources;
using GateAction.Syntax;

namespace GateAction.Manifests.Checks;

/// <summary>Probes and sets against each other: one name each, references to facts that exist, and no circle.</summary>
internal static class SourceChecks
{
    private const int MaxSources = 1000;

    public static void Check(MappingNode root, IReadOnlyList<SourceDraft> sources, IReadOnlyDictionary<string, FactType> names,
        Problems problems)
    {
        CheckNames(root, problems);
        if (sources.Count > MaxSources)
        {
            problems.Add(sources[MaxSources].Key, $"this is number {MaxSources + 1}; a manifest can have {MaxSources} probes and sets");
            return;
        }
        var measured = new Dictionary<string, FactType>(names);
        measured.Remove("baseline");
        measured.Remove("now");
        foreach (var reference in sources.SelectMany(source => source.References))
        {
            foreach (var found in reference.Fact.CheckValue(measured))
                problems.Add(reference.Node, reference.Index + found.Start, found.Length, found.Message);
        }
        CheckCircles(sources, problems);
    }

    private static void CheckNames(MappingNode root, Problems problems)
    {
        var first = new Dictionary<string, string>();
        foreach (var section in SourceKinds.Sections.Select(section => section.Name))
        {
            foreach (var (key, _) in (root.Find(section) as MappingNode)?.Entries ?? [])
            {
                if (!first.TryAdd(key.Text, section))
                    problems.Add(key,
                        $"'{key.Text}' stands under '{first[key.Text]}' already; names of probes and sets are shared, so choose another");
            }
        }
    }

    private static void CheckCircles(IReadOnlyList<SourceDraft> sources, Problems problems)
    {
        var byName = sources.DistinctBy(source => source.Name).ToDictionary(source => source.Name);
        var done = new HashSet<string>();
        foreach (var source in sources)
            Visit(source, []);

        void Visit(SourceDraft source, IReadOnlyList<string> path)
        {
            if (!done.Add(source.Name))
                return;
            path = [.. path, source.Name];
            foreach (var reference in source.References)
            {
                foreach (var name in reference.Fact.Roots.Where(byName.ContainsKey))
                {
                    if (path.Contains(name))
                        reference.Refuse(problems, Describe([.. path.SkipWhile(step => step != name), name]));
                    else
                        Visit(byName[name], path);
                }
            }
        }
    }

    private static string Describe(IReadOnlyList<string> circle) => circle.Count == 2
        ? $"'{circle[0]}' refers to its own fact; only facts of other probes can be read here"
        : $"the references {string.Join(" → ", circle)} form a circle, so nothing could be measured first; take one out";
}
