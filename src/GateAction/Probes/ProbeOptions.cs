using GateAction.Core.Conditions;

namespace GateAction.Probes;

/// <summary>What every kind of probe has in the manifest besides its own fields.</summary>
/// <param name="Timeout">Time that one attempt may take.</param>
/// <param name="Attempts">How often a fault of the network is tried, the first included.</param>
/// <param name="Mask">Paths of facts whose values are secret: <c>json.access_token</c>.</param>
/// <param name="TolerateFlaky">True for <c>flaky: pass</c>: an answer that came only after a retry does not degrade.</param>
internal sealed record ProbeOptions(TimeSpan Timeout, int Attempts, Wait? Wait, IReadOnlyList<string> Mask, bool TolerateFlaky);

/// <summary>What is polled for before a probe counts: the condition reads the probe's own facts.</summary>
/// <param name="Consecutive">How many looks in a row must satisfy it.</param>
/// <param name="Within">When it does not hold by then, the probe has no evidence.</param>
internal sealed record Wait(Condition Until, int Consecutive, TimeSpan Every, TimeSpan Within);
