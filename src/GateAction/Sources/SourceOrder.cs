using GateAction.Core.Model;

namespace GateAction.Sources;

/// <summary>Puts sources after those whose facts they read, else in the manifest's order.</summary>
internal static class SourceOrder
{
    /// <summary>Throws <see cref="GateException"/> where sources refer to each other in a circle.</summary>
    public static IReadOnlyList<EvidenceSource> Of(IReadOnlyList<EvidenceSource> sources)
    {
        var byName = sources.ToDictionary(source => source.Name, StringComparer.Ordinal);
        var ordered = new List<EvidenceSource>(sources.Count);
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in sources)
            Visit(source, []);
        return ordered;

        void Visit(EvidenceSource source, IReadOnlyList<string> path)
        {
            if (path.Contains(source.Name))
                throw new GateException(
                    $"the probes {string.Join(" → ", path.SkipWhile(name => name != source.Name))} → {source.Name} refer to each other in "
                    + "a circle; take one reference out");
            if (!done.Contains(source.Name))
            {
                foreach (var name in source.DependsOn.Where(byName.ContainsKey))
                    Visit(byName[name], [.. path, source.Name]);
                done.Add(source.Name);
                ordered.Add(source);
            }
        }
    }
}
