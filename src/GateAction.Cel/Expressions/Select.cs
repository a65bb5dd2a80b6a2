using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Expressions;

/// <summary><c>operand.field</c>: the value of a map under a string key.</summary>
/// <param name="qualified">The whole as a dotted name where the operand is one too; a variable may have such a name (langdef "Name
/// Resolution").</param>
internal sealed class Select(int start, int end, Expr operand, string name, Variable? qualified) : Expr(start, end, operand)
{
    public Expr Operand => operand;

    public string Field => name;

    public Variable? Qualified => qualified;

    public override IReadOnlyList<Expr> Children => [operand];

    public override Value Evaluate(Frame frame, out ulong support)
    {
        if (qualified is not null && frame.Scope.HasQualifiedNames && frame.Scope.Variables.ContainsKey(qualified.Name))
            return qualified.Evaluate(frame, out support);
        var target = operand.Evaluate(frame, out support);
        if (target.IsError)
            return target;
        return target.Kind == ValueKind.Map && target.AsMap.TryGet(name, out var value)
            ? value
            : Value.Error(EvaluationErrors.MissingField(frame, this, target));
    }
}
