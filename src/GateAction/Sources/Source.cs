using GateAction.Cel;
using GateAction.Core.Model;

namespace GateAction.Sources;

/// <summary>Something that is measured, as the manifest describes it: a probe, a result set, a coverage set.</summary>
internal abstract record Source
{
    public abstract SourceKind Kind { get; }

    /// <summary>Paths of facts whose values are secret.</summary>
    public virtual IReadOnlyList<string> Mask => [];

    /// <summary>True for <c>flaky: pass</c>: what was measured with a caveat does not degrade.</summary>
    public virtual bool TolerateFlaky => false;

    /// <summary>The session whose cookies it shares; null for none.</summary>
    public virtual string? SessionName => null;

    /// <summary>What is measured, for people: the URL, the file. Throws <see cref="NoEvidenceException"/> if only a run knows.</summary>
    public abstract string SubjectIn(ProbeContext context);

    /// <summary>Who is asked, if the subject does not say it.</summary>
    public virtual string? AskedIn(ProbeContext context) => null;

    /// <summary>The program that it starts from the PATH, for a container that may not have it; null if it starts none.</summary>
    public virtual string? Program => null;

    /// <summary>Measures; what cannot be read is an outcome, not an exception.</summary>
    public abstract Task<Measurement> MeasureAsync(ProbeContext context, CancellationToken cancellation);
}

/// <summary>One source of a run.</summary>
/// <param name="DependsOn">Names of the sources whose facts this one reads, found in its <c>${name.fact}</c> references.</param>
internal sealed record EvidenceSource(string Name, IReadOnlyList<string> DependsOn, Source Source)
{
    public SourceKind Kind => Source.Kind;

    /// <summary>What it reads of them.</summary>
    public IReadOnlyList<Condition> References { get; init; } = [];

    /// <summary>The source before it in its session; null for the first, and for one in no session.</summary>
    public string? Follows { get; init; }

    /// <summary>Names of the sources that are measured before it.</summary>
    public IEnumerable<string> Needs => Follows is null ? DependsOn : DependsOn.Append(Follows).Distinct();
}

/// <summary>A source of evidence that has nothing to say: no file, no data, no permission, a reference that cannot be read. The message is
/// one sentence.</summary>
internal sealed class NoEvidenceException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>Puts sources after those whose facts they read, else in the manifest's order.</summary>
internal static class SourceOrder
{
    /// <summary>Throws <see cref="GateException"/> if sources refer to each other in a circle.</summary>
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
            // Depth first; the path is what is being visited, so a name that is found in it again closes a circle.
            if (!done.Contains(source.Name))
            {
                foreach (var name in source.Needs.Where(byName.ContainsKey))
                    Visit(byName[name], [.. path, source.Name]);
                done.Add(source.Name);
                ordered.Add(source);
            }
        }
    }
}
