namespace GateAction.Cel.Expressions;

internal enum TransformationKind
{
    /// <summary><c>filter(x, p)</c>: the elements themselves.</summary>
    Filter,

    /// <summary><c>map</c> and <c>transformList</c>: a list of what the body gives.</summary>
    List,

    /// <summary><c>transformMap</c>: a map with the same keys.</summary>
    Map,

    /// <summary><c>transformMapEntry</c>: a map with the entries of the maps that the body gives.</summary>
    MapEntry,
}
