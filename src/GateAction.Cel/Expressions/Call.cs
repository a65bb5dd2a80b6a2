using System.Runtime.CompilerServices;
using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Expressions;

/// <summary>A function call; a member's receiver is the first argument.</summary>
/// <param name="function">Null if there is no function of that name: an error when it is evaluated, as any other.</param>
internal sealed class Call(int start, int end, string name, bool isMember, Function? function, Expr[] arguments)
    : Expr(start, end, arguments)
{
    public string Name => name;

    public bool IsMember => isMember;

    public Function? Function => function;

    public override IReadOnlyList<Expr> Children => arguments;

    public override Value Evaluate(Frame frame, out ulong support)
    {
        support = 0;
        var inline = default(Inline);
        // On the stack: a call that a macro makes for each of thousands of elements allocates nothing.
        Span<Value> values = arguments.Length <= Inline.Length ? inline : new Value[arguments.Length];
        values = values[..arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            values[i] = arguments[i].Evaluate(frame, out var argumentSupport);
            if (values[i].IsError)
            {
                support = argumentSupport;
                return values[i];
            }
            support |= argumentSupport;
        }
        if (function is null)
            return Value.Error(EvaluationErrors.UnknownFunction(name, isMember));
        if (!function.KeepsNumbers && Inexact(values) is { } number)
            return EvaluationErrors.At(frame, this, Value.Error(ExactNumbers.Problem(number, number)));
        var hidden = Hidden(frame, function, values);
        if (function.Find(values) is not { } overload)
            return Value.Error(hidden >= 0
                ? EvaluationErrors.Withheld(frame, arguments[hidden])
                : EvaluationErrors.NoOverload(function, values));
        var result = hidden < 0 ? overload.Run(frame, values)
            : hidden == 0 && function.OfWithheld is { } run ? run(frame, overload, values)
            : null;
        if (result is not { } known)
            return Value.Error(EvaluationErrors.Withheld(frame, arguments[hidden]));
        return known.IsError ? EvaluationErrors.At(frame, this, known) : known;
    }

    /// <summary>The first argument that a mask hides, or hides a part of; -1 if there is none.</summary>
    private static int Hidden(Frame frame, Function function, ReadOnlySpan<Value> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (function.LooksInside ? Withheld.IsIn(values[i], frame.Spend) : values[i].IsWithheld)
                return i;
        }
        return -1;
    }

    private static Value? Inexact(ReadOnlySpan<Value> values)
    {
        foreach (var value in values)
        {
            if (value.Exact is not null)
                return value;
        }
        return null;
    }

    [InlineArray(Length)]
    private struct Inline
    {
        public const int Length = 4;

        private Value _first;
    }
}
