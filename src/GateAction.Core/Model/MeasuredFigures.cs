using GateAction.Cel.Values;

namespace GateAction.Core.Model;

/// <summary>A fact that its kind declares as a figure, and its number: a duration in seconds, a share from 0 to 1, of a list how long it
/// is.</summary>
internal sealed record MeasuredFigure(IReadOnlyList<string> Path, FactKind Kind, FigureRule Rule, double Value)
{
    /// <summary>The same fact among others; null if it is not there.</summary>
    public double? ValueIn(Value facts)
    {
        foreach (var name in Path)
        {
            if (facts.Kind != ValueKind.Map || !facts.AsMap.TryGet(name, out facts))
                return null;
        }
        return MeasuredFigures.NumberOf(facts);
    }
}

/// <summary>The figures of a measurement in the order in which its kind declares them.</summary>
internal static class MeasuredFigures
{
    public static IEnumerable<MeasuredFigure> Of(Measurement measurement) =>
        measurement.Declared is { } kind ? In(kind.Facts, measurement.Facts, []) : [];

    private static IEnumerable<MeasuredFigure> In(FactType type, Value facts, string[] path)
    {
        if (type.Fields is not { } fields || facts.Kind != ValueKind.Map)
            yield break;
        foreach (var (name, field) in fields)
        {
            if (!facts.AsMap.TryGet(name, out var value))
                continue;
            // What has another type than its kind declares, as in evidence of another version, is no figure.
            if (field.Figure is { } rule && NumberOf(value) is { } number
                && (field.Kind == FactKind.Duration) == (value.Kind == ValueKind.Duration))
                yield return new([.. path, name], field.Kind, rule, number);
            if (field.Fields is null)
                continue;
            foreach (var inner in In(field, value, [.. path, name]))
                yield return inner;
        }
    }

    /// <summary>Null for what is no number.</summary>
    public static double? NumberOf(Value value)
    {
        double? number = value.Kind switch
        {
            ValueKind.Int => value.AsInt,
            ValueKind.UInt => value.AsUInt,
            ValueKind.Double => value.AsDouble,
            ValueKind.Duration => value.Seconds + (value.Nanos / 1e9),
            ValueKind.List => value.AsList.Count,
            _ => null,
        };
        return number is { } finite && double.IsFinite(finite) ? finite : null;
    }
}

/// <summary>The samples of a soak that were answered, but not with success.</summary>
internal static class RefusedSamples
{
    /// <param name="samples">How many there are; of others than these nothing is known.</param>
    public static HashSet<int> Of(Measurement? measurement, int samples) =>
        measurement is { Facts: { Kind: ValueKind.Map } facts } && facts.AsMap.TryGet(FactNames.Observations, out var all)
        && all.Kind == ValueKind.List && all.AsList.Count == samples
            ? [.. all.AsList.Index().Where(entry => entry.Item is { Kind: ValueKind.Map } one
                && one.AsMap.TryGet(FactNames.Ok, out var ok) && ok.IsFalse).Select(entry => entry.Index)]
            : [];
}
