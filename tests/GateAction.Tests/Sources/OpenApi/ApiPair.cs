using GateAction.Sources.OpenApi;

namespace GateAction.Tests.Sources.OpenApi;

/// <summary>Two small documents that differ in one place, compared.</summary>
internal static class ApiPair
{
    /// <param name="paths">YAML in flow style, what stands after <c>paths:</c>.</param>
    public static ApiDocument Read(string paths, string format = "3.1.0", string rest = "") =>
        ApiReader.Read($"openapi: {format}\ninfo: {{ title: Shop, version: '1' }}\npaths: {paths}\n{rest}", "the document");

    public static ApiComparison Compare(ApiDocument before, ApiDocument after) =>
        new ApiComparer(new([], [], []), new Dictionary<string, ApiLevel>(), comparesHosts: true, new(2027, 1, 1)).Compare(before, after);

    /// <summary>An operation that takes a value of the schema.</summary>
    public static string Request(string schema) =>
        $"{{ /orders: {{ post: {{ requestBody: {{ content: {{ application/json: {{ schema: {schema} }} }} }}, responses: {{ '200': {{ "
        + $"description: ok }} }} }} }} }}";

    /// <summary>An operation that answers with a value of the schema.</summary>
    public static string Response(string schema) =>
        $"{{ /orders: {{ get: {{ responses: {{ '200': {{ description: ok, content: {{ application/json: {{ schema: {schema} }} }} }} }} "
        + $"}} }} }}";

    /// <summary>An operation whose rest is written out.</summary>
    public static string Operation(string rest) =>
        $"{{ /orders: {{ get: {{ "
        + $"{(rest.StartsWith("responses:", StringComparison.Ordinal) ? "" : "responses: { '200': { description: ok } }, ")}{rest} }} }} "
        + $"}}";

    /// <summary>The ids of the rules of the breaking changes.</summary>
    public static string[] BreakingRules(this ApiComparison comparison) =>
        [.. comparison.Changes.Of(ApiLevel.Breaking).Select(change => change.Rule.Id).Distinct()];

    public static string[] WarningRules(this ApiComparison comparison) =>
        [.. comparison.Changes.Of(ApiLevel.Warning).Select(change => change.Rule.Id).Distinct()];
}
