using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Expressions;

/// <summary>A variable that a macro binds: the <c>x</c> of <c>list.all(x, x > 0)</c>.</summary>
internal sealed class Local(int start, int end, string name, int slot) : Expr(start, end)
{
    public string Name => name;

    public int Slot => slot;

    public override IReadOnlyList<Expr> Children => [];

    public override Value Evaluate(Frame frame, out ulong support) => frame.Local(slot, out support);
}
