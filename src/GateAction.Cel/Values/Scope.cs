namespace GateAction.Cel.Values;

/// <summary>What conditions read beside probes and result sets; no source may have such a name.</summary>
public static class GateVariables
{
    /// <summary>The evidence of the base branch's last run, by the names of its sources.</summary>
    public const string Baseline = "baseline";

    /// <summary>The event, the commit and the pull request.</summary>
    public const string GitHub = "github";

    /// <summary>The environment variables that the manifest lists.</summary>
    public const string Environment = "env";

    /// <summary>When the gate decides.</summary>
    public const string Now = "now";

    public static IReadOnlyList<string> All { get; } = [Baseline, GitHub, Environment, Now];
}

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

    /// <summary>True if a variable has a dotted name, so that <c>a.b</c> may be a variable and not a field.</summary>
    // No source has a dotted name; the official cases have, and without them no name is put together to look for one.
    internal bool HasQualifiedNames { get; } = Variables.Keys.Any(name => name.Contains('.'));
}
