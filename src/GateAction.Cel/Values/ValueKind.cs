namespace GateAction.Cel.Values;

/// <summary>The types of CEL for JSON-like data, plus the error that an expression can end in.</summary>
public enum ValueKind : byte
{
    Null,
    Bool,
    Int,
    UInt,
    Double,
    String,
    Bytes,
    List,
    Map,
    Duration,
    Timestamp,
    Type,
    Error,
}
