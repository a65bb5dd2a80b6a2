using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Expressions;

/// <summary>A node of the expression tree. <see cref="Start"/> and <see cref="End"/> are UTF-16 offsets in the condition's text,
/// parentheses excluded.</summary>
internal abstract class Expr
{
    protected Expr(int start, int end, params ReadOnlySpan<Expr> children)
    {
        Start = start;
        End = end;
        var size = 1;
        var height = 0;
        foreach (var child in children)
        {
            size += child.Size;
            height = Math.Max(height, child.Height);
        }
        Size = size;
        Height = height + 1;
    }

    public int Start { get; }

    public int End { get; }

    /// <summary>How many nodes: what evaluating it once costs.</summary>
    public int Size { get; }

    public int Height { get; }

    /// <summary>The direct parts, in the order of the text.</summary>
    public abstract IReadOnlyList<Expr> Children { get; }

    /// <param name="support">The roots that the value rests on, one bit each; for an error those of the part that failed.</param>
    public abstract Value Evaluate(Frame frame, out ulong support);

    /// <summary>The text of the condition that this node was read from.</summary>
    public string Source(Frame frame) => frame.Text[Start..End];
}

/// <summary>A constant. The unit it was written with tells how to show what it is compared with.</summary>
internal sealed class Literal(int start, int end, Value value, Unit unit = Unit.None) : Expr(start, end)
{
    public Value Value => value;

    public Unit Unit => unit;

    public override IReadOnlyList<Expr> Children => [];

    public override Value Evaluate(Frame frame, out ulong support)
    {
        // It rests on nothing: what constants say decides no gate.
        support = 0;
        return value;
    }
}

/// <summary>A free variable: a probe, a result set, <c>baseline</c>, <c>github</c>, <c>now</c>.</summary>
/// <param name="root">Its place in <see cref="Condition.Roots"/>.</param>
internal sealed class Variable(int start, int end, string name, int root) : Expr(start, end)
{
    public string Name => name;

    public const int MostRoots = 62;

    public int Root => root;

    /// <summary>One bit each for the first 62 roots; the rest share the next one, which can only block more.</summary>
    public ulong Mask => 1UL << Math.Min(root, MostRoots);

    public override IReadOnlyList<Expr> Children => [];

    public override Value Evaluate(Frame frame, out ulong support)
    {
        support = Mask;
        return frame.Scope.Variables.TryGetValue(name, out var value) ? value : Value.Error(EvaluationErrors.Unbound(name, frame.Scope));
    }
}

/// <summary>A variable that a macro binds: the <c>x</c> of <c>list.all(x, x > 0)</c>.</summary>
internal sealed class Local(int start, int end, string name, int slot) : Expr(start, end)
{
    public string Name => name;

    public int Slot => slot;

    public override IReadOnlyList<Expr> Children => [];

    public override Value Evaluate(Frame frame, out ulong support) => frame.Local(slot, out support);
}

/// <summary>The macro <c>cel.bind(name, value, body)</c>: an error in the value is one only where the body reads it.</summary>
internal sealed class Binding(int start, int end, int slot, Expr value, Expr body) : Expr(start, end, value, body)
{
    public int Slot => slot;

    public Expr Body => body;

    public override IReadOnlyList<Expr> Children => [value, body];

    public override Value Evaluate(Frame frame, out ulong support)
    {
        Bind(frame);
        return body.Evaluate(frame, out support);
    }

    // Once, however often the body reads it. An error is kept as its value, and is one only if it is read.
    public void Bind(Frame frame) => frame.Bind(slot, value.Evaluate(frame, out var support), support);
}

internal sealed class Not(int start, int end, Expr operand) : Expr(start, end, operand)
{
    public Expr Operand => operand;

    public override IReadOnlyList<Expr> Children => [operand];

    public override Value Evaluate(Frame frame, out ulong support)
    {
        var value = operand.Evaluate(frame, out support);
        return value.Kind switch
        {
            ValueKind.Bool => Value.Bool(!value.AsBool),
            ValueKind.Error => value,
            _ => Value.Error(EvaluationErrors.NotBool(frame, operand, value)),
        };
    }
}

internal sealed class Negate(int start, int end, Expr operand) : Expr(start, end, operand)
{
    public Expr Operand => operand;

    public override IReadOnlyList<Expr> Children => [operand];

    public override Value Evaluate(Frame frame, out ulong support)
    {
        var value = operand.Evaluate(frame, out support);
        return value.Kind switch
        {
            ValueKind.Int when value.AsInt != long.MinValue => Value.Int(-value.AsInt),
            ValueKind.Int => Value.Error("integer overflow: the negative of the smallest int does not fit"),
            ValueKind.Double when value.Exact is not null => Value.Error(ExactNumbers.Problem(value, value)),
            ValueKind.Double => Value.Double(-value.AsDouble),
            ValueKind.Duration => Durations.FromNanos(-Durations.Nanos(value)),
            ValueKind.Error => value,
            _ => Value.Error($"'-' takes an int, a double or a duration; {EvaluationErrors.Was(frame, operand, value)}"),
        };
    }
}

/// <summary><c>test ? then : otherwise</c>; only the branch taken is evaluated.</summary>
internal sealed class Conditional(int start, int end, Expr test, Expr then, Expr otherwise) : Expr(start, end, test, then, otherwise)
{
    public Expr Test => test;

    public override IReadOnlyList<Expr> Children => [test, then, otherwise];

    public Expr Branch(bool holds) => holds ? then : otherwise;

    public override Value Evaluate(Frame frame, out ulong support)
    {
        var value = test.Evaluate(frame, out support);
        if (value.IsError)
            return value;
        if (value.Kind != ValueKind.Bool)
            return Value.Error(EvaluationErrors.NotBool(frame, test, value));
        var result = Branch(value.AsBool).Evaluate(frame, out var branchSupport);
        // The test too: had it been otherwise, the other branch would have been taken.
        support |= branchSupport;
        return result;
    }
}

/// <summary>The macro <c>has(operand.field)</c>: whether a map has the key.</summary>
internal sealed class Has(int start, int end, Select selection) : Expr(start, end, selection.Operand)
{
    public Select Selection => selection;

    public override IReadOnlyList<Expr> Children => [selection.Operand];

    public override Value Evaluate(Frame frame, out ulong support)
    {
        if (selection.Qualified is { } qualified && frame.Scope.HasQualifiedNames && frame.Scope.Variables.ContainsKey(qualified.Name))
        {
            support = qualified.Mask;
            return Value.True;
        }
        var target = selection.Operand.Evaluate(frame, out support);
        if (target.IsError)
            return target;
        // A field that is null is there.
        if (target.Kind == ValueKind.Map && target.AsMap.TryGet(selection.Field, out _))
            return Value.True;
        return target.Kind == ValueKind.Map && !target.AsMap.HasWithheldKeys
            ? Value.False
            : Value.Error(EvaluationErrors.MissingField(frame, selection, target));
    }
}
