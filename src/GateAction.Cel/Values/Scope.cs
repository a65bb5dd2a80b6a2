namespace GateAction.Cel.Values;

/// <summary>What a condition reads.</summary>
/// <param name="Variables">By name. A probe that could not be measured stands here too, with the facts it has (perhaps none).</param>
/// <param name="Reasons">By name, why facts of that variable may be missing, in the probe's own words; used where one is missed.</param>
public sealed record Scope(IReadOnlyDictionary<string, Value> Variables, IReadOnlyDictionary<string, string> Reasons)
{
    private static readonly Dictionary<string, string> NoReasons = [];

    public Scope(IReadOnlyDictionary<string, Value> variables)
        : this(variables, NoReasons)
    {
    }

    /// <summary>True where a variable has a dotted name, so that <c>a.b</c> may be a variable and not a field.</summary>
    internal bool HasQualifiedNames { get; } = Variables.Keys.Any(name => name.Contains('.'));
}
