using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary>How many requests may be in flight, so that the gate's own load does not spoil what it measures.</summary>
internal sealed record Concurrency(int Total, int PerHost)
{
    public static readonly Concurrency Default = new(256, 64);

    public static readonly Syntax<Concurrency> Syntax = Mapping.Of("concurrency", fields => new Concurrency(
        fields.Optional("total", Syntaxes.Int(1, 10_000), Default.Total, "Requests in flight at most, in all."),
        fields.Optional("per-host", Syntaxes.Int(1, 10_000), Default.PerHost, "Requests in flight at most, to one host.")));
}
