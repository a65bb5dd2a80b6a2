namespace GateAction.Cel.Syntax;

/// <summary>What a number with a unit means; a percentage is read by the parser, since only it knows that a remainder cannot be meant.</summary>
internal enum QuantityUnit
{
    None,
    Duration,
    Size,
    Percent,
}
