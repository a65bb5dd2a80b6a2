namespace GateAction.GitHub.Events;

/// <summary>How the commit and the pull request of one kind of event are found.</summary>
internal sealed record EventKind(string Name, Func<EventSource, CancellationToken, Task<GateEvent>> ReadAsync);
