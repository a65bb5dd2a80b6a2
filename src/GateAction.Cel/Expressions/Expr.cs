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
