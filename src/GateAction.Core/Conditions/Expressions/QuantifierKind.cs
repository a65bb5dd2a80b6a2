namespace GateAction.Core.Conditions.Expressions;

internal enum QuantifierKind
{
    All,
    Exists,
    ExistsOne,
}
