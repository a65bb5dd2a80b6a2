using GateAction.Core;

namespace GateAction.Probes;

/// <summary>A kind of probe: the key by which the manifest asks for it, and the facts it can yield.</summary>
/// <param name="Facts">An object type; it is what conditions are checked against before anything is measured.</param>
internal sealed record ProbeKind(string Name, string Description, FactType Facts);
