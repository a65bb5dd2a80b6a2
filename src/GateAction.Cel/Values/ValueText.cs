using System.Globalization;
using System.Text;

namespace GateAction.Cel.Values;

/// <summary>Values as people read them: <c>812ms</c>, <c>"healthy"</c>, <c>[1, 2, …] (12 items)</c>.</summary>
public static class ValueText
{
    private const int ShortLength = 80;

    /// <summary>On one line, cut where it is long.</summary>
    public static string Short(Value value) => Write(value, ShortLength);

    internal static string Whole(Value value) => Write(value, int.MaxValue);

    internal static string Write(Value value, int limit)
    {
        var text = new StringBuilder();
        Append(text, value, limit);
        return text.ToString();
    }

    /// <summary>The shortest digits that read back as the same double, without an exponent where that stays readable.</summary>
    internal static string Format(double number)
    {
        if (double.IsNaN(number))
            return "NaN";
        if (double.IsInfinity(number))
            return number > 0 ? "Infinity" : "-Infinity";
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        // Within these limits a decimal has room for it, and digits are read more easily than '1E-05'.
        return text.Contains('E') && Math.Abs(number) is >= 1e-6 and < 1e21
            ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
            : text.Replace('E', 'e');
    }

    /// <summary>Cuts to at most <paramref name="limit"/> characters, never inside a surrogate pair.</summary>
    internal static string Cut(string text, int limit)
    {
        if (text.Length <= limit)
            return text;
        var end = char.IsHighSurrogate(text[limit - 2]) ? limit - 2 : limit - 1;
        return text[..end] + "…";
    }

    private static void Append(StringBuilder text, Value value, int limit)
    {
        switch (value.Kind)
        {
            case ValueKind.String:
                AppendString(text, value.AsString, limit);
                break;
            case ValueKind.List:
                AppendItems(text, '[', ']', "items", value.AsList.Count, limit, i => Append(text, value.AsList[i], Rest(limit)));
                break;
            case ValueKind.Map:
                AppendItems(text, '{', '}', "entries", value.AsMap.Count, limit, i => AppendEntry(text, value.AsMap.Entries[i], limit));
                break;
            default:
                text.Append(Scalar(value, limit));
                break;
        }
    }

    private static string Scalar(Value value, int limit) => value.Kind switch
    {
        ValueKind.Null => "null",
        ValueKind.Bool => value.AsBool ? "true" : "false",
        ValueKind.Int => value.AsInt.ToString(CultureInfo.InvariantCulture),
        ValueKind.UInt => value.AsUInt.ToString(CultureInfo.InvariantCulture),
        ValueKind.Double => value.Exact is { } exact ? Cut(exact, limit) : Format(value.AsDouble),
        ValueKind.Bytes => Cut($"b\"{Convert.ToHexStringLower(value.AsBytes.Span)}\"", limit),
        ValueKind.Duration => UnitText.Duration(Durations.Nanos(value)),
        ValueKind.Timestamp => Timestamps.Format(value),
        _ => value.Text,
    };

    // What lies deeper gets half of the room, so that the list around it can show that it goes on.
    private static int Rest(int limit) => limit == int.MaxValue ? limit : Math.Max(limit / 2, 16);

    private static void AppendEntry(StringBuilder text, KeyValuePair<Value, Value> entry, int limit)
    {
        Append(text, entry.Key, Rest(limit));
        text.Append(": ");
        Append(text, entry.Value, Rest(limit));
    }

    private static void AppendItems(StringBuilder text, char open, char close, string noun, int count, int limit, Action<int> append)
    {
        var start = text.Length;
        text.Append(open);
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
                text.Append(", ");
            if (text.Length - start > limit / 2)
            {
                text.Append('…').Append(close).Append(CultureInfo.InvariantCulture, $" ({count} {noun})");
                return;
            }
            append(i);
        }
        text.Append(close);
    }

    private static void AppendString(StringBuilder text, string value, int limit)
    {
        var cut = Cut(value, limit);
        text.Append('"');
        foreach (var character in cut)
        {
            // A server wrote it, and it stands in one line of a terminal: no line break, no escape code.
            text.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' or '\u007f' => $"\\u{(int)character:x4}",
                _ => null,
            } ?? character.ToString());
        }
        text.Append('"');
    }

    /// <summary>The kind of a value with its article, for sentences.</summary>
    public static string Kind(Value value) => value.Kind switch
    {
        ValueKind.Null => "null",
        ValueKind.Int => "an int",
        ValueKind.UInt => "a uint",
        ValueKind.Bytes => "bytes",
        ValueKind.Duration => "a duration",
        ValueKind.Timestamp => "a timestamp",
        _ => $"a {value.TypeName}",
    };
}
