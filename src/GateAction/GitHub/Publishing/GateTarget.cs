using GateAction.GitHub.Events;

namespace GateAction.GitHub.Publishing;

/// <summary>Where a gate's word goes.</summary>
/// <param name="Gate">The manifest's name of the gate; its status is called <c>gate/NAME</c>.</param>
internal sealed record GateTarget(ActionsJob Job, GateEvent Event, string Gate, ReportKind Report, CommentMode Comment)
{
    public NotifyMode Notify { get; init; }

    public string Context => $"gate/{Gate}";

    /// <summary>With <c>report: both</c> a check run must not share the status's name: a required name would then be met by
    /// either.</summary>
    public string CheckName => Report == ReportKind.Both ? $"{Context} (check)" : Context;
}
