using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Expressions;

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

    public void Bind(Frame frame) => frame.Bind(slot, value.Evaluate(frame, out var support), support);
}
