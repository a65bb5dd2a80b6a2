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
        // Circles are looked for by recursion, as deep as a chain of references is long.
        if (sources.Count > MaxSources)
        {
            problems.Add(sources[MaxSources].Key, $"this is number {MaxSources + 1}; a manifest can have {MaxSources} probes and sets");
            return;
        }
        var measured = new Dictionary<string, FactType>(names);
        // A source is measured before anything is decided: only the event is known by then.
        foreach (var name in GateVariables.All.Except([GateVariables.GitHub]))
            measured.Remove(name);
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

        void Visit(SourceDraft source, IReadOnlyList<Step> path)
        {
            if (!done.Add(source.Name))
                return;
            path = path.Count == 0 ? [new(source.Name, null)] : path;
            foreach (var step in StepsFrom(source).Where(step => byName.ContainsKey(step.Name)))
            {
                var circle = path.SkipWhile(known => known.Name != step.Name).Append(step).ToArray();
                if (circle.Length > 1)
                    circle.Last(known => known.By is not null).By!.Refuse(problems, Describe(circle));
                else
                    Visit(byName[step.Name], [.. path, step]);
            }
        }
    }

    /// <summary>What is measured before a source: those whose facts it reads, and the one before it in its session.</summary>
    private static IEnumerable<Step> StepsFrom(SourceDraft source) => source.References
        .SelectMany(reference => reference.Fact.Roots, (reference, root) => new Step(root, reference))
        .Concat(source.Follows is { } follows ? [new Step(follows, null)] : []);

    /// <param name="By">The reference that leads there; null if it is the order of a session.</param>
    private sealed record Step(string Name, Reference? By);

    private static string Describe(IReadOnlyList<Step> circle)
    {
        if (circle.Count == 2)
            return $"'{circle[0].Name}' refers to its own fact; only facts of other probes can be read here";
        var names = string.Join(" → ", circle.Select(step => step.Name));
        return circle.Skip(1).All(step => step.By is not null)
            ? $"the references {names} form a circle, so nothing could be measured first; take one out"
            : $"a session measures its probes in the order of the manifest, and with it {names} is a circle; write the probe that is "
                + "referred to before the others of its session";
    }
}
