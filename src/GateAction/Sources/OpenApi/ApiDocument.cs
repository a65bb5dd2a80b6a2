using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace GateAction.Sources.OpenApi;

/// <summary>An API as its OpenAPI document describes it.</summary>
/// <param name="Format">The version of OpenAPI (or Swagger) that it is written in.</param>
/// <param name="BasePath">The path of its first server, without a slash at the end.</param>
/// <param name="DeadReferences">Each <c>$ref</c> that leads nowhere, or out of the document.</param>
/// <param name="Root">The document as it was written.</param>
internal sealed record ApiDocument(
    string Format,
    string Title,
    string Version,
    IReadOnlyList<ApiOperation> Operations,
    string BasePath,
    IReadOnlyList<string> DeadReferences,
    JsonObject Root)
{
    public static ApiDocument From(OpenApiDocument document, string format, JsonObject root) => new(
        format,
        document.Info?.Title ?? "",
        document.Info?.Version ?? "",
        [.. document.Paths.SelectMany(path => OperationsOf(path.Key, path.Value))],
        BasePathOf(document.Servers is [var server, ..] ? server : null),
        ApiReferences.FindDead(root),
        root);

    private static IEnumerable<ApiOperation> OperationsOf(string path, IOpenApiPathItem item) =>
        item.Operations?.Select(operation => new ApiOperation(
            operation.Key.Method.ToUpperInvariant(), path, operation.Value, Merge(item.Parameters, operation.Value.Parameters))) ?? [];

    private static IOpenApiParameter[] Merge(IList<IOpenApiParameter>? general, IList<IOpenApiParameter>? own) =>
        [.. (own ?? []).Concat(general ?? []).DistinctBy(parameter => (parameter.Name, parameter.In))];

    private static string BasePathOf(OpenApiServer? server)
    {
        var url = server?.Url ?? "";
        foreach (var (name, variable) in server?.Variables ?? new Dictionary<string, OpenApiServerVariable>())
            url = url.Replace($"{{{name}}}", variable.Default, StringComparison.Ordinal);
        var isAbsolute = Uri.TryCreate(url, UriKind.Absolute, out var absolute) && absolute.Scheme.StartsWith("http", StringComparison.Ordinal);
        return (isAbsolute ? absolute!.AbsolutePath : url.StartsWith('/') ? url : "").TrimEnd('/');
    }
}
