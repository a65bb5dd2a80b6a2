using Microsoft.OpenApi;

namespace GateAction.Sources.OpenApi;

/// <summary>What a value itself may be: its type, the values listed, its bounds.</summary>
internal static class SchemaLimits
{
    public static IEnumerable<string> Find(SchemaUse use, string subject, ApiShape before, ApiShape after) =>
        use == SchemaUse.Request ? Narrowed(subject, before, after) : Changed(subject, before, after);

    /// <summary>What was accepted and is no longer.</summary>
    private static IEnumerable<string> Narrowed(string subject, ApiShape before, ApiShape after)
    {
        if (after.Types is { } types && (before.Types is not { } old || (old & ~types) != 0))
            yield return $"{subject} accepted {Words(before.Types)} and now only {Words(types)}";
        if (after.Values is { } values)
        {
            if (before.Values is null)
                yield return $"{subject} now accepts only {string.Join(", ", values.Take(10))}";
            foreach (var gone in before.Values?.Where(value => !values.Contains(value)) ?? [])
                yield return $"{subject} no longer accepts {gone}";
        }
        foreach (var (name, bound) in after.UpperBounds.Where(bound => !before.UpperBounds.TryGetValue(bound.Key, out var old) || old > bound.Value))
            yield return $"{subject}: {name} is now {bound}";
        foreach (var (name, bound) in after.LowerBounds.Where(bound => !before.LowerBounds.TryGetValue(bound.Key, out var old) ? !IsEmpty(bound.Key, bound.Value) : old < bound.Value))
            yield return $"{subject}: {name} is now {bound}";
        if (after.Pattern is { } pattern && pattern != before.Pattern)
            yield return $"{subject} must now fit the pattern '{pattern}'";
    }

    /// <summary>What may come now and did not before.</summary>
    private static IEnumerable<string> Changed(string subject, ApiShape before, ApiShape after)
    {
        if (before.Types is { } old && (after.Types is not { } types || (types & ~old) != 0))
            yield return $"{subject} was {Words(old)} and is now {Words(after.Types)}";
    }

    private static bool IsEmpty(string name, decimal bound) => bound == 0 && name is ("minLength" or "minItems");

    // Whoever accepts a number accepts an integer: only the wider word is said.
    private static string Words(JsonSchemaType? types)
    {
        if (types is not { } given)
            return "anything";
        if (given.HasFlag(JsonSchemaType.Number))
            given &= ~JsonSchemaType.Integer;
        return given == 0 ? "nothing" : string.Join(" or ", Enum.GetValues<JsonSchemaType>().Where(type => given.HasFlag(type)).Select(type => type.ToString().ToLowerInvariant()));
    }
}
