using GateAction.Core.Conditions;

namespace GateAction.Probes;

/// <summary>What one probe may use while it measures.</summary>
/// <param name="Name">The probe's name in the manifest.</param>
/// <param name="Facts">The unmasked facts of the probes that this one refers to, and <c>github</c>.</param>
/// <param name="Report">Takes one short line for the live table: <c>sample 3 of 20</c>.</param>
internal sealed record ProbeContext(
    string Name,
    Shell Shell,
    Secrets Secrets,
    Uri? Target,
    IReadOnlyDictionary<string, Value> Facts,
    Action<string> Report)
{
    public TimeProvider Time => Shell.Time;
}
