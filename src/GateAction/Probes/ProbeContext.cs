using GateAction.Core.Conditions;
using GateAction.Http;

namespace GateAction.Probes;

/// <summary>What one probe may use while it measures.</summary>
/// <param name="Name">The probe's name in the manifest.</param>
/// <param name="Target">Where relative URLs start; null where the manifest names no target.</param>
/// <param name="Facts">The unmasked facts of the probes that this one refers to, and <c>github</c>.</param>
/// <param name="Reasons">Why one of those probes has no facts.</param>
/// <param name="Report">Takes one short line for the live table: <c>sample 3 of 20</c>.</param>
internal sealed record ProbeContext(
    string Name,
    Shell Shell,
    Secrets Secrets,
    HttpAccess Http,
    ConcurrencyLimits Limits,
    Uri? Target,
    IReadOnlyDictionary<string, Value> Facts,
    IReadOnlyDictionary<string, string> Reasons,
    Action<string> Report)
{
    public TimeProvider Time => Shell.Time;
}
