using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GateAction.Manifests.Docs;
using GateAction.Manifests.Extending;
using GateAction.Sources;
using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary>The grammar of a manifest: every section of it, once.</summary>
internal static class ManifestSyntax
{
    public const string DefaultName = "staging";

    /// <summary>How many days ahead a waiver may expire if the manifest does not say.</summary>
    public const int WaiverDays = 90;

    public static readonly MappingSyntax<ManifestDraft> Syntax = Mapping.Of("manifest", Read);

    private static readonly Syntax<int> Version = new ScalarSyntax<int>(
        "1, the version of this format", 1, () => new() { ["const"] = 1 }, scalar => scalar.Text == "1" ? new(1) : null);

    // It stands in the name of a status, and in the marker by which the comment is found.
    private static readonly Syntax<string> Name = new ScalarSyntax<string>(
        "a name of letters, digits, '.', '-' and '_', at most 100 long",
        "",
        () => new() { ["type"] = "string", ["pattern"] = "^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$" },
        scalar => IsName(scalar.Text) ? new(scalar.Text) : null,
        text => text);

    private static readonly (string Name, Syntax<IReadOnlyList<Entry<Referring<Source>>>> Syntax, string Description)[] Sections =
        [.. SourceKinds.Sections.Select(section => (section.Name, SourceSyntax.Of(section), section.Description))];

    private static ManifestDraft Read(Fields fields)
    {
        fields.Required("version", Version, "The version of this format.");
        var name = fields.Optional("name", Name, DefaultName,
            "Name of the gate: the commit status is called `gate/NAME`, and `gate/NAME: BASE` for what goes elsewhere than into the "
            + "default branch.");
        fields.Optional("extends", ExtendsAddress.Syntax,
            "Another manifest that this one adds to and makes stricter; see [extends](extends.md).");
        var score = fields.Optional(
            "score", ScoreLimits.Syntax, ScoreLimits.None,
            "What the score must reach on top of the required criteria; without it the score is only shown.");
        var inconclusive = fields.Optional(
            "on-inconclusive", Syntaxes.EnumOf<bool>([("block", false), ("warn", true)]), false,
            "What a required criterion that could not be measured does: block the merge, or only warn. It never passes.");
        fields.Optional("env", VariablesSyntax.Plain, "The environment variables that `${NAME}` may read, and conditions as `env.NAME`.");
        fields.Optional("secrets", VariablesSyntax.Secret, "Further ones, whose values are masked in everything the gate writes.");
        var target = fields.Optional("target", Syntaxes.FixedUrl("http", "https"), "Where the paths in probes start.");
        var deployment = fields.Optional("deployment", DeploymentWait.Syntax,
            "Wait for this commit's deployment on GitHub first; its URL becomes the target.");
        var concurrency = fields.Optional("concurrency", Concurrency.Syntax, Concurrency.Default, "How many requests may be in flight.");
        fields.Optional("defaults", DefaultsSyntax.Syntax, false, "What probes use where they do not say otherwise.");
        var sources = SourceDraft.InSessions(
            [.. Sections.SelectMany(section => fields.Optional(section.Name, section.Syntax, [], section.Description))
                .Select(SourceDraft.Of)]);
        var groups = fields.Optional(
            "groups", Syntaxes.MapOf(Syntaxes.Id, GroupSyntax.Syntax), [],
            "Parts of the score, by id. Criteria without a group form one of their own, of weight 1.");
        var criteria = fields.Required("criteria", Syntaxes.MapOf(Syntaxes.Id, CriterionDraft.Syntax),
            "What must hold, by id: a condition, or the full form; of the extended manifest's, what is changed.");
        var waivers = fields.Optional("waivers", Syntaxes.ListOrEmptyOf(WaiverDraft.Syntax), [], "Criteria that need not hold for now.");
        var waiverDays = fields.Optional("waiver-days", Syntaxes.Int(1, 3650), WaiverDays, "How many days ahead a waiver may expire.");
        var concernedBy = fields.Optional("when", WhenSyntax.OfGate, [],
            "What the gate as a whole is about: a change that touches none of it is *not concerned*, and nothing is measured.");
        var @override = fields.Optional(
            "override", OverrideSyntax.Syntax,
            "Who may waive a criterion by a comment on a pull request (`/gate waive`); without it nobody. See [overrides](overrides.md).");
        fields.Unread("x-",
            "Not read: a place for values with an anchor (`x-slow: &slow 30s`), which an alias repeats elsewhere (`timeout: *slow`).");
        return new(
            name, score, inconclusive, target, deployment, concurrency, sources, groups, criteria, waivers, waiverDays, concernedBy,
            @override);
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 100 && char.IsAsciiLetterOrDigit(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}

/// <summary>The JSON Schema of a manifest (draft 2020-12), for editors; the committed copy is schema/gate.schema.json.</summary>
internal static class ManifestSchema
{
    private static readonly JsonSerializerOptions Options = new()
    { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write()
    {
        var definitions = new SchemaDefinitions();
        var root = definitions.Reference(ManifestSyntax.Syntax);
        var parts = definitions.ToJson();
        Hovers.AddTo(parts);
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "GateAction manifest",
            ["description"] = "Success criteria of a staging environment, what is measured for them, and what it takes to pass.",
            ["$ref"] = root["$ref"]!.DeepClone(),
            ["$defs"] = parts,
        };
        return schema.ToJsonString(Options) + "\n";
    }
}

/// <summary>How the sources of a section are written.</summary>
internal static class SourceSyntax
{
    /// <summary>The section's sources by name.</summary>
    public static Syntax<IReadOnlyList<Entry<Referring<Source>>>> Of(SourceSection section) =>
        Syntaxes.MapOf(Syntaxes.Identifier, new ReferringSyntax<Source>(OneOf(section, SourceKinds.In(section))));

    /// <summary>Of several kinds the field that is named like the kind tells which it is; a section of one kind needs none.</summary>
    private static Syntax<Source> OneOf(SourceSection section, IReadOnlyList<SourceKind> kinds) => kinds is [var only]
        ? Mapping.Of(only.Title, fields => ForEachSyntax.Among(fields, only.Read))
        : new ChoiceSyntax<Source>(section.One,
        [
            .. kinds.Select(kind => new Choice<Source>(
                kind.Name, kind.Title, kind.Description, fields => ForEachSyntax.Among(fields, kind.Read))),
        ]);
}
