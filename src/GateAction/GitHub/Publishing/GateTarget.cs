using GateAction.GitHub.Events;

namespace GateAction.GitHub.Publishing;

/// <summary>Where a gate's word goes.</summary>
/// <param name="Gate">The manifest's name of the gate, by which <see cref="StatusName"/> calls its status.</param>
internal sealed record GateTarget(ActionsJob Job, GateEvent Event, string Gate, ReportKind Report, CommentMode Comment)
{
    /// <summary>The input <c>status-name</c>; null for the gate's own names.</summary>
    public string? NamePattern { get; init; }

    /// <summary>
    /// For a job that decides again on what an earlier run measured: the number of the newest word it saw. It says no <c>pending</c>,
    /// because it measures nothing, and whoever speaks after that word knows more.
    /// </summary>
    public long? Place { get; init; }

    public string Context => StatusName.Of(NamePattern, Gate, Event.SpeaksFor, Event.DefaultBranch);

    public NotifyMode Notify { get; init; }

    /// <summary>With <c>report: both</c> a check run must not share the status's name: a required name would then be met by
    /// either.</summary>
    public string CheckName => Report == ReportKind.Both
        ? StatusName.Of(NamePattern, Gate, Event.SpeaksFor, Event.DefaultBranch, " (check)")
        : Context;
}
