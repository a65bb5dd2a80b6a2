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
        // Lifted first, so that there is one comparison for all versions, also of a service that moves from OpenAPI 2 to 3.
        _root = format.StartsWith('2') ? SwaggerLift.Lift(written) : written;
        _resolver = new(_root, format);
        _security = new(_root, _resolver);
        _content = new(_resolver, _unread);
    }

    public ApiDocument Read()
    {
        // OpenAPI: without `servers` there is one at '/'. Without the slash at its end that is the empty text.
        var servers = ApiServer.In(_root) ?? [new("", [])];
        var info = _root["info"] as JsonObject ?? [];
        var operations = ItemsOf("paths").SelectMany(path => OperationsOf(path.Name, path.Item, servers)).ToArray();
        var webhooks = ItemsOf("webhooks").SelectMany(hook => OperationsOf(hook.Name, hook.Item, servers)).ToArray();
        return new(
            _format,
            info.TextAt("title") ?? "",
            // Not as a text only: YAML reads `version: 1.0` as a number.
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
            // Extensions may stand among the paths; whatever they hold, it is no operation.
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
        // OpenAPI 3.2: a method that has no field of its own (LINK, COPY) stands here.
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
            // A callback may name callbacks too, and even itself: they are not read, or the reading would not end.
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
        // oasdiff writes `x-sunset` as a date (2026-01-31). A moment counts with its day in UTC.
        DateOnly.TryParse(text, CultureInfo.InvariantCulture, out var date) ? date
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? DateOnly.FromDateTime(moment.UtcDateTime)
            : null;
}
