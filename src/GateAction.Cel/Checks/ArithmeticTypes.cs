using GateAction.Cel.Expressions;
using GateAction.Cel.Functions;
using GateAction.Cel.Syntax;
using GateAction.Cel.Values;

namespace GateAction.Cel.Checks;

/// <summary>Which types an operator gives, found by trying it on one value of each type.</summary>
internal static class ArithmeticTypes
{
    private static readonly Value[] Samples =
    [
        // 1 and not 0: a division by zero is an error, and an error is no type.
        Value.Int(1), Value.UInt(1), Value.Double(1), Value.String(""), Value.Bytes([]), Value.List(Array.Empty<Value>()),
        Value.Duration(1, 0), Value.Timestamp(0, 0),
    ];

    /// <summary>No type at all where the operator never takes the two.</summary>
    public static Kinds Result(TokenKind op, Kinds left, Kinds right)
    {
        var frame = new Frame("", new Scope(new Dictionary<string, Value>()), 0);
        var result = (Kinds)0;
        foreach (var a in Samples.Where(sample => IsIn(sample, left)))
        {
            foreach (var b in Samples.Where(sample => IsIn(sample, right)))
            {
                if (Calculator.Calculate(op, a, b, frame) is { } value)
                    result |= (Kinds)(1 << (int)value.Kind);
            }
        }
        return result;
    }

    private static bool IsIn(Value sample, Kinds kinds) => ((int)kinds >> (int)sample.Kind & 1) != 0;
}
