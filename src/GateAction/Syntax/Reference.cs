using GateAction.Cel;

namespace GateAction.Syntax;

/// <summary>A fact of another probe that a text reads.</summary>
/// <param name="Index">Where in the node's text the expression begins.</param>
internal sealed record Reference(Condition Fact, ScalarNode Node, int Index)
{
    public void Refuse(Problems problems, string message) => problems.Add(Node, Index, Fact.Text.Length, message);
}
