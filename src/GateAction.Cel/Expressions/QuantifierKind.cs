namespace GateAction.Cel.Expressions;

internal enum QuantifierKind
{
    All,
    Exists,
    ExistsOne,
}
