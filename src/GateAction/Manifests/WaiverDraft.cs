using GateAction.Core.Model;
using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary>A waiver as read, before it is held against the criteria and the calendar.</summary>
internal sealed record WaiverDraft(Located<string> Criterion, string Reason, string? By, Located<DateOnly> Expires)
{
    public static readonly Syntax<WaiverDraft> Syntax = Mapping.Of("waiver", fields => new WaiverDraft(
        fields.Required("criterion", Syntaxes.Id.Located(), "The criterion that need not hold for now."),
        fields.Required("reason", Syntaxes.Text, "Why, and where it is tracked; reports show it."),
        fields.Optional("by", Syntaxes.Text, "Who allowed it."),
        fields.Required("expires", Syntaxes.Date.Located(), "The last day it holds (UTC); at most `waiver-days` ahead.")));

    public Waiver ToWaiver() => new(Criterion.Value, Reason, By, Expires.Value, Criterion.Position);
}
