using System.Globalization;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Surroundings;

namespace GateAction.Sources;

/// <summary>Keeps the facts that a probe's <c>mask:</c> names out of the evidence. A path goes through lists: <c>json.users.token</c> names
/// the token of each user.</summary>
internal static class FactMask
{
    /// <summary>Facts that hold as a text what <c>json</c> holds as values: the masked value stands there too, spelled as the server
    /// likes.</summary>
    private static readonly string[] Raw = [FactNames.Body, FactNames.Text, FactNames.Stdout, FactNames.Messages];

    /// <summary>
    /// Makes the values known to <paramref name="secrets"/>, so that they are masked wherever else they show up. A value of fewer than
    /// <see cref="Secrets.SearchedLength"/> characters is withheld where it was read, and not searched for.
    /// </summary>
    public static void Learn(Measurement measurement, IReadOnlyList<string> paths, Secrets secrets)
    {
        // The samples of a soak too: each of them may hold another value.
        foreach (var facts in (measurement.Spread?.Observations ?? []).Select(observation => observation.Facts).Prepend(measurement.Facts))
            Learn(facts, paths, secrets);
    }

    /// <inheritdoc cref="Learn(Measurement, IReadOnlyList{string}, Secrets)"/>
    public static void Learn(Value facts, IReadOnlyList<string> paths, Secrets secrets)
    {
        foreach (var text in paths.SelectMany(path => Find(facts, path.Split('.'))).SelectMany(Texts))
        {
            if (text.Trim().Length >= Secrets.SearchedLength)
                secrets.Add(text);
        }
    }

    public static Measurement Apply(Measurement measurement, IReadOnlyList<string> paths)
    {
        var (facts, withheld) = Apply(measurement.Facts, paths);
        if (facts.AsMap.TryGet(FactNames.Observations, out var samples) && samples.Kind == ValueKind.List)
            // Each sample holds the facts of a probe, in which the same paths lead to the same secrets.
            facts = Change(facts, new[] { FactNames.Observations }, _ =>
                Value.List(samples.AsList.Select(sample => Apply(sample, paths).Facts).ToArray()));
        return measurement with
        {
            Facts = facts,
            Content = paths.Count == 0 || measurement.Content is null
                ? measurement.Content
                : measurement.Declared?.ReadContent?.Invoke(facts),
            Reason = measurement.Reason ?? withheld,
            Spread = measurement.Spread is not { } spread
                ? null
                : spread with { Observations = [.. spread.Observations.Select(one => Apply(one, paths))] },
        };
    }

    private static SoakObservation Apply(SoakObservation observation, IReadOnlyList<string> paths)
    {
        var (facts, withheld) = Apply(observation.Facts, paths);
        return observation with { Facts = facts, Reason = observation.Reason ?? withheld };
    }

    /// <returns>The facts that may be shown, and why some are missing.</returns>
    public static (Value Facts, string? Withheld) Apply(Value facts, IReadOnlyList<string> paths)
    {
        facts = paths.Aggregate(WithoutCookies(facts), (value, path) => Replace(value, path.Split('.')));
        // As a whole, not only the value: "a\/b" and "\u0061/b" are the same in JSON, and what is left out cannot be overlooked.
        var raw = paths.Any(path => path.Split('.')[0] == FactNames.Json)
            ? Raw.Where(name => facts.AsMap.TryGet(name, out _)).ToArray()
            : [];
        return raw.Length == 0
            ? (facts, null)
            : (Value.Map(facts.AsMap.Entries.Where(entry => !raw.Contains(entry.Key.AsString))
            .Select(entry => (entry.Key.AsString, entry.Value))),
                $"'{string.Join("' and '", raw)}' is withheld: 'mask' hides a part of it");
    }

    /// <summary>An earlier run's facts as a probe may use them: what is masked there cannot be sent.</summary>
    public static Value Unmasked(Value facts) => facts.Kind switch
    {
        ValueKind.String when facts.AsString.Contains(Secrets.Mask, StringComparison.Ordinal) =>
            Value.Error("it is masked in the evidence of the earlier run"),
        ValueKind.List => Value.List(facts.AsList.Select(Unmasked).ToArray()),
        ValueKind.Map => Value.Map(facts.AsMap.With((_, value) => Unmasked(value))),
        _ => facts,
    };

    private static Value WithoutCookies(Value facts) =>
        Find(facts, new[] { FactNames.Headers, CookieText.Header }).FirstOrDefault() is { Kind: ValueKind.String } cookies
            ? Change(facts, new[] { FactNames.Headers, CookieText.Header }, _ => Value.Withheld(CookieText.Mask(cookies.AsString)))
            : facts;

    private static IEnumerable<Value> Find(Value value, ReadOnlyMemory<string> path)
    {
        if (path.IsEmpty)
            return [value];
        return value.Kind switch
        {
            ValueKind.Map when value.AsMap.TryGet(path.Span[0], out var inner) => Find(inner, path[1..]),
            ValueKind.List => value.AsList.SelectMany(item => Find(item, path)),
            _ => [],
        };
    }

    private static Value Replace(Value value, ReadOnlyMemory<string> path) =>
        Change(value, path, hidden => IsEmpty(hidden) ? hidden : Value.Withheld(Secrets.Mask));

    private static Value Change(Value value, ReadOnlyMemory<string> path, Func<Value, Value> change)
    {
        if (path.IsEmpty)
            return change(value);
        return value.Kind switch
        {
            ValueKind.Map => Value.Map(value.AsMap.With((key, inner) => key.AsString == path.Span[0]
                ? Change(inner, path[1..], change)
                : inner)),
            ValueKind.List => Value.List(value.AsList.Select(item => Change(item, path, change)).ToArray()),
            _ => value,
        };
    }

    // There is no secret in nothing, and that there is nothing is what a reader may need to see.
    private static bool IsEmpty(Value value) =>
        value.Kind == ValueKind.Null || (value.Kind == ValueKind.String && value.AsString.Length == 0);

    private static IEnumerable<string> Texts(Value value) => value.Kind switch
    {
        ValueKind.String => [value.AsString],
        ValueKind.Int => [value.AsInt.ToString(CultureInfo.InvariantCulture)],
        ValueKind.UInt => [value.AsUInt.ToString(CultureInfo.InvariantCulture)],
        ValueKind.Double => [value.Exact ?? value.AsDouble.ToString("R", CultureInfo.InvariantCulture)],
        ValueKind.List => value.AsList.SelectMany(Texts),
        ValueKind.Map => value.AsMap.Entries.SelectMany(entry => Texts(entry.Value)),
        _ => [],
    };
}
