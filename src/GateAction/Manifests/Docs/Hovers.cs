using System.Text.Json.Nodes;
using GateAction.Cel.Values;
using GateAction.Sources;
using GateAction.Syntax;

namespace GateAction.Manifests.Docs;

/// <summary>What an editor shows over a kind of source and over a condition: the facts that can be read, from their one
/// declaration.</summary>
internal static class Hovers
{
    private const string Keyword = "markdownDescription";

    private static readonly string[] Conditions = ["pass", "warn", "and"];

    public static void AddTo(JsonObject definitions)
    {
        var manifest = definitions["manifest"]!["properties"]!;
        foreach (var kind in SourceKinds.All)
        {
            var fields = definitions[SchemaDefinitions.KeyOf(kind.Title)]!["properties"]!;
            var text = OfKind(kind);
            // A set has no field that is called like its kind; every one has files.
            if (kind.Section != SourceSection.Probes)
            {
                Add(fields["files"]!, text);
                continue;
            }
            Add(fields[kind.Name]!, text);
            Add(manifest["probes"]!["additionalProperties"]!["properties"]![kind.Name]!, text);
        }
        var criteria = OfConditions("Before each fact stands the name of its probe or set: `backend.status == 200`.");
        foreach (var name in Conditions)
            Add(definitions["criterion"]!["properties"]![name]!, criteria);
        Add(manifest["criteria"]!, criteria);
        Add(definitions["wait"]!["properties"]!["until"]!, OfConditions("Here facts have no prefix: `status == 200`."));
    }

    /// <summary>Each fact with its type, its unit and its sentence.</summary>
    private static string OfKind(SourceKind kind) =>
        $"Facts that conditions read, as `NAME.{ReferencePage.FactsOf(kind).First().Path}`:\n\n"
        + string.Concat(ReferencePage.FactsOf(kind).Select(fact =>
            $"- `{fact.Path}` ({Type(fact.Type)}){(fact.Type.Description.Length == 0 ? "" : $": {fact.Type.Description}")}\n"));

    /// <summary>The names and types alone: the sentences stand over the kinds.</summary>
    private static string OfConditions(string rule) =>
        "A condition in CEL (`==`, `<`, `&&`, `||`, `in`, `size(…)`, `.all(x, …)`), with quantities such as `500ms`, `512Mi` and `95%`. "
        + $"{rule}\n\n{string.Concat(SourceKinds.All.Select(kind => $"- **{kind.Name}**: {NamesOf(kind)}\n"))}"
        + "- besides: `baseline.NAME.…` (the base branch's last run), `github`, `env.NAME` (listed under `env`), `now`\n";

    private static string NamesOf(SourceKind kind) => string.Join(", ", ReferencePage.FactsOf(kind).Where(IsNamed)
        .Select(fact => $"`{fact.Path}` {ReferencePage.TypeName(fact.Type)}"));

    private static bool IsNamed((string Path, FactType Type) fact) => !fact.Path.Contains("[]", StringComparison.Ordinal);

    private static string Type(FactType type) => ReferencePage.TypeName(type) + type.Kind switch
    {
        FactKind.Duration => ", as 500ms or 2m",
        FactKind.Size => " in bytes, as 512Mi",
        FactKind.Ratio => " from 0 to 1, as 95%",
        FactKind.Timestamp => ", as timestamp(\"2026-01-31T12:00:00Z\")",
        _ => "",
    };

    private static void Add(JsonNode schema, string text) =>
        schema[Keyword] = schema["description"] is { } description ? $"{description}\n\n{text}" : text;
}
