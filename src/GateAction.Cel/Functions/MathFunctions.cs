using GateAction.Cel.Values;

namespace GateAction.Cel.Functions;

/// <summary>The math extension (cel-go ext/math).</summary>
internal static class MathFunctions
{
    private const Kinds Integer = Kinds.Int | Kinds.UInt;

    public static IReadOnlyList<Function> All =>
    [
        new("ratio", false,
            "Which part of the second number the first is, as in ratio(unit.failed, unit.total) < 5%; '/' of two whole numbers leaves out "
            + "the fraction", new Overload([Kinds.Number, Kinds.Number], Kinds.Double, (_, x) => Ratio(x[0], x[1]))),
        Extreme("math.greatest", "The greatest of its arguments, or of a list", 1),
        Extreme("math.least", "The least of its arguments, or of a list", -1),
        OfDouble("math.ceil", "The next whole number up", Math.Ceiling),
        OfDouble("math.floor", "The next whole number down", Math.Floor),
        OfDouble("math.round", "The nearest whole number, halves away from zero", number =>
            Math.Round(number, MidpointRounding.AwayFromZero)),
        OfDouble("math.trunc", "Without its fraction", Math.Truncate),
        new("math.sqrt", false, "The square root; NaN for a negative number",
            new Overload([Kinds.Number], Kinds.Double, (_, x) => Value.Double(Math.Sqrt(ToDouble(x[0]))))),
        new("math.abs", false, "Without its sign", new Overload([Kinds.Number], Kinds.Number, (_, x) => Abs(x[0]))),
        new("math.sign", false, "-1, 0 or 1", new Overload([Kinds.Number], Kinds.Number, (_, x) => Sign(x[0]))),
        Test("math.isNaN", "Whether it is not a number", double.IsNaN),
        Test("math.isInf", "Whether it is infinite", double.IsInfinity),
        Test("math.isFinite", "Whether it is a number and not infinite", double.IsFinite),
        Bits("math.bitAnd", "Bits set in both", (a, b) => a & b),
        Bits("math.bitOr", "Bits set in either", (a, b) => a | b),
        Bits("math.bitXor", "Bits set in one of them", (a, b) => a ^ b),
        new("math.bitNot", false, "Every bit inverted", new Overload([Integer], Integer, (_, x) => Like(x[0], ~x[0].AsUInt))),
        Shift("math.bitShiftLeft", "Bits moved up", (bits, count) => bits << count),
        Shift("math.bitShiftRight", "Bits moved down; zeros come in", (bits, count) => bits >>> count),
    ];

    private static Function Extreme(string name, string description, int sign) => new(name, false, description,
        new([Kinds.List], Kinds.Number, (frame, x) => frame.Spend(x[0].AsList.Count)
        ? Pick(name, x[0].AsList.ToArray(), sign)
        : Frame.Exhausted),
        new([Kinds.Number], Kinds.Number, (_, x) => Pick(name, x, sign), IsVariadic: true));

    private static Value Ratio(Value part, Value whole) => ToDouble(whole) == 0
        ? Value.Error($"'ratio' of {ValueText.Short(part)} and 0: there is nothing to be a part of")
        : Value.Double(ToDouble(part) / ToDouble(whole));

    private static Value Pick(string name, ReadOnlySpan<Value> items, int sign)
    {
        if (items.IsEmpty)
            return Value.Error($"'{name}' of an empty list");
        var best = items[0];
        foreach (var item in items)
        {
            if (item.Kind == ValueKind.Double && double.IsNaN(item.AsDouble))
                return Value.Error($"'{name}' takes numbers; one was NaN, which is 0 / 0 or the like");
            if (!item.IsNumber)
                return Value.Error($"'{name}' takes numbers; one was {ValueText.Short(item)}");
            // Skipped over, 1e999 would let 'math.greatest(list) < 5' hold of a list that holds it.
            if (ValueOrder.Compare(item, best) is not { } order)
                return Value.Error(ExactNumbers.Problem(item, best));
            if (order * sign > 0)
                best = item;
        }
        return best;
    }

    private static Function OfDouble(string name, string description, Func<double, double> calculate) =>
        new(name, false, description, new Overload([Kinds.Double], Kinds.Double, (_, x) => Value.Double(calculate(x[0].AsDouble))));

    private static Function Test(string name, string description, Func<double, bool> holds) =>
        new(name, false, description, new Overload([Kinds.Double], Kinds.Bool, (_, x) => Value.Bool(holds(x[0].AsDouble))));

    private static Function Bits(string name, string description, Func<ulong, ulong, ulong> combine) => new(name, false, description,
        new([Kinds.Int, Kinds.Int], Kinds.Int, (_, x) => Like(x[0], combine(x[0].AsUInt, x[1].AsUInt))),
        new([Kinds.UInt, Kinds.UInt], Kinds.UInt, (_, x) => Like(x[0], combine(x[0].AsUInt, x[1].AsUInt))));

    private static Function Shift(string name, string description, Func<ulong, int, ulong> shift) =>
        new(name, false, description, new Overload([Integer, Kinds.Int], Integer, (_, x) => x[1].AsInt switch
        {
            < 0 => Value.Error($"'{name}' cannot shift by {x[1].AsInt}; shift by 0 or more"),
            // C# would shift by the count modulo 64.
            >= 64 => Like(x[0], 0),
            var count => Like(x[0], shift(x[0].AsUInt, (int)count)),
        }));

    private static Value Like(Value model, ulong bits) => model.Kind == ValueKind.Int ? Value.Int(unchecked((long)bits)) : Value.UInt(bits);

    internal static double ToDouble(Value value) => value.Kind switch
    {
        ValueKind.Int => value.AsInt,
        ValueKind.UInt => value.AsUInt,
        _ => value.AsDouble,
    };

    private static Value Abs(Value value) => value.Kind switch
    {
        // Math.Abs throws for it.
        ValueKind.Int when value.AsInt == long.MinValue => Value.Error("integer overflow: the smallest int has no positive counterpart"),
        ValueKind.Int => Value.Int(Math.Abs(value.AsInt)),
        ValueKind.UInt => value,
        _ => Value.Double(Math.Abs(value.AsDouble)),
    };

    private static Value Sign(Value value) => value.Kind switch
    {
        ValueKind.Int => Value.Int(Math.Sign(value.AsInt)),
        ValueKind.UInt => Value.UInt(value.AsUInt == 0 ? 0u : 1u),
        _ when double.IsNaN(value.AsDouble) => value,
        _ => Value.Double(Math.Sign(value.AsDouble)),
    };
}
