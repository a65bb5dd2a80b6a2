using System.Text.Json;
using System.Text.Json.Nodes;
using GateAction.Syntax;

namespace GateAction.Sources.OpenApi;

/// <summary>Reads an OpenAPI document of version 3.2, 3.1, 3.0 or 2.0 in JSON or YAML. Nothing that it refers to outside itself is
/// loaded.</summary>
internal static class ApiReader
{
    public const int MaxBytes = 8 * 1024 * 1024;
    private const int MaxOperations = 5000;

    // Documents that a tool wrote without references nest deeply; each schema in a schema costs two or three.
    private const int MaxDepth = 256;
    private static readonly string[] Formats = ["2.0", "3.0", "3.1", "3.2"];
    private static readonly YamlRules Rules = new("a document", MaxBytes, 500_000) { TakesAnyTag = true, TakesAnyText = true };
    // Readers disagree on which of two equal keys counts: what is compared might not be what clients were generated from.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    /// <param name="source">Where the text comes from, for messages. Throws <see cref="NoEvidenceException"/> where it is no such
    /// document.</param>
    public static ApiDocument Read(string text, string source)
    {
        var root = Parse(text, source) as JsonObject ?? throw new NoEvidenceException($"{source} is no OpenAPI document: it is no object");
        var format = FormatOf(root)
            ?? throw new NoEvidenceException($"{source} is no OpenAPI document: it has neither 'openapi' nor 'swagger'");
        if (!Formats.Any(known => format.StartsWith(known, StringComparison.Ordinal)))
            throw new NoEvidenceException($"{source} is OpenAPI '{format}'; accepted: {string.Join(", ", Formats)}");
        // Since OpenAPI 3.1 a document of webhooks or components alone needs no `paths`.
        var hasOtherParts = root["webhooks"] is JsonObject || root["components"] is JsonObject;
        if (root["paths"] is not JsonObject
            && (root.ContainsKey("paths") || !hasOtherParts || format.StartsWith('2')
            || format.StartsWith("3.0", StringComparison.Ordinal)))
            throw new NoEvidenceException($"{source} is no OpenAPI document: it has no 'paths'");
        if (ApiReferences.FindCircle(root) is { } circle)
            throw new NoEvidenceException($"{source} cannot be read: the $ref '{circle}' leads back to itself");
        // YAML reads `swagger: 2.0` as a number.
        root[root.ContainsKey("openapi") ? "openapi" : "swagger"] = format;
        var document = new ApiDocumentReading(root, format).Read();
        return document.Operations.Count <= MaxOperations
            ? document
            : throw new NoEvidenceException($"{source} has {document.Operations.Count} operations; at most {MaxOperations} are accepted");
    }

    private static JsonNode? Parse(string text, string source)
    {
        try
        {
            // YAML could read JSON too, but only the reader of JSON says where text that was meant as JSON is wrong.
            return text.AsSpan().TrimStart().StartsWith("{") ? ParseJson(text) : ParseYaml(text);
        }
        catch (JsonException exception)
        {
            var place = exception.LineNumber is { } line
                ? $"line {line + 1}, byte {exception.BytePositionInLine + 1}"
                : "a key stands twice";
            throw new NoEvidenceException($"{source} is no OpenAPI document: it is no JSON ({place})", exception);
        }
        catch (FormatException exception)
        {
            throw new NoEvidenceException($"{source} is no OpenAPI document: {exception.Message}", exception);
        }
    }

    // YAML may begin with a brace too.
    private static JsonNode? ParseJson(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: Strict);
        }
        catch (JsonException)
        {
            var problems = new Problems();
            if (YamlTree.Read(new SourceText("", text), Rules, problems) is { } yaml && problems.Count == 0)
                return JsonOf(yaml);
            // It is neither. Who begins with a brace means JSON, so its fault is told.
            throw;
        }
    }

    private static JsonNode? ParseYaml(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new FormatException("it is empty");
        var problems = new Problems();
        var root = YamlTree.Read(new SourceText("", text), Rules, problems);
        if (problems.Count == 0)
            return JsonOf(root!);
        var first = problems.InOrder()[0];
        throw new FormatException($"it is no YAML that can be read (line {first.Position.Line}: {first.Message})");
    }

    private static JsonNode? JsonOf(Node node) => node switch
    {
        SequenceNode sequence => new JsonArray([.. sequence.Items.Select(JsonOf)]),
        MappingNode mapping => new JsonObject(
            mapping.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, JsonOf(entry.Value)))),
        ScalarNode scalar when CoreSchema.ToJson(scalar) is { } json => JsonNode.Parse(json),
        var scalar => JsonValue.Create(((ScalarNode)scalar).Text),
    };

    private static string? FormatOf(JsonObject root) => (root["openapi"] ?? root["swagger"]) switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        // The number 2.0 may have lost its zero.
        JsonValue value => value.ToJsonString() is "2" ? "2.0" : value.ToJsonString(),
        _ => null,
    };
}
