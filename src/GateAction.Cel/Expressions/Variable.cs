using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Expressions;

/// <summary>A free variable: a probe, a result set, <c>baseline</c>, <c>github</c>, <c>now</c>.</summary>
/// <param name="root">Its place in <see cref="Condition.Roots"/>.</param>
internal sealed class Variable(int start, int end, string name, int root) : Expr(start, end)
{
    public string Name => name;

    public int Root => root;

    /// <summary>One bit each for the first 63 roots; the rest share the last, which can only block more.</summary>
    public ulong Mask => 1UL << Math.Min(root, 63);

    public override IReadOnlyList<Expr> Children => [];

    public override Value Evaluate(Frame frame, out ulong support)
    {
        support = Mask;
        return frame.Scope.Variables.TryGetValue(name, out var value) ? value : Value.Error(EvaluationErrors.Unbound(name, frame.Scope));
    }
}
