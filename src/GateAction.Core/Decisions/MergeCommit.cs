using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Decisions;

/// <summary>
/// A workflow on a pull request checks out the commit that merges it unless it is told otherwise, while the gate judges the tip of its
/// branch: a criterion that compares the two fails, and values alone do not say why.
/// </summary>
internal static class MergeCommit
{
    /// <summary>One sentence if a value that decided is the merge commit; else null.</summary>
    /// <param name="github">The facts of the variable <c>github</c>.</param>
    public static string? Told(IEnumerable<Explanation> explanation, Value github)
    {
        if (JudgedEvent.In(github) is not { MergeCommit: { } merge, Commit: { Length: > 0 } head })
            return null;
        // A server may tell its commit in short, and with fewer digits than Git writes it may be any.
        var found = explanation.SelectMany(Values).FirstOrDefault(value =>
            value.Length >= RunIdentity.ShortestCommit && merge.StartsWith(value, StringComparison.OrdinalIgnoreCase));
        return found is null
            ? null
            : $"'{RunIdentity.Short(found)}' is the commit that merges the pull request, and judged is its head "
            + $"'{RunIdentity.Short(head)}': check out and deploy "
            + "'${{ github.event.pull_request.head.sha }}'";
    }

    private static IEnumerable<string> Values(Explanation part)
    {
        ComparedValue?[] compared = [part.Actual, part.Limit, .. part.Facts, .. part.Actual?.Parts ?? [], .. part.Limit?.Parts ?? []];
        return compared.Select(value => value?.Value is { Kind: ValueKind.String } text ? text.AsString : null).OfType<string>()
            .Concat((part.Elements?.First ?? []).SelectMany(element => Values(element.Why)));
    }
}
