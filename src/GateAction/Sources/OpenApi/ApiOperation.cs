using Microsoft.OpenApi;

namespace GateAction.Sources.OpenApi;

/// <summary>An operation of an API: a method on a path.</summary>
/// <param name="Parameters">Those of the path and its own; where both name one, its own.</param>
internal sealed record ApiOperation(string Method, string Path, OpenApiOperation Source, IReadOnlyList<IOpenApiParameter> Parameters)
{
    /// <summary><c>GET /v1/orders/{id}</c>.</summary>
    public string Name => $"{Method} {Path}";

    /// <summary>The same for paths that differ in the names of their parameters only.</summary>
    public string Key => KeyOf(Name);

    public IEnumerable<string> Tags => Source.Tags?.Select(tag => tag.Name ?? "") ?? [];

    public static string KeyOf(string name)
    {
        var parts = name.Split('{', '}');
        return string.Concat(parts.Select((part, index) => index % 2 == 0 ? part : "{}"));
    }
}
