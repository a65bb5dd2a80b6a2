using GateAction.Cel.Values;
using GateAction.GitHub.Events;
using GateAction.Sources;
using GateAction.Syntax;

namespace GateAction.Manifests.Checks;

/// <summary>What a condition of the manifest may read, with its type.</summary>
internal static class ConditionNames
{
    /// <summary>A source that could not be read stands here too, its facts unknown, so that one mistake is not reported twice.</summary>
    public static IReadOnlyDictionary<string, FactType> Of(MappingNode root, IReadOnlyList<SourceDraft> sources)
    {
        var names = new Dictionary<string, FactType>();
        foreach (var section in SourceKinds.Sections.Select(section => section.Name))
        {
            foreach (var entry in (root.Find(section) as MappingNode)?.Entries ?? [])
                names[entry.Key.Text] = FactType.Any;
        }
        foreach (var source in sources)
            names[source.Name] = source.Facts;
        names["baseline"] = new(FactKind.Map, "the evidence of the base branch's last run", new Dictionary<string, FactType>(names));
        names["github"] = GitHubFacts.Type;
        names["now"] = FactType.Timestamp("when the gate decides");
        return names;
    }
}
