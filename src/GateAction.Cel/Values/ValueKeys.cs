namespace GateAction.Cel.Values;

/// <summary>Equality of map keys: as <c>==</c>, so that <c>1</c>, <c>1u</c> and <c>1.0</c> are one key. A masked key is the same as no
/// other.</summary>
internal sealed class ValueKeys : IEqualityComparer<Value>
{
    public static readonly ValueKeys Comparer = new();

    public bool Equals(Value x, Value y) => x.Kind == ValueKind.String && y.Kind == ValueKind.String
        ? x.AsString == y.AsString && !x.IsWithheld && !y.IsWithheld
        : ValueOrder.AreEqual(x, y);

    public int GetHashCode(Value obj) => obj.Kind switch
    {
        ValueKind.String => obj.AsString.GetHashCode(StringComparison.Ordinal),
        ValueKind.Int => ((double)obj.AsInt).GetHashCode(),
        ValueKind.UInt => ((double)obj.AsUInt).GetHashCode(),
        ValueKind.Double => obj.AsDouble.GetHashCode(),
        ValueKind.Bool => obj.AsBool ? 1 : 2,
        _ => (int)obj.Kind,
    };
}
