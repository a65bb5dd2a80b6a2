using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Decisions;
using GateAction.Core.Model;
using GateAction.Manifests.Extending;
using GateAction.Sources;
using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary>The whole manifest as read, before its parts are compared with each other.</summary>
internal sealed record ManifestDraft(
    string Name,
    ScoreLimits Score,
    bool InconclusiveWarns,
    Template? Target,
    DeploymentWait? Deployment,
    Concurrency Concurrency,
    IReadOnlyList<SourceDraft> Sources,
    IReadOnlyList<Entry<Group>> Groups,
    IReadOnlyList<Entry<CriterionDraft>> Criteria,
    IReadOnlyList<WaiverDraft> Waivers,
    int WaiverDays,
    IReadOnlyList<string> ConcernedBy,
    OverridePolicy? Override)
{
    /// <summary>What this manifest and those that it extends come to.</summary>
    public MergedManifest? Merged { get; init; }

    public Gate ToGate() => new(
        Name,
        Score.Pass,
        Score.Warn,
        InconclusiveWarns,
        WaiverDays,
        [.. Groups.Select(entry =>
        entry.Value with { Id = entry.Key, Title = entry.Value.Title.Length > 0 ? entry.Value.Title : entry.Key })],
        [.. Criteria.Select(entry => entry.Value.ToCriterion(entry.Key, entry.KeyNode) with { Off = OffOf(entry.Key) })],
        [.. Waivers.Select(waiver => waiver.ToWaiver())],
        Sources.Where(source => source.TolerateFlaky).Select(source => source.Name).ToHashSet())
    {
        ConcernedBy = ConcernedBy,
        Override = Override,
        Extended = [.. (Merged?.Extended ?? []).Select(ExtendedGates.Of)],
    };

    /// <summary>Null for a criterion that is judged.</summary>
    public SwitchedOff? OffOf(string id) => Merged?.Off.GetValueOrDefault(id)?.ToSwitchedOff();
}

/// <summary>A criterion as read, before its conditions and its group are compared with the rest of the manifest.</summary>
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
    public static readonly MappingSyntax<CriterionDraft> Full = Mapping.Of("criterion", fields => ForEachSyntax.Among(fields, Read));

    public static readonly Syntax<CriterionDraft> Syntax = Syntaxes.Either(
        Syntaxes.Condition.Select(pass => new CriterionDraft(null, null, 1, true, pass, null, null, null, false)),
        new CriterionOrChangeSyntax<CriterionDraft>(Full));

    /// <summary>What must hold besides.</summary>
    public IReadOnlyList<Located<Condition>> And { get; init; } = [];

    private static Syntax<bool> BaselineNeed => Syntaxes.EnumOf<bool>([("required", false), ("optional", true)]);

    public IEnumerable<Located<Condition>> Conditions => Warn is null ? [Pass, .. And] : [Pass, Warn, .. And];

    public Criterion ToCriterion(string id, Node key) =>
        new(id, Title ?? id, Group?.Value ?? "", Weight, Required, Pass.Value, Warn?.Value, Help, When, BaselineOptional, key.Position)
        {
            // What another file than that of the criterion says was added by an extending manifest.
            And = [.. And.Where(condition => condition.Node?.Source == key.Source).Select(condition => condition.Value)],
            Added = [.. And.Where(condition => condition.Node?.Source != key.Source).Select(condition => condition.Value)],
        };

    private static CriterionDraft Read(Fields fields) => Judged(fields) with
    {
        And = fields.Optional("and", Syntaxes.OneOrMany(Syntaxes.Condition), [],
            "Conditions that must hold too, whatever `pass` and `warn` come to: what an extending manifest adds."),
    };

    private static CriterionDraft Judged(Fields fields) => new(
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
        "Whether a run without a baseline leaves it inconclusive (`required`) or skips it (`optional`)."));
}

/// <summary>A waiver as read, before it is compared with the criteria and the calendar.</summary>
internal sealed record WaiverDraft(Located<string> Criterion, string Reason, string? By, Located<DateOnly> Expires)
{
    public static readonly Syntax<WaiverDraft> Syntax = Mapping.Of("waiver", fields => new WaiverDraft(
        fields.Required("criterion", Syntaxes.Id.Located(), "The criterion that need not hold for now."),
        fields.Required("reason", Syntaxes.Text, "Why, and where it is tracked; reports show it."),
        fields.Optional("by", Syntaxes.Text, "Who allowed it."),
        fields.Required("expires", Syntaxes.Date.Located(), "The last day it holds (UTC); at most `waiver-days` ahead.")));

    public Waiver ToWaiver() => new(Criterion.Value, Reason, By, Expires.Value, Criterion.Position);
}

/// <summary>A source as read, before its references are compared with the other sources.</summary>
internal sealed record SourceDraft(ScalarNode Key, Source Source, IReadOnlyList<Reference> References)
{
    public string Name => Key.Text;

    public FactType Facts => Source.Kind.Facts;

    public bool TolerateFlaky => Source.TolerateFlaky;

    public IReadOnlyList<string> DependsOn { get; } =
        [.. References.SelectMany(reference => reference.Fact.Roots).Where(EvaluationContext.IsSource)
        .Distinct()];

    /// <summary>The source before it in its session; null for the first, and for one in no session.</summary>
    public string? Follows { get; private init; }

    /// <summary>Each of them with the one before it in its session.</summary>
    public static IReadOnlyList<SourceDraft> InSessions(IEnumerable<SourceDraft> sources)
    {
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        var ordered = new List<SourceDraft>();
        foreach (var source in sources)
        {
            var session = source.Source.SessionName;
            ordered.Add(session is null ? source : source with { Follows = last.GetValueOrDefault(session) });
            if (session is not null)
                last[session] = source.Name;
        }
        return ordered;
    }

    public static SourceDraft Of(Entry<Referring<Source>> entry) => new(entry.KeyNode, entry.Value.Value, entry.Value.References);

    public EvidenceSource ToSource() => new(Name, DependsOn, Source)
    {
        Follows = Follows,
        References = [.. References.Select(reference => reference.Fact)],
    };
}
