using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Expressions;

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
        if (target.Kind == ValueKind.Map && target.AsMap.TryGet(selection.Field, out _))
            return Value.True;
        return target.Kind == ValueKind.Map && !target.AsMap.HasWithheldKeys
            ? Value.False
            : Value.Error(EvaluationErrors.MissingField(frame, selection, target));
    }
}
