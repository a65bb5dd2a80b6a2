namespace GateAction.Cel.Values;

/// <summary>
/// What a number stands for: the unit a literal is written with, or the one that a fact is declared in. It tells how the number is shown. A
/// percentage is read by the parser, since only it knows that a remainder cannot be meant.
/// </summary>
public enum Unit
{
    None,
    Duration,
    Size,
    Percent,
    Timestamp,
}
