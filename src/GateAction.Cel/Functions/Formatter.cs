using System.Globalization;
using System.Text;
using GateAction.Cel.Values;

namespace GateAction.Cel.Functions;

/// <summary><c>string.format(list)</c> (cel-spec, doc/extensions/strings.md).</summary>
internal static class Formatter
{
    private const int MaxPrecision = 1000;

    public static Value Format(Frame frame, ReadOnlySpan<Value> arguments)
    {
        var (template, items) = (arguments[0].AsString, arguments[1].AsList);
        var result = new StringBuilder();
        var next = 0;
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] != '%')
            {
                result.Append(template[i]);
                continue;
            }
            if (i + 1 < template.Length && template[i + 1] == '%')
            {
                result.Append(template[++i]);
                continue;
            }
            if (!TryReadClause(template, ref i, out var precision))
                return Value.Error(
                    $"'{ValueText.Cut(template, 40)}': after '%' a conversion (s d f e x X o b) is expected, with a precision up to "
                    + $"{MaxPrecision}");
            if (next >= items.Count)
                return Value.Error($"'{ValueText.Cut(template, 40)}' needs more than the {items.Count} values given");
            if (!frame.SpendFor(items[next]))
                return Frame.Exhausted;
            if (items[next].Exact is not null && template[i] is 'f' or 'e')
                return Value.Error(ExactNumbers.Problem(items[next], items[next]));
            var text = Convert(template[i], precision, items[next]);
            if (text is null)
                return Value.Error($"'%{template[i]}' does not take {ValueText.Kind(items[next])}");
            if (!frame.Spend(1 + text.Length / 8))
                return Frame.Exhausted;
            result.Append(text);
            next++;
        }
        return Value.String(result.ToString());
    }

    /// <summary>Leaves <paramref name="position"/> on the letter of the conversion.</summary>
    private static bool TryReadClause(string template, ref int position, out int precision)
    {
        // Where the template gives none (cel-spec, doc/extensions/strings.md).
        precision = 6;
        position++;
        if (position < template.Length && template[position] == '.')
        {
            var start = ++position;
            while (position < template.Length && char.IsAsciiDigit(template[position]))
                position++;
            if (!int.TryParse(template.AsSpan(start, position - start), NumberStyles.None, CultureInfo.InvariantCulture, out precision)
                || precision > MaxPrecision)
                return false;
        }
        return position < template.Length && "sdfexXob".Contains(template[position]);
    }

    private static string? Convert(char conversion, int precision, Value value) => conversion switch
    {
        's' => Text(value),
        'd' => value.Kind is ValueKind.Int or ValueKind.UInt or ValueKind.Double ? ValueText.Whole(value) : null,
        'f' => Number(value) is { } number ? DecimalText.Fixed(number, precision) : null,
        'e' => Number(value) is { } number ? DecimalText.Scientific(number, precision) : null,
        'x' => Hexadecimal(value),
        'X' => Hexadecimal(value)?.ToUpperInvariant(),
        'o' => InBase(value, 8),
        _ => value.Kind == ValueKind.Bool ? (value.AsBool ? "1" : "0") : InBase(value, 2),
    };

    private static string? Text(Value value) => value.Kind switch
    {
        ValueKind.String => value.AsString,
        ValueKind.Bytes => Lenient(value.AsBytes.Span),
        ValueKind.Duration => Durations.Format(value),
        ValueKind.List => $"[{string.Join(", ", value.AsList.Select(Text))}]",
        ValueKind.Map => $"{{{string.Join(", ", value.AsMap.Entries
            .Select(entry => (Key: Text(entry.Key), Value: Text(entry.Value)))
            // In the order of their keys (strings.md), so that one map has one text.
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => $"{entry.Key}: {entry.Value}"))}}}",
        _ => ValueText.Whole(value),
    };

    /// <summary>Adjacent bytes that are not UTF-8 become one U+FFFD.</summary>
    private static string Lenient(ReadOnlySpan<byte> bytes)
    {
        var result = new StringBuilder();
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out var rune, out var consumed);
            var isBroken = status != System.Buffers.OperationStatus.Done;
            if (!isBroken || result.Length == 0 || result[^1] != '\uFFFD')
                result.Append(isBroken ? "\uFFFD" : rune.ToString());
            bytes = bytes[consumed..];
        }
        return result.ToString();
    }

    private static double? Number(Value value) => value.Kind switch
    {
        ValueKind.Int => value.AsInt,
        ValueKind.UInt => value.AsUInt,
        ValueKind.Double => value.AsDouble,
        _ => null,
    };

    private static string? Hexadecimal(Value value) => value.Kind switch
    {
        ValueKind.String => System.Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value.AsString)),
        ValueKind.Bytes => System.Convert.ToHexStringLower(value.AsBytes.Span),
        _ => InBase(value, 16),
    };

    private static string? InBase(Value value, int radix)
    {
        if (value.Kind is not (ValueKind.Int or ValueKind.UInt))
            return null;
        var isNegative = value.Kind == ValueKind.Int && value.AsInt < 0;
        var rest = isNegative ? (ulong)-value.AsInt : value.AsUInt;
        var digits = new StringBuilder();
        do
        {
            digits.Insert(0, "0123456789abcdef"[(int)(rest % (ulong)radix)]);
            rest /= (ulong)radix;
        }
        while (rest > 0);
        return isNegative ? $"-{digits}" : digits.ToString();
    }
}
