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
        var servers = ApiServer.In(_root) ?? [new("", [])];
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
            if (_content.ItemOf(node, $"{section}, '{name}'") is { } item)
                yield return (name, item);
        }
    }

    private IEnumerable<ApiOperation> OperationsOf(string path, JsonObject item, IReadOnlyList<ApiServer> servers)
    {
        var own = ApiServer.In(item) ?? servers;
        return SourcesOf(item, $"'{path}'", method => $"{method} {path}")
            .Select(found => OperationOf(found.Method, path, found.Source, item, own, isCallback: false));
    }

    private IEnumerable<(string Method, JsonObject Source)> SourcesOf(JsonObject item, string where, Func<string, string> nameOf)
    {
        var more = _content.MapAt(item, "additionalOperations", $"{where}, additionalOperations");
        foreach (var (key, node) in item.Where(field => Methods.Contains(field.Key)).Concat(more))
        {
            var method = key.ToUpperInvariant();
            if (_content.ObjectOf(node, nameOf(method)) is { } source)
                yield return (method, source);
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
            DateOf(source.TextAt("x-sunset")),
            [.. _content.ParametersOf(source, name).Concat(_content.ParametersOf(item, name))
            .DistinctBy(parameter => (parameter.Name, parameter.In))],
            _content.BodyOf(source, name),
            [.. _content.ResponsesOf(source, name)],
            isCallback ? [] : [.. CallbacksOf(source, name)],
            _security.Of(source),
            ApiServer.In(source) ?? servers);
    }

    private IEnumerable<ApiCallback> CallbacksOf(JsonObject source, string operation)
    {
        foreach (var (name, node) in _content.MapAt(source, "callbacks", $"{operation}, callbacks"))
        {
            foreach (var (address, inner) in _content.ObjectOf(node, $"{operation}, callback '{name}'") ?? [])
            {
                var where = $"{operation}, callback '{name}'";
                if (address.StartsWith("x-", StringComparison.Ordinal) || _content.ItemOf(inner, where) is not { } item)
                    continue;
                foreach (var (method, called) in SourcesOf(item, where, _ => where))
                    yield return new(name, OperationOf(method, address, called, item, [], isCallback: true));
            }
        }
    }

    private static DateOnly? DateOf(string? text) =>
        DateOnly.TryParse(text, CultureInfo.InvariantCulture, out var date) ? date
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? DateOnly.FromDateTime(moment.UtcDateTime)
            : null;
}
