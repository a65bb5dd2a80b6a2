using GateAction.Cel.Values;

namespace GateAction.Cel.Syntax;

/// <summary>Ends the parse at the first thing that is not the language; caught in <see cref="Condition.Parse"/>.</summary>
internal sealed class SyntaxErrorException(int start, int length, string message) : Exception(message)
{
    public ConditionProblem Problem { get; } = new(start, length, message);
}
