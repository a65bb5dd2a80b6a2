using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GateAction.Core.Model;
using GateAction.Core.Reports.Markdown;

namespace GateAction.Core.Reports.Machine;

/// <summary>What is not met as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), each at its criterion's line of the manifest,
/// and failing tests at theirs.</summary>
public static class Sarif
{
    private static readonly JsonWriterOptions Options = new()
    { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Code scanning shows no more of one run.</summary>
    private const int MostTests = 5_000;

    private const int NamedInGroup = 5;
    private const int MostRelated = 100;

    /// <param name="evidence">Null if only the verdict is known: then there are no tests.</param>
    public static void Write(Stream stream, Verdict verdict, ReportContext context, Evidence? evidence = null)
    {
        // Groups, so that five thousand failures of one cause leave room for the others.
        FailingTest[][] tests = [.. Grouped(FailingTest.In(verdict, evidence)).Take(MostTests)];
        string[] sets = [.. tests.Select(group => group[0].Set).Distinct(StringComparer.Ordinal)];
        using var writer = new Utf8JsonWriter(stream, Options);
        writer.WriteStartObject();
        writer.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        writer.WriteString("version", "2.1.0");
        writer.WriteStartArray("runs");
        writer.WriteStartObject();
        WriteTool(writer, verdict, context, sets);
        writer.WriteString("columnKind", "utf16CodeUnits");
        writer.WriteStartArray("results");
        foreach (var (index, criterion) in verdict.Criteria.Index())
        {
            if (Annotations.Level(criterion) is { } level)
                WriteResult(writer, criterion, index, Word(level), context);
        }
        foreach (var group in tests)
            WriteResult(writer, group, verdict.Criteria.Count + Array.IndexOf(sets, group[0].Set));
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    // Tests of a set that share a message are one result at the first of them: most often they have one cause.
    private static IEnumerable<FailingTest[]> Grouped(IEnumerable<FailingTest> tests) => tests
        .Index()
        .GroupBy(item => (item.Item.Set, item.Item.Cause, Own: item.Item.Cause.Length == 0 ? item.Index : -1), item => item.Item)
        .Select(group => group.ToArray());

    private static void WriteTool(Utf8JsonWriter writer, Verdict verdict, ReportContext context, string[] sets)
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
            if (MarkdownText.Address(criterion.Help) is { } url)
                writer.WriteString("helpUri", url);
            else if (criterion.Help is { } help)
                WriteText(writer, "help", help);
            writer.WriteEndObject();
        }
        foreach (var set in sets)
        {
            writer.WriteStartObject();
            writer.WriteString("id", RuleOf(set));
            WriteText(writer, "shortDescription", $"Failing tests of '{set}'");
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
        var extended = Positions.Extended(criterion.Position.File, context);
        var file = extended is { Repository: null } ? extended.Path : context.ManifestPath ?? criterion.Position.File;
        // A line of another repository's file is none here.
        var isElsewhere = extended is { Repository: not null };
        if (file.Length > 0)
            WriteLocation(writer, file, isElsewhere ? 1 : criterion.Position.Line, isElsewhere ? 1 : criterion.Position.Column);
        writer.WriteEndArray();
        writer.WriteStartObject("partialFingerprints");
        // An alert is followed from run to run by its fingerprint: nothing that was measured may be in it.
        writer.WriteString("criterion/v1", criterion.Id);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter writer, FailingTest[] group, int rule)
    {
        var test = group[0];
        writer.WriteStartObject();
        writer.WriteString("ruleId", RuleOf(test.Set));
        writer.WriteNumber("ruleIndex", rule);
        writer.WriteString("level",
            Word(test.Level));
        WriteText(writer, "message", group.Length == 1 ? $"{test.Name}: {test.Message}" : Describe(group));
        writer.WriteStartArray("locations");
        WriteLocation(writer, test.File, test.Line, 1);
        writer.WriteEndArray();
        WriteRelated(writer, group);
        writer.WriteStartObject("partialFingerprints");
        // A group is the same one where other tests than before are in it.
        var (key, text) = group.Length == 1 ? ("test/v1", test.Name) : ("message/v1", test.Cause);
        writer.WriteString(key, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{test.Set} {text}"))));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string Describe(FailingTest[] group)
    {
        var others = string.Join(", ", group.Skip(1).Take(NamedInGroup - 1).Select(test => test.Name));
        var more = group.Length > NamedInGroup ? $" and {group.Length - NamedInGroup} more" : "";
        return $"{group.Length} tests: {group[0].Cause} (first {group[0].Name}; {others}{more})";
    }

    private static void WriteRelated(Utf8JsonWriter writer, FailingTest[] group)
    {
        if (group.Length == 1)
            return;
        writer.WriteStartArray("relatedLocations");
        foreach (var test in group.Skip(1).Take(MostRelated))
            WriteLocation(writer, test.File, test.Line, 1, test.Name);
        writer.WriteEndArray();
    }

    /// <summary>Ids of criteria hold no slash.</summary>
    private static string RuleOf(string set) => $"tests/{set}";

    private static void WriteLocation(Utf8JsonWriter writer, string file, int line, int column, string? text = null)
    {
        writer.WriteStartObject();
        if (text is not null)
            WriteText(writer, "message", text);
        writer.WriteStartObject("physicalLocation");
        writer.WriteStartObject("artifactLocation");
        // A URI reference: a space or a percent sign in a path would make it another file, or none.
        writer.WriteString("uri", string.Join('/', file.Replace('\\', '/').TrimStart('/').Split('/').Select(Uri.EscapeDataString)));
        writer.WriteEndObject();
        writer.WriteStartObject("region");
        writer.WriteNumber("startLine", Math.Max(1, line));
        writer.WriteNumber("startColumn", Math.Max(1, column));
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

    private static string Word(AnnotationLevel level) => level switch
    {
        AnnotationLevel.Failure => "error",
        AnnotationLevel.Warning => "warning",
        AnnotationLevel.Notice => "note",
    };
}
