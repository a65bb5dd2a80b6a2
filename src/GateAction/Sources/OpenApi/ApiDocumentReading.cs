using System.Globalization;
using System.Text.Json.Nodes;

namespace GateAction.Sources.OpenApi;

/// <summary>Takes a document apart. What is not built as OpenAPI has it is left out and named, so that nobody takes it for
/// compared.</summary>
internal sealed class ApiDocumentReading
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

    private readonly JsonObject _written;
    private readonly JsonObject _root;
    private readonly string _format;
    private readonly ApiResolver _resolver;
    private readonly ApiSecurityReading _security;
    private readonly ApiContentReading _content;
    private readonly List<string> _unread = [];

    public ApiDocumentReading(JsonObject written, string format)
    {
        (_written, _format) = (written, format);
        _root = format.StartsWith('2') ? SwaggerLift.Lift(written) : written;
        _resolver = new(_root, format);
        _security = new(_root, _resolver);
        _content = new(_resolver, _unread);
    }

    public ApiDocument Read()
    {
        var servers = ServersOf(_root) ?? [new("", new Dictionary<string, IReadOnlyList<string>>())];
        var info = _root["info"] as JsonObject ?? [];
        var operations = ItemsOf("paths").SelectMany(path => OperationsOf(path.Name, path.Item, servers)).ToArray();
        var webhooks = ItemsOf("webhooks").SelectMany(hook => OperationsOf(hook.Name, hook.Item, servers)).ToArray();
        return new(
            _format,
            info.TextAt("title") ?? "",
            info["version"]?.ToString() ?? "",
            operations,
            webhooks,
            servers,
            [.. ApiReferences.FindDead(_written).Select(reference => $"the $ref '{reference}' leads out of the document or nowhere"),
            .. _unread.Distinct()],
            _resolver,
            _written);
    }

    private IEnumerable<(string Name, JsonObject Item)> ItemsOf(string section)
    {
        foreach (var (name, node) in _content.MapAt(_root, section, section))
        {
            if (name.StartsWith("x-", StringComparison.Ordinal))
                continue;
            if (_content.ObjectOf(node, $"{section}, '{name}'") is { } item)
                yield return (name, item);
        }
    }

    private IEnumerable<ApiOperation> OperationsOf(string path, JsonObject item, IReadOnlyList<ApiServer> servers)
    {
        var own = ServersOf(item) ?? servers;
        foreach (var (key, node) in item)
        {
            if (key == "additionalOperations")
            {
                foreach (var (method, more) in _content.MapAt(item, key, $"'{path}', {key}"))
                {
                    if (_content.ObjectOf(more, $"{method} {path}") is { } added)
                        yield return OperationOf(method.ToUpperInvariant(), path, added, item, own, isCallback: false);
                }
            }
            else if (Methods.Contains(key) && _content.ObjectOf(node, $"{key.ToUpperInvariant()} {path}") is { } operation)
            {
                yield return OperationOf(key.ToUpperInvariant(), path, operation, item, own, isCallback: false);
            }
        }
    }

    private ApiOperation OperationOf(string method, string path, JsonObject source, JsonObject item, IReadOnlyList<ApiServer> servers,
        bool isCallback)
    {
        var name = $"{method} {path}";
        return new(
            method,
            path,
            source.TextAt("operationId") ?? "",
            [.. source.TextsAt("tags")],
            source.FlagAt("deprecated") ?? false,
            DateOnly.TryParse(source.TextAt("x-sunset"), CultureInfo.InvariantCulture, out var sunset) ? sunset : null,
            [.. _content.ParametersOf(source, name).Concat(_content.ParametersOf(item, name))
            .DistinctBy(parameter => (parameter.Name, parameter.In))],
            _content.BodyOf(source, name),
            [.. _content.ResponsesOf(source, name)],
            isCallback ? [] : [.. CallbacksOf(source, name)],
            _security.Of(source),
            ServersOf(source) ?? servers);
    }

    private IEnumerable<ApiCallback> CallbacksOf(JsonObject source, string operation)
    {
        foreach (var (name, node) in _content.MapAt(source, "callbacks", $"{operation}, callbacks"))
        {
            foreach (var (address, inner) in _content.ObjectOf(node, $"{operation}, callback '{name}'") ?? [])
            {
                if (address.StartsWith("x-", StringComparison.Ordinal)
                    || _content.ObjectOf(inner, $"{operation}, callback '{name}'") is not { } item)
                    continue;
                foreach (var (method, request) in item.Where(field => Methods.Contains(field.Key)))
                {
                    if (_content.ObjectOf(request, $"{operation}, callback '{name}'") is { } called)
                        yield return new(name, OperationOf(method.ToUpperInvariant(), address, called, item, [], isCallback: true));
                }
            }
        }
    }

    /// <summary>Null where there are none: then those further out count.</summary>
    private static ApiServer[]? ServersOf(JsonObject owner) =>
        owner["servers"] is JsonArray { Count: > 0 } list ? [.. list.OfType<JsonObject>().Select(ServerOf)] : null;

    private static ApiServer ServerOf(JsonObject server)
    {
        var url = server.TextAt("url") ?? "";
        var variables = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (name, node) in server["variables"] as JsonObject ?? [])
        {
            if (node is not JsonObject variable)
                continue;
            url = url.Replace($"{{{name}}}", variable["default"]?.ToString() ?? "", StringComparison.Ordinal);
            if (variable["enum"] is JsonArray values)
                variables[name] = [.. values.Select(value => value?.ToString() ?? "")];
        }
        return new(url.TrimEnd('/'), variables);
    }
}
