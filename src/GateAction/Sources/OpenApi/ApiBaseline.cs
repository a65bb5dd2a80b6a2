using GateAction.Cel.Values;

namespace GateAction.Sources.OpenApi;

/// <summary>What the base branch's last run knew of the API: its document where that run compared with a baseline itself, else the names of
/// its operations.</summary>
internal static class ApiBaseline
{
    /// <summary>The value of <c>compare</c> that asks for it.</summary>
    public const string Word = "baseline";

    /// <summary>The facts of an earlier run that a later one is compared with.</summary>
    public const string Names = "names";

    public const string Document = "document";

    /// <summary>Null where there is no earlier run, or it kept no document that can be read.</summary>
    public static ApiDocument? DocumentIn(ProbeContext context)
    {
        if (!context.Facts.TryGetValue("baseline", out var baseline) || Field(baseline, context.Name) is not { } probe
            || Field(probe, Document) is not { Kind: ValueKind.String } packed || ApiPack.Unpack(packed.AsString) is not { } text)
        {
            return null;
        }
        try
        {
            return ApiReader.Read(text, "the baseline");
        }
        catch (NoEvidenceException)
        {
            return null;
        }
    }

    /// <summary>Null where there is no earlier run, or it had no such probe.</summary>
    public static IReadOnlyList<string>? NamesIn(ProbeContext context) =>
        context.Facts.TryGetValue("baseline", out var baseline) && Field(baseline, context.Name) is { } probe
        && Field(probe, Names) is { Kind: ValueKind.List } names
            ? [.. names.AsList.Where(name => name.Kind == ValueKind.String).Select(name => name.AsString)]
            : null;

    /// <summary>By the names of the operations alone.</summary>
    public static (string[] Added, string[] Removed) Compare(IReadOnlyList<ApiOperation> operations, IReadOnlyList<string> before)
    {
        var (old, now) = (before.Select(ApiOperation.KeyOf).ToHashSet(), operations.Select(operation => operation.Key).ToHashSet());
        return (
            [.. operations.Where(operation => !old.Contains(operation.Key)).Select(operation => operation.Name)],
            [.. before.Where(name => !now.Contains(ApiOperation.KeyOf(name)))]);
    }

    private static Value? Field(Value value, string name) =>
        value.Kind == ValueKind.Map && value.AsMap.TryGet(name, out var field) ? field : null;
}
