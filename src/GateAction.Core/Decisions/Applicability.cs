using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Decisions;

/// <summary>Whether a criterion applies to this run. What is not known never takes a criterion out.</summary>
public static class Applicability
{
    /// <summary>Null if it applies, else one sentence why it does not.</summary>
    /// <param name="github">The facts of the variable <c>github</c>.</param>
    /// <param name="changed">Null if the files are not known.</param>
    public static string? WhyNot(Criterion criterion, Value github, IReadOnlyList<string>? changed) =>
        criterion.Off?.ToString() ?? WhyNot(criterion.When, github, changed);

    /// <inheritdoc cref="WhyNot(Criterion, Value, IReadOnlyList{string}?)"/>
    public static string? WhyNot(When? when, Value github, IReadOnlyList<string>? changed) => when is null
        ? null
        : WhyNot(when, JudgedEvent.In(github), changed);

    private static string? WhyNot(When when, JudgedEvent judged, IReadOnlyList<string>? changed) =>
        WhyNotEvent(when.Event, judged.Event, judged.FollowedEvent)
        ?? WhyNotBranch(when.Branch, BranchOf(judged))
        ?? WhyNotChanged(when.Changed, changed);

    /// <summary>Why a change does not concern a gate at all; null if it does, and also if its files are not known or none is.</summary>
    public static string? WhyNotConcerned(Gate gate, IReadOnlyList<string>? changed) =>
        gate.ConcernedBy.Count == 0 || changed is not { Count: > 0 } || Touches(gate.ConcernedBy, changed)
            ? null
            : $"the change touches none of {string.Join(", ", gate.ConcernedBy)}";

    /// <summary>What holds for pull requests holds for one from a fork too, whose run is judged by the run that follows it.</summary>
    private static string? WhyNotEvent(IReadOnlyList<string> events, string found, string followed) =>
        events.Count == 0 || found.Length == 0 || events.Contains(found, StringComparer.Ordinal)
        || (followed.Length > 0 && events.Contains(followed, StringComparer.Ordinal))
            ? null
            : $"applies to {Listed(events)} only; this run's event is '{found}'{(followed.Length == 0 ? "" : $", after '{followed}'")}";

    private static string? WhyNotBranch(IReadOnlyList<string> branches, string found) =>
        branches.Count == 0 || found.Length == 0 || Touches(branches, [found])
            ? null
            : $"applies to branches {Listed(branches)} only; this run's is '{found}'";

    private static string? WhyNotChanged(IReadOnlyList<string> patterns, IReadOnlyList<string>? changed) =>
        patterns.Count == 0 || changed is null || Touches(patterns, changed)
            ? null
            : $"no changed file matches {Listed(patterns)}";

    private static bool Touches(IReadOnlyList<string> patterns, IReadOnlyList<string> paths)
    {
        // Braces once, and not for each of thousands of paths.
        string[] alternatives = [.. patterns.SelectMany(Glob.Alternatives)];
        return paths.Any(path => Glob.AnyMatch(alternatives, path));
    }

    /// <summary>As GitHub's own <c>branches</c> filter: the base branch of a pull request, else the branch itself.</summary>
    private static string BranchOf(JudgedEvent judged) => judged.Base.Length > 0 ? judged.Base : judged.Branch;

    private static string Listed(IEnumerable<string> items) => string.Join(", ", items.Select(item => $"'{item}'"));
}
