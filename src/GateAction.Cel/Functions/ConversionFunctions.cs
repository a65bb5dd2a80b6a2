using System.Globalization;
using System.Text;
using GateAction.Cel.Values;

namespace GateAction.Cel.Functions;

/// <summary>Functions named like the type they give (langdef "Types and Conversions"); what does not fit is an error.</summary>
internal static class ConversionFunctions
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static IReadOnlyList<Function> All =>
    [
        new("int", false, "A whole number; a double is cut towards zero, a timestamp becomes seconds since 1970",
            new Overload([Kinds.Number | Kinds.String | Kinds.Timestamp], Kinds.Int, (_, x) => ToInt(x[0]))),
        new("uint", false, "A whole number from 0", new Overload([Kinds.Number | Kinds.String], Kinds.UInt, (_, x) => ToUInt(x[0]))),
        new("double", false, "A floating-point number",
            new Overload([Kinds.Number | Kinds.String], Kinds.Double, (_, x) => ToDouble(x[0])))
            { KeepsNumbers = true },
        new("bool", false, "True for 'true', 't', '1'; false for 'false', 'f', '0'",
            new Overload([Kinds.Bool | Kinds.String], Kinds.Bool, (_, x) => ToBool(x[0]))),
        new("string", false, "A value as text",
            new Overload([Kinds.Number | Kinds.Bool | Kinds.String | Kinds.Bytes | Kinds.Duration | Kinds.Timestamp], Kinds.String,
            (_, x) => ToString(x[0])))
            { KeepsNumbers = true },
        new("bytes", false, "The UTF-8 bytes of a string", new Overload([Kinds.Bytes | Kinds.String], Kinds.Bytes, (_, x) =>
            x[0].Kind == ValueKind.Bytes ? x[0] : Value.Bytes(Encoding.UTF8.GetBytes(x[0].AsString)))),
        new("duration", false, "A duration written '1h30m', '500ms', '1.5s'",
            new Overload([Kinds.Duration | Kinds.String], Kinds.Duration, (_, x) => ToDuration(x[0]))),
        new("timestamp", false, "A point in time written '2027-03-31T12:00:00Z', or from seconds since 1970",
            new Overload([Kinds.Timestamp | Kinds.String | Kinds.Int], Kinds.Timestamp, (_, x) => ToTimestamp(x[0]))),
    ];

    private static Value ToInt(Value value) => value.Kind switch
    {
        ValueKind.Int => value,
        ValueKind.UInt when value.AsUInt <= long.MaxValue => Value.Int((long)value.AsUInt),
        // Without its ends, as in cel-go: a double there may stand for a number that was out of range before it was rounded.
        ValueKind.Double when value.AsDouble is > -9223372036854775808.0 and < 9223372036854775808.0 => Value.Int((long)value.AsDouble),
        ValueKind.Timestamp => Value.Int(value.Seconds),
        ValueKind.String when long.TryParse(value.AsString, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
            Value.Int(number),
        _ => Fails(value, "an int"),
    };

    private static Value ToUInt(Value value) => value.Kind switch
    {
        ValueKind.UInt => value,
        ValueKind.Int when value.AsInt >= 0 => Value.UInt((ulong)value.AsInt),
        ValueKind.Double when value.AsDouble is >= 0 and < 18446744073709551616.0 => Value.UInt((ulong)value.AsDouble),
        ValueKind.String when ulong.TryParse(value.AsString, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
            Value.UInt(number),
        _ => Fails(value, "a uint"),
    };

    private static Value ToDouble(Value value) => value.Kind switch
    {
        ValueKind.Double => value,
        ValueKind.Int => Value.Double(value.AsInt),
        ValueKind.UInt => Value.Double(value.AsUInt),
        _ when Special(value.AsString) is { } special => Value.Double(special),
        _ when double.TryParse(value.AsString, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) => Value.Double(number),
        _ => Fails(value, "a double"),
    };

    private static double? Special(string text) => text.TrimStart('+').ToLowerInvariant() switch
    {
        "nan" => double.NaN,
        "inf" or "infinity" => double.PositiveInfinity,
        "-inf" or "-infinity" => double.NegativeInfinity,
        _ => null,
    };

    private static Value ToBool(Value value) => value.Kind == ValueKind.Bool ? value : value.AsString switch
    {
        "true" or "True" or "TRUE" or "t" or "1" => Value.True,
        "false" or "False" or "FALSE" or "f" or "0" => Value.False,
        _ => Fails(value, "a bool"),
    };

    private static Value ToString(Value value)
    {
        try
        {
            return value.Kind switch
            {
                ValueKind.String => value,
                ValueKind.Bytes => Value.String(StrictUtf8.GetString(value.AsBytes.Span)),
                ValueKind.Duration => Value.String(Durations.Format(value)),
                _ => Value.String(ValueText.Whole(value)),
            };
        }
        catch (DecoderFallbackException)
        {
            return Value.Error("the bytes are not UTF-8, so they are no string");
        }
    }

    private static Value ToDuration(Value value) =>
        value.Kind == ValueKind.Duration ? value
        : Durations.TryParse(value.AsString, out var duration) ? duration
        : Fails(value, "a duration; write '500ms', '1.5s' or '1h30m'");

    private static Value ToTimestamp(Value value) => value.Kind switch
    {
        ValueKind.Timestamp => value,
        ValueKind.Int => Timestamps.FromNanos((Int128)value.AsInt * Durations.NanosPerSecond),
        _ when Timestamps.TryParse(value.AsString, out var timestamp) => timestamp,
        _ => Fails(value, "a timestamp; write '2027-03-31T12:00:00Z'"),
    };

    private static Value Fails(Value value, string type) => Value.Error($"{ValueText.Short(value)} is not {type}");
}

/// <summary>The encoders extension (cel-go ext/encoders).</summary>
internal static class EncodingFunctions
{
    public static IReadOnlyList<Function> All =>
    [
        new("base64.encode", false, "Bytes in base64", new Overload([Kinds.Bytes], Kinds.String, (frame, x) =>
            frame.Spend(x[0].AsBytes.Length / 8) ? Value.String(Convert.ToBase64String(x[0].AsBytes.Span)) : Frame.Exhausted)),
        new("base64.decode", false, "The bytes of a base64 text, padded or not",
            new Overload([Kinds.String], Kinds.Bytes, (frame, x) => Decode(frame, x[0].AsString))),
    ];

    private static Value Decode(Frame frame, string text)
    {
        if (!frame.Spend(text.Length / 8))
            return Frame.Exhausted;
        var padded = text.Length % 4 == 0 ? text : text.PadRight(text.Length + 4 - text.Length % 4, '=');
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var length)
            ? Value.Bytes(bytes[..length])
            : Value.Error($"{ValueText.Short(Value.String(text))} is not base64");
    }
}
