using GateAction.Sources;
using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary>What probes fall back to. It is only checked here: each probe reads the fields that it does not set from the same
/// node.</summary>
internal static class DefaultsSyntax
{
    public static readonly Syntax<bool> Syntax = Mapping.Of("defaults", fields =>
    {
        ProbeOptions.ReadTimeout(fields, ProbeOptions.Default.Timeout);
        ProbeOptions.ReadAttempts(fields);
        ProbeOptions.ReadFlaky(fields);
        RequestHeaders.ReadOwn(fields);
        return true;
    });
}
