namespace GateAction.Cel.Values;

/// <summary>Something wrong in the text of a condition: where (UTF-16 offset and length), what was found, what is accepted.</summary>
public sealed record ConditionProblem(int Start, int Length, string Message);
