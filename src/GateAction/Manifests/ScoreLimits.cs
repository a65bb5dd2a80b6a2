using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary>What the score must reach, as ratios from 0 to 1.</summary>
internal sealed record ScoreLimits(double Pass, double Warn)
{
    /// <summary>No demand: the required criteria alone decide.</summary>
    public static readonly ScoreLimits None = new(0, 0);

    public static readonly Syntax<ScoreLimits> Syntax = Mapping.Of("score", fields =>
    {
        var pass = fields.Required("pass", Syntaxes.Ratio, "The score to reach; below it the gate is at best warned.");
        var warn = fields.Optional("warn", Syntaxes.Ratio, "Below this score the gate fails; without it, below `pass`.");
        fields.Check(warn is null || warn <= pass, "warn", "'warn' is above 'pass'; it is the lower of the two limits");
        return new ScoreLimits(pass, warn ?? pass);
    });
}
