using GateAction.Cel;
using GateAction.Core.Model;
using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary>A criterion as read, before its conditions and its group are held against the rest of the manifest.</summary>
internal sealed record CriterionDraft(
    string? Title,
    Located<string>? Group,
    double Weight,
    bool Required,
    Located<Condition> Pass,
    Located<Condition>? Warn,
    string? Help,
    When? When,
    bool BaselineOptional)
{
    private static readonly Syntax<CriterionDraft> Full = Mapping.Of("criterion", fields => new CriterionDraft(
        fields.Optional("title", Syntaxes.Text, "What reports call it; without it, its id."),
        fields.Optional("group", Syntaxes.Id.Located(), "The group it belongs to."),
        fields.Optional("weight", Syntaxes.NumberFrom(0), 1, "Its part of the group's score, against the other criteria of the group."),
        fields.Optional("required", Syntaxes.Bool, true, "`false` is advisory: it costs score and never blocks alone."),
        fields.Required("pass", Syntaxes.Condition, "The condition that must hold."),
        fields.Optional("warn", Syntaxes.Condition,
        "Where `pass` does not hold and this does, the criterion is degraded: half the score, and it does not block."),
        fields.Optional("help", Syntaxes.Text, "What to do when it does not hold: a link or a sentence."),
        fields.Optional("when", WhenSyntax.Syntax, "Where it applies; elsewhere it is skipped, out of the score, and shown as skipped."),
        fields.Optional("baseline", BaselineNeed, false,
        "Whether a run without a baseline leaves it inconclusive (`required`) or skips it (`optional`).")));

    public static readonly Syntax<CriterionDraft> Syntax = Syntaxes.Either(
        Syntaxes.Condition.Select(pass => new CriterionDraft(null, null, 1, true, pass, null, null, null, false)), Full);

    private static Syntax<bool> BaselineNeed => Syntaxes.EnumOf<bool>([("required", false), ("optional", true)]);

    public IEnumerable<Located<Condition>> Conditions => Warn is null ? [Pass] : [Pass, Warn];

    public Criterion ToCriterion(string id, SourcePosition position) =>
        new(id, Title ?? id, Group?.Value ?? "", Weight, Required, Pass.Value, Warn?.Value, Help, When, BaselineOptional, position);
}
