namespace GateAction.Sources.OpenApi;

/// <summary>What became of an API: operations by name, and each change that can break a client that worked before, in one line.</summary>
internal sealed record ApiComparison(IReadOnlyList<string> Added, IReadOnlyList<string> Removed, IReadOnlyList<string> Breaking)
{
    public static ApiComparison Of(IReadOnlyList<ApiOperation> before, IReadOnlyList<ApiOperation> after)
    {
        var (old, now) = (ByKey(before), ByKey(after));
        var removed = old.Where(operation => !now.ContainsKey(operation.Key)).Select(operation => operation.Value.Name).ToArray();
        return new(
            [.. now.Where(operation => !old.ContainsKey(operation.Key)).Select(operation => operation.Value.Name)],
            removed,
            [
                .. removed.Select(name => $"{name}: the operation was removed"),
                .. old.Where(operation => now.ContainsKey(operation.Key))
                    .SelectMany(operation => new OperationChanges(operation.Value, now[operation.Key]).Find())
                    .Distinct(),
            ]);
    }

    // Two paths that differ in the names of their parameters only are not allowed; where they stand all the same, the first counts.
    private static Dictionary<string, ApiOperation> ByKey(IReadOnlyList<ApiOperation> operations) =>
        operations.GroupBy(operation => operation.Key).ToDictionary(group => group.Key, group => group.First());
}
