using GateAction.Core.Model;
using GateAction.Manifests.Extending;
using GateAction.Sources;
using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary>A manifest without problems: what is measured, and the gate that judges it.</summary>
/// <param name="Target">Where the paths in probes start; its variables are filled in.</param>
/// <param name="Sources">Probes, result sets and coverage sets in the order of the file.</param>
internal sealed record Manifest(
    Gate Gate,
    Uri? Target,
    DeploymentWait? Deployment,
    Concurrency Concurrency,
    IReadOnlyList<EvidenceSource> Sources)
{
    /// <summary>Names of the environment variables that conditions may read.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];
}

/// <summary>What the score must reach, as ratios from 0 to 1.</summary>
internal sealed record ScoreLimits(double Pass, double Warn)
{
    /// <summary>No demand: the required criteria alone decide.</summary>
    public static readonly ScoreLimits None = new(0, 0);

    public static readonly Syntax<ScoreLimits> Syntax = Mapping.Of("score", fields =>
    {
        var pass = fields.Required("pass", Syntaxes.Ratio, "The score to reach; below it the gate is at best warned.");
        var warn = fields.Optional("warn", Syntaxes.Ratio, "Below this score the gate fails; without it, below `pass`.");
        // Turned round, a gate that warns would have to be better than one that passes.
        fields.Check(warn is null || warn <= pass, "warn", "'warn' is above 'pass'; it is the lower of the two limits");
        return new ScoreLimits(pass, warn ?? pass);
    });
}

/// <summary>How many requests may be in flight, so that the gate's own load does not spoil what it measures.</summary>
internal sealed record Concurrency(int Total, int PerHost)
{
    public static readonly Concurrency Default = new(256, 64);

    public static readonly Syntax<Concurrency> Syntax = Mapping.Of("concurrency", fields => new Concurrency(
        fields.Optional("total", Syntaxes.Int(1, 10_000), Default.Total, "Requests in flight at most, in all."),
        fields.Optional("per-host", Syntaxes.Int(1, 10_000), Default.PerHost, "Requests in flight at most, to one host.")));
}

/// <summary>The GitHub deployment of the judged commit that is waited for; its URL becomes the target.</summary>
internal sealed record DeploymentWait(string Environment, TimeSpan Wait)
{
    public static readonly Syntax<DeploymentWait> Syntax = Mapping.Of("deployment", fields => new DeploymentWait(
        fields.Required("environment", Syntaxes.Text, "Name of the environment on GitHub."),
        fields.Optional("wait", Syntaxes.Duration, TimeSpan.FromMinutes(15), "How long to wait until the deployment has succeeded.")));
}

/// <summary>What reading a manifest came to: the manifest, or everything that is wrong with it in the order of the file.</summary>
/// <param name="Name">The gate's name, also of a manifest that is wrong elsewhere: its status must end with a sentence too.</param>
internal sealed record ManifestReading(string Name, Manifest? Manifest, IReadOnlyList<Problem> Problems)
{
    /// <summary>What no output may show: the values of the variables under <c>secrets</c> that are set, also of a manifest that is wrong
    /// elsewhere.</summary>
    public IReadOnlyList<string> SecretValues { get; init; } = [];

    /// <summary>What the text comes to once <c>extends</c> is followed and <c>for-each</c> written out; null for what could not be read so
    /// far.</summary>
    public MergedManifest? Merged { get; init; }

    public MappingNode? Root => Merged?.Root;

    /// <summary>The files that it extends, the nearest first.</summary>
    public IReadOnlyList<ManifestPart> Extended { get; init; } = [];

    /// <summary>What is allowed and hardly meant; it stops nothing.</summary>
    public IReadOnlyList<Problem> Warnings { get; init; } = [];

    /// <summary>Throws the problems as one <see cref="GateException"/> where there are any.</summary>
    public Manifest Require() =>
        Manifest ?? throw new GateException(
        $"the manifest is not usable:\n{string.Join("\n", Problems.Select(problem => problem.ToString()))}");
}
