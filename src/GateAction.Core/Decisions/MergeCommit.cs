using GateAction.Cel.Values;

namespace GateAction.Core.Decisions;

/// <summary>
/// A workflow on a pull request checks out the commit that merges it unless it is told otherwise, while the gate judges the tip of its
/// branch: a criterion that compares the two fails, and values alone do not say why.
/// </summary>
internal static class MergeCommit
{
    /// <summary>As short as Git shows a commit.</summary>
    private const int ShortestSha = 7;

    /// <summary>One sentence if a value that decided is the merge commit; else null.</summary>
    /// <param name="github">The facts of the variable <c>github</c>.</param>
    public static string? Told(IEnumerable<Explanation> explanation, Value github)
    {
        if (Text(github, "merge_sha") is not { } merge || Text(github, "sha") is not { } head)
            return null;
        var found = explanation.SelectMany(Values).FirstOrDefault(value =>
            value.Length >= ShortestSha && merge.StartsWith(value, StringComparison.OrdinalIgnoreCase));
        return found is null
            ? null
            : $"'{Short(found)}' is the commit that merges the pull request, and judged is its head '{Short(head)}': check out and deploy "
            + "'${{ github.event.pull_request.head.sha }}'";
    }

    private static IEnumerable<string> Values(Explanation part)
    {
        ComparedValue?[] compared = [part.Actual, part.Limit, .. part.Facts, .. part.Actual?.Parts ?? [], .. part.Limit?.Parts ?? []];
        return compared.Select(value => value?.Value is { Kind: ValueKind.String } text ? text.AsString : null).OfType<string>()
            .Concat((part.Elements?.First ?? []).SelectMany(element => Values(element.Why)));
    }

    private static string? Text(Value github, string name) =>
        github.Kind == ValueKind.Map && github.AsMap.TryGet(name, out var value) && value.Kind == ValueKind.String ? value.AsString : null;

    private static string Short(string sha) => sha.Length > ShortestSha ? sha[..ShortestSha] : sha;
}
