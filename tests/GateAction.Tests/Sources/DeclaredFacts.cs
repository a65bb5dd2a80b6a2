using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Tests.Sources;

/// <summary>Holds what was measured against what its kind declares. Every measurement that the tests of sources make passes here.</summary>
internal static class DeclaredFacts
{
    public static void Check(string name, Measurement measurement) =>
        Assert.That(Undeclared(name, measurement.Facts, measurement.Declared!.Facts), Is.Empty);

    /// <summary>Paths of facts that are not declared, or are of another type.</summary>
    public static IEnumerable<string> Undeclared(string path, Value value, FactType type)
    {
        if (value.Kind is ValueKind.Null or ValueKind.Error)
            return [];
        // A masked value is a text, whatever its type.
        if (value.Kind == ValueKind.String && value.AsString.Contains("***", StringComparison.Ordinal))
            return [];
        return type.Kind switch
        {
            FactKind.Dynamic => [],
            FactKind.List when value.Kind == ValueKind.List =>
                value.AsList.SelectMany((item, index) => Undeclared($"{path}[{index}]", item, type.Element!)),
            FactKind.Map when value.Kind == ValueKind.Map =>
                value.AsMap.Entries.SelectMany(entry => InMap(path, entry.Key.AsString, entry.Value, type)),
            _ when value.Kind == KindOf(type.Kind) => [],
            _ => [$"{path} is declared as {type.Kind} and is {value.Kind}"],
        };
    }

    private static IEnumerable<string> InMap(string path, string key, Value value, FactType type) => type switch
    {
        { Fields: { } fields } when !fields.ContainsKey(key) => [$"{path}.{key} is not declared"],
        { Fields: { } fields } => Undeclared($"{path}.{key}", value, fields[key]),
        _ => Undeclared($"{path}.{key}", value, type.Element!),
    };

    private static ValueKind KindOf(FactKind kind) => kind switch
    {
        FactKind.Bool => ValueKind.Bool,
        FactKind.Int or FactKind.Size => ValueKind.Int,
        FactKind.Number or FactKind.Ratio => ValueKind.Double,
        FactKind.String => ValueKind.String,
        FactKind.Duration => ValueKind.Duration,
        FactKind.Timestamp => ValueKind.Timestamp,
        FactKind.List => ValueKind.List,
        _ => ValueKind.Map,
    };
}
