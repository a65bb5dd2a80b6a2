using GateAction.Cel.Values;

namespace GateAction.Cel.Functions;

/// <summary>A set of types: what a function takes or gives.</summary>
[Flags]
internal enum Kinds
{
    Null = 1 << ValueKind.Null,
    Bool = 1 << ValueKind.Bool,
    Int = 1 << ValueKind.Int,
    UInt = 1 << ValueKind.UInt,
    Double = 1 << ValueKind.Double,
    String = 1 << ValueKind.String,
    Bytes = 1 << ValueKind.Bytes,
    List = 1 << ValueKind.List,
    Map = 1 << ValueKind.Map,
    Duration = 1 << ValueKind.Duration,
    Timestamp = 1 << ValueKind.Timestamp,
    Type = 1 << ValueKind.Type,
    Number = Int | UInt | Double,
    Any = (1 << ValueKind.Error) - 1,
}
