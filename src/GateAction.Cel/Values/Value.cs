using System.Text.Json.Serialization;

namespace GateAction.Cel.Values;

/// <summary>A CEL value (cel-spec, doc/langdef.md "Values"). The default is <c>null</c>.</summary>
[JsonConverter(typeof(ValueConverter))]
public readonly struct Value
{
    private readonly object? _reference;
    // A whole number, the bits of a double, whole seconds; 1 for true, and for a text that is masked.
    private readonly long _bits;
    private readonly int _nanos;

    private Value(ValueKind kind, object? reference, long bits = 0, int nanos = 0)
    {
        Kind = kind;
        _reference = reference;
        _bits = bits;
        _nanos = nanos;
    }

    public ValueKind Kind { get; }

    public static Value Null => default;

    public static Value True { get; } = new(ValueKind.Bool, null, 1);

    public static Value False { get; } = new(ValueKind.Bool, null);

    public bool IsError => Kind == ValueKind.Error;

    public bool IsTrue => Kind == ValueKind.Bool && _bits != 0;

    public bool IsFalse => Kind == ValueKind.Bool && _bits == 0;

    public bool IsNumber => Kind is ValueKind.Int or ValueKind.UInt or ValueKind.Double;

    public bool AsBool => _bits != 0;

    public long AsInt => _bits;

    public ulong AsUInt => unchecked((ulong)_bits);

    public double AsDouble => BitConverter.Int64BitsToDouble(_bits);

    /// <summary>A number as it was written where a double is only near it: an integer beyond 64 bits, <c>1e999</c>. Null for every other
    /// value.</summary>
    public string? Exact => Kind == ValueKind.Double ? (string?)_reference : null;

    public string AsString => (string)_reference!;

    /// <summary>True for a text in which <see cref="Withheld.Mark"/> stands for what nobody may see, and for a masked value of any
    /// type.</summary>
    public bool IsWithheld => Kind == ValueKind.String && _bits != 0;

    public ReadOnlyMemory<byte> AsBytes => (byte[])_reference!;

    public IReadOnlyList<Value> AsList => (IReadOnlyList<Value>)_reference!;

    public ValueMap AsMap => (ValueMap)_reference!;

    /// <summary>Whole seconds of a duration, or of a timestamp since 1970-01-01T00:00:00Z.</summary>
    public long Seconds => _bits;

    /// <summary>The part below a second of a duration (same sign as the seconds) or a timestamp (0 to 999,999,999).</summary>
    public int Nanos => _nanos;

    /// <summary>A duration, cut to 100 ns.</summary>
    public TimeSpan AsTimeSpan => new(_bits * TimeSpan.TicksPerSecond + _nanos / 100);

    /// <summary>A timestamp, cut to 100 ns.</summary>
    public DateTimeOffset AsTime => new(Timestamps.ToDateTime(this));

    /// <summary>The text of an error or a string, or the name of a type.</summary>
    public string Text => (string)_reference!;

    /// <summary>The name of the value's type in CEL: what <c>type(x)</c> gives.</summary>
    public string TypeName => Kind switch
    {
        ValueKind.Null => "null_type",
        ValueKind.Bool => "bool",
        ValueKind.Int => "int",
        ValueKind.UInt => "uint",
        ValueKind.Double => "double",
        ValueKind.String => "string",
        ValueKind.Bytes => "bytes",
        ValueKind.List => "list",
        ValueKind.Map => "map",
        ValueKind.Duration => "google.protobuf.Duration",
        ValueKind.Timestamp => "google.protobuf.Timestamp",
        ValueKind.Type => "type",
        _ => "error",
    };

    public static Value Bool(bool value) => value ? True : False;

    public static Value Int(long value) => new(ValueKind.Int, null, value);

    public static Value UInt(ulong value) => new(ValueKind.UInt, null, unchecked((long)value));

    public static Value Double(double value) => new(ValueKind.Double, null, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A number that neither an int nor a double holds; it is compared by its text.</summary>
    public static Value Double(double nearest, string exact) => new(ValueKind.Double, exact, BitConverter.DoubleToInt64Bits(nearest));

    public static Value String(string value) => new(ValueKind.String, value);

    /// <summary>What is left of a value once it is masked. It is known to be neither null nor empty; the rest of it may not be
    /// compared.</summary>
    public static Value Withheld(string shown) => new(ValueKind.String, shown, 1);

    public static Value Bytes(byte[] value) => new(ValueKind.Bytes, value);

    public static Value List(IReadOnlyList<Value> items) => new(ValueKind.List, items);

    public static Value List(IEnumerable<string> items) => new(ValueKind.List, items.Select(String).ToArray());

    public static Value Map(ValueMap entries) => new(ValueKind.Map, entries);

    /// <summary>A map with string keys, in the order given.</summary>
    public static Value Map(params IEnumerable<(string Key, Value Value)> entries) => Map(new ValueMap(entries));

    public static Value Duration(long seconds, int nanos) => new(ValueKind.Duration, null, seconds, nanos);

    public static Value Duration(TimeSpan value) =>
        Duration(value.Ticks / TimeSpan.TicksPerSecond, (int)(value.Ticks % TimeSpan.TicksPerSecond) * 100);

    public static Value Timestamp(long seconds, int nanos) => new(ValueKind.Timestamp, null, seconds, nanos);

    public static Value Timestamp(DateTimeOffset value)
    {
        var ticks = value.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        // Before 1970 too the part below a second counts forward, so the seconds go one back.
        return rest < 0
            ? Timestamp(seconds - 1, (int)((rest + TimeSpan.TicksPerSecond) * 100))
            : Timestamp(seconds, (int)(rest * 100));
    }

    public static Value Type(string name) => new(ValueKind.Type, name);

    public static Value Error(string text) => new(ValueKind.Error, text);

    /// <summary>For people and debuggers, whole; <see cref="ValueText.Short"/> for reports.</summary>
    public override string ToString() => ValueText.Whole(this);
}

/// <summary>The types of CEL for JSON-like data, plus the error that an expression can end in.</summary>
public enum ValueKind : byte
{
    Null,
    Bool,
    Int,
    UInt,
    Double,
    String,
    Bytes,
    List,
    Map,
    Duration,
    Timestamp,
    Type,
    Error,
}
