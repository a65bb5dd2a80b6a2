using System.Text.Json;
using Json.Schema;

namespace GateAction.Tests.Documents;

/// <summary>A JSON Schema of this repository; what a document does not fit is a list of sentences, <c>$.place: problem</c>.</summary>
internal sealed class SchemaFile(JsonSchema schema)
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List };

    // Each has its own registry: tests read the same file at the same time.
    public static SchemaFile Of(string file) =>
        new(JsonSchema.FromText(File.ReadAllText(Path.Combine(TestFiles.Repository, "schema", file)),
        new BuildOptions { SchemaRegistry = new() }));

    public IReadOnlyList<string> Problems(string document)
    {
        using var parsed = JsonDocument.Parse(document);
        var results = schema.Evaluate(parsed.RootElement, Options);
        return results.IsValid ? [] : [.. (results.Details ?? []).SelectMany(Problems)];
    }

    private static IEnumerable<string> Problems(EvaluationResults results) =>
        (results.Errors ?? []).Select(error => $"${results.InstanceLocation.ToString().Replace('/', '.')}: {error.Value}");
}
