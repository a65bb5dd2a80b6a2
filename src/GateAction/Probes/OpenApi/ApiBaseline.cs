using GateAction.Core.Conditions;

namespace GateAction.Probes.OpenApi;

/// <summary>What the base branch's last run knew of the API: the names of its operations, and nothing of their parameters and answers.</summary>
internal static class ApiBaseline
{
    /// <summary>The value of <c>compare</c> that asks for it.</summary>
    public const string Word = "baseline";

    /// <summary>Null where there is no earlier run, or it had no such probe.</summary>
    public static IReadOnlyList<string>? NamesIn(ProbeContext context) =>
        context.Facts.TryGetValue("baseline", out var baseline) && Field(baseline, context.Name) is { } probe && Field(probe, "names") is { Kind: ValueKind.List } names
            ? [.. names.AsList.Where(name => name.Kind == ValueKind.String).Select(name => name.AsString)]
            : null;

    public static Look Compare(Look look, IReadOnlyList<ApiOperation> operations, IReadOnlyList<string>? before)
    {
        if (before is null)
            return look with { Reason = "there is no baseline to compare with yet: the base branch's last run does not have this probe" };
        var (old, now) = (before.Select(ApiOperation.KeyOf).ToHashSet(), operations.Select(operation => operation.Key).ToHashSet());
        string[] removed = [.. before.Where(name => !now.Contains(ApiOperation.KeyOf(name)))];
        return look with
        {
            Facts =
            [
                .. look.Facts,
                ("added", Value.List(operations.Where(operation => !old.Contains(operation.Key)).Select(operation => operation.Name))),
                ("removed", Value.List(removed)),
            ],
            Reason = "the baseline knows the names of operations only, so what else is 'breaking' cannot be said; compare with a document",
            Details = [.. look.Details, .. removed.Select(name => $"{name}: the operation was removed")],
        };
    }

    private static Value? Field(Value value, string name) => value.Kind == ValueKind.Map && value.AsMap.TryGet(name, out var field) ? field : null;
}
