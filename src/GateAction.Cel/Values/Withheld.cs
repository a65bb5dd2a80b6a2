namespace GateAction.Cel.Values;

/// <summary>
/// What is known of masked values. Two of them look alike whatever they were, so that nothing may be decided by what they look like: only
/// that they are there, are neither null nor empty, and what stands around the mark.
/// </summary>
public static class Withheld
{
    /// <summary>Stands for what is masked.</summary>
    public const string Mark = "***";

    /// <summary>To look at so many elements costs one step: what a function does with them costs more.</summary>
    private const int Cheap = 8;

    /// <summary>True if a mask hides whether two values are equal.</summary>
    internal static bool Hides(Value a, Value b) => (a.Kind, b.Kind) switch
    {
        _ when a.IsWithheld => !IsNothing(b),
        _ when b.IsWithheld => !IsNothing(a),
        (ValueKind.List, ValueKind.List) => Hides(a.AsList, b.AsList),
        (ValueKind.Map, ValueKind.Map) => Hides(a.AsMap, b.AsMap),
        _ => false,
    };

    /// <summary>True if it is masked or has something in it that is.</summary>
    /// <param name="spend">Pays for so many elements; false ends the search.</param>
    internal static bool IsIn(Value value, Func<long, bool> spend) => value.Kind switch
    {
        ValueKind.List => spend(value.AsList.Count / Cheap) && value.AsList.Any(item => IsIn(item, spend)),
        ValueKind.Map => spend(value.AsMap.Count / Cheap)
            && (value.AsMap.HasWithheldKeys || value.AsMap.Entries.Any(entry => IsIn(entry.Value, spend))),
        _ => value.IsWithheld,
    };

    /// <summary>The texts before, between and after what is masked; empty if nothing is left.</summary>
    internal static IReadOnlyList<string> Rest(Value text) =>
        text.AsString.Split(Mark) is var parts && parts.All(part => part.Length == 0) ? [] : parts;

    private static bool IsNothing(Value value) =>
        value.Kind == ValueKind.Null || (value.Kind == ValueKind.String && !value.IsWithheld && value.AsString.Length == 0);

    private static bool Hides(IReadOnlyList<Value> a, IReadOnlyList<Value> b)
    {
        var hides = false;
        for (var i = 0; a.Count == b.Count && i < a.Count; i++)
        {
            if (Hides(a[i], b[i]))
                hides = true;
            // A difference in plain sight decides: whatever the mask hides, the lists are not equal.
            else if (!ValueOrder.AreEqual(a[i], b[i]))
                return false;
        }
        return hides;
    }

    private static bool Hides(ValueMap a, ValueMap b)
    {
        if (a.Count != b.Count)
            return false;
        var hides = a.HasWithheldKeys || b.HasWithheldKeys;
        foreach (var (key, value) in hides ? [] : a.Entries)
        {
            if (!b.TryGet(key, out var other))
                return false;
            if (Hides(value, other))
                hides = true;
            else if (!ValueOrder.AreEqual(value, other))
                return false;
        }
        return hides;
    }
}
