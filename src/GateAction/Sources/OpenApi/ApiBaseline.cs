using GateAction.Cel.Values;

namespace GateAction.Sources.OpenApi;

/// <summary>What the base branch's last run knew of the API: its document where that run compared with a baseline itself, else the names of
/// its operations.</summary>
internal static class ApiBaseline
{
    /// <summary>The value of <c>compare</c> that asks for it.</summary>
    public const string Word = "baseline";

    private static readonly IReadOnlyList<string> Compared = ["added", "removed", "breaking", "warnings", "changes"];

    /// <summary>Null where there is no earlier run, or it kept no document that can be read.</summary>
    public static ApiDocument? DocumentIn(ProbeContext context)
    {
        if (!context.Facts.TryGetValue("baseline", out var baseline) || Field(baseline, context.Name) is not { } probe
            || Field(probe, "document") is not { Kind: ValueKind.String } packed || ApiPack.Unpack(packed.AsString) is not { } text)
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
        && Field(probe, "names") is { Kind: ValueKind.List } names
            ? [.. names.AsList.Where(name => name.Kind == ValueKind.String).Select(name => name.AsString)]
            : null;

    public static Look Compare(Look look, IReadOnlyList<ApiOperation> operations, IReadOnlyList<string>? before)
    {
        if (before is null)
            return look with
            {
                Reason = "there is no baseline to compare with yet: the base branch's last run does not have this probe",
                AwaitsBaseline = Compared
            };
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
            Reason =
                "the baseline knows the names of operations only, so what else is 'breaking' cannot be said before the base branch has "
                + "run with 'compare: baseline'",
            Details = [.. look.Details, .. removed.Select(name => $"{name}: the operation was removed")],
        };
    }

    private static Value? Field(Value value, string name) =>
        value.Kind == ValueKind.Map && value.AsMap.TryGet(name, out var field) ? field : null;
}
