using System.Text.Encodings.Web;
using System.Text.Json;

namespace GateAction.Core.Reports;

/// <summary>What is not met as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), each at its criterion's line of the manifest.</summary>
public static class Sarif
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Stream stream, Verdict verdict, ReportContext context)
    {
        using var writer = new Utf8JsonWriter(stream, Options);
        writer.WriteStartObject();
        writer.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        writer.WriteString("version", "2.1.0");
        writer.WriteStartArray("runs");
        writer.WriteStartObject();
        WriteTool(writer, verdict, context);
        writer.WriteString("columnKind", "utf16CodeUnits");
        writer.WriteStartArray("results");
        foreach (var (index, criterion) in verdict.Criteria.Index())
        {
            if (Level(criterion) is { } level)
                WriteResult(writer, criterion, index, level, context);
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteTool(Utf8JsonWriter writer, Verdict verdict, ReportContext context)
    {
        writer.WriteStartObject("tool");
        writer.WriteStartObject("driver");
        writer.WriteString("name", $"gate/{verdict.Gate}");
        writer.WriteString("version", context.Version);
        writer.WriteStartArray("rules");
        foreach (var criterion in verdict.Criteria)
        {
            writer.WriteStartObject();
            writer.WriteString("id", criterion.Id);
            WriteText(writer, "shortDescription", criterion.Title);
            if (Markdown.Address(criterion.Help) is { } url)
                writer.WriteString("helpUri", url);
            else if (criterion.Help is { } help)
                WriteText(writer, "help", help);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter writer, CriterionVerdict criterion, int rule, string level, ReportContext context)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId", criterion.Id);
        writer.WriteNumber("ruleIndex", rule);
        writer.WriteString("level", level);
        WriteText(writer, "message", $"{StateWords.Of(criterion.State).Word}: {Headline.Describe(criterion)}");
        writer.WriteStartArray("locations");
        WriteLocation(writer, criterion, context);
        writer.WriteEndArray();
        writer.WriteStartObject("partialFingerprints");
        writer.WriteString("criterion/v1", criterion.Id);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter writer, CriterionVerdict criterion, ReportContext context)
    {
        var file = context.ManifestPath ?? criterion.Position.File;
        if (file.Length == 0)
            return;
        writer.WriteStartObject();
        writer.WriteStartObject("physicalLocation");
        writer.WriteStartObject("artifactLocation");
        writer.WriteString("uri", string.Join('/', file.Replace('\\', '/').TrimStart('/').Split('/').Select(Uri.EscapeDataString)));
        writer.WriteEndObject();
        writer.WriteStartObject("region");
        writer.WriteNumber("startLine", Math.Max(1, criterion.Position.Line));
        writer.WriteNumber("startColumn", Math.Max(1, criterion.Position.Column));
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string text)
    {
        writer.WriteStartObject(name);
        writer.WriteString("text", PlainText.Line(text, 1000));
        writer.WriteEndObject();
    }

    private static string? Level(CriterionVerdict criterion) => criterion.State switch
    {
        CriterionState.Failed or CriterionState.Inconclusive => criterion.Required ? "error" : "warning",
        CriterionState.Degraded => "warning",
        CriterionState.Waived => "note",
        _ => null,
    };
}
