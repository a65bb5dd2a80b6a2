namespace GateAction.Cel.Values;

/// <summary>Equality and order of values (langdef "Equality", "Ordering"): numbers of all types lie on one line, strings go by code
/// points.</summary>
internal static class ValueOrder
{
    public static bool AreEqual(Value a, Value b)
    {
        if (a.IsNumber && b.IsNumber)
            return CompareNumbers(a, b) == 0;
        if (a.Kind != b.Kind)
            return false;
        return a.Kind switch
        {
            ValueKind.Null => true,
            ValueKind.Bool => a.AsBool == b.AsBool,
            ValueKind.String or ValueKind.Type => a.Text == b.Text,
            ValueKind.Bytes => a.AsBytes.Span.SequenceEqual(b.AsBytes.Span),
            ValueKind.List => AreEqual(a.AsList, b.AsList),
            ValueKind.Map => AreEqual(a.AsMap, b.AsMap),
            _ => a.Seconds == b.Seconds && a.Nanos == b.Nanos,
        };
    }

    /// <summary>Less than, equal to or greater than zero; null if the two have no order (NaN, or types that do not compare).</summary>
    public static int? Compare(Value a, Value b)
    {
        if (a.IsNumber && b.IsNumber)
            return CompareNumbers(a, b);
        if (a.Kind != b.Kind)
            return null;
        return a.Kind switch
        {
            ValueKind.Bool => a.AsBool.CompareTo(b.AsBool),
            ValueKind.String => CompareCodePoints(a.AsString, b.AsString),
            ValueKind.Bytes => a.AsBytes.Span.SequenceCompareTo(b.AsBytes.Span),
            ValueKind.Duration or ValueKind.Timestamp =>
                a.Seconds != b.Seconds ? a.Seconds.CompareTo(b.Seconds) : a.Nanos.CompareTo(b.Nanos),
            _ => null,
        };
    }

    public static bool HasOrder(Value a, Value b) =>
        (a.IsNumber && b.IsNumber) || (a.Kind == b.Kind && (Ordered >> (int)a.Kind & 1) != 0);

    /// <summary>The numbers for which nobody knows whether two values are equal: <c>1e999</c> beside another one, also within lists and
    /// maps that differ in nothing else. Null if it is known.</summary>
    public static (Value A, Value B)? Unsettled(Value a, Value b)
    {
        (Value, Value)? pair = null;
        return IsEqual(a, b, ref pair) is null ? pair : null;
    }

    private const int Ordered = 1 << (int)ValueKind.Bool | 1 << (int)ValueKind.String | 1 << (int)ValueKind.Bytes
        | 1 << (int)ValueKind.Duration | 1 << (int)ValueKind.Timestamp;

    private static int? CompareNumbers(Value a, Value b) => (a.Kind, b.Kind) switch
    {
        (ValueKind.Int, ValueKind.Int) => a.AsInt.CompareTo(b.AsInt),
        (ValueKind.UInt, ValueKind.UInt) => a.AsUInt.CompareTo(b.AsUInt),
        (ValueKind.Int, ValueKind.UInt) => a.AsInt < 0 ? -1 : ((ulong)a.AsInt).CompareTo(b.AsUInt),
        (ValueKind.UInt, ValueKind.Int) => b.AsInt < 0 ? 1 : a.AsUInt.CompareTo((ulong)b.AsInt),
        _ when (a.Exact ?? b.Exact) is not null => ExactNumbers.Compare(a, b),
        _ => CompareDoubles(ToDouble(a), ToDouble(b)),
    };

    /// <summary>As the reference implementations do, an integer beside a double is rounded to one.</summary>
    private static double ToDouble(Value number) => number.Kind switch
    {
        ValueKind.Int => number.AsInt,
        ValueKind.UInt => number.AsUInt,
        _ => number.AsDouble,
    };

    private static int? CompareDoubles(double a, double b) =>
        a < b ? -1 : a > b ? 1 : a == b ? 0 : null;

    private static int CompareCodePoints(string a, string b)
    {
        var length = Math.Min(a.Length, b.Length);
        for (var i = 0; i < length; i++)
        {
            if (a[i] == b[i])
                continue;
            // Surrogates stand below U+E000 in UTF-16 and mean what lies above U+FFFF: compared by themselves they would sort too low.
            var surrogates = char.IsSurrogate(a[i]).CompareTo(char.IsSurrogate(b[i]));
            return surrogates != 0 && a[i] >= 0xD800 && b[i] >= 0xD800 ? surrogates : a[i].CompareTo(b[i]);
        }
        return a.Length.CompareTo(b.Length);
    }

    private static bool? IsEqual(Value a, Value b, ref (Value, Value)? pair)
    {
        if (a.IsNumber && b.IsNumber && (a.Exact ?? b.Exact) is not null && ExactNumbers.Compare(a, b) is null)
        {
            pair ??= (a, b);
            return null;
        }
        bool? result = true;
        switch (a.Kind, b.Kind)
        {
            case (ValueKind.List, ValueKind.List) when a.AsList.Count == b.AsList.Count:
                for (var i = 0; i < a.AsList.Count && result != false; i++)
                    result = Both(result, IsEqual(a.AsList[i], b.AsList[i], ref pair));
                return result;
            case (ValueKind.Map, ValueKind.Map) when a.AsMap.Count == b.AsMap.Count:
                foreach (var (key, value) in a.AsMap.Entries)
                {
                    result = Both(result, b.AsMap.TryGet(key, out var other) ? IsEqual(value, other, ref pair) : false);
                    if (result == false)
                        break;
                }
                return result;
            default:
                return AreEqual(a, b);
        }
    }

    private static bool? Both(bool? one, bool? other) =>
        one == false || other == false ? false : one is null || other is null ? null : true;

    private static bool AreEqual(IReadOnlyList<Value> a, IReadOnlyList<Value> b)
    {
        if (a.Count != b.Count)
            return false;
        for (var i = 0; i < a.Count; i++)
        {
            if (!AreEqual(a[i], b[i]))
                return false;
        }
        return true;
    }

    private static bool AreEqual(ValueMap a, ValueMap b)
    {
        if (a.Count != b.Count)
            return false;
        foreach (var (key, value) in a.Entries)
        {
            if (!b.TryGet(key, out var other) || !AreEqual(value, other))
                return false;
        }
        return true;
    }
}
