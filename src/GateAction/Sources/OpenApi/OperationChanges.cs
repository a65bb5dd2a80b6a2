using System.Globalization;
using Microsoft.OpenApi;

namespace GateAction.Sources.OpenApi;

/// <summary>The changes of one operation that can break its clients.</summary>
internal sealed class OperationChanges(ApiOperation before, ApiOperation after)
{
    private readonly SchemaChanges _request = new(SchemaUse.Request);
    private readonly SchemaChanges _response = new(SchemaUse.Response);

    public IEnumerable<string> Find() => Parameters().Concat(Body()).Concat(Responses()).Select(change => $"{after.Name}: {change}");

    private IEnumerable<string> Parameters()
    {
        var known = KeysOf(before);
        foreach (var (key, parameter) in KeysOf(after))
        {
            var name = $"parameter '{parameter.Name}' in {WordFor(parameter.In)}";
            if (!known.TryGetValue(key, out var old))
            {
                if (parameter.Required)
                    yield return $"new required {name}";
                continue;
            }
            if (parameter.Required && !old.Required)
                yield return $"{name} became required";
            foreach (var change in _request.Find(name, old.Schema, parameter.Schema))
                yield return change;
        }
    }

    private IEnumerable<string> Body()
    {
        var (old, now) = (before.Source.RequestBody, after.Source.RequestBody);
        if (now is null)
            yield break;
        if (now.Required && old is null or { Required: false })
            yield return old is null ? "a request body is now required" : "the request body became required";
        foreach (var (type, media) in old?.Content ?? new Dictionary<string, IOpenApiMediaType>())
        {
            if (MediaOf(now.Content, type) is not { } same)
                yield return $"the request body is no longer accepted as '{type}'";
            else
                foreach (var change in _request.Find("request body", media.Schema, same.Schema))
                    yield return change;
        }
    }

    private IEnumerable<string> Responses()
    {
        foreach (var (status, old) in (before.Source.Responses ?? []).Where(response => response.Key.StartsWith('2')))
        {
            if (ResponseOf(after.Source.Responses, status) is not { } now)
            {
                yield return $"the success response {status} was removed";
                continue;
            }
            foreach (var (type, media) in old.Content ?? new Dictionary<string, IOpenApiMediaType>())
            {
                if (MediaOf(now.Content, type) is not { } same)
                    yield return $"response {status} no longer comes as '{type}'";
                else
                    foreach (var change in _response.Find($"response {status}", media.Schema, same.Schema))
                        yield return change;
            }
        }
    }

    private static IOpenApiResponse? ResponseOf(OpenApiResponses? responses, string status) =>
        responses is null ? null
        : responses.TryGetValue(status, out var same) ? same
        : responses.TryGetValue("2XX", out var any) ? any
        : responses.TryGetValue("default", out var rest) && !responses.Keys.Any(key => key.StartsWith('2')) ? rest
        : null;

    private static IOpenApiMediaType? MediaOf(IDictionary<string, IOpenApiMediaType>? content, string type) =>
        content is null ? null
        : content.FirstOrDefault(media => media.Key.Equals(type, StringComparison.OrdinalIgnoreCase)).Value
        ?? content.FirstOrDefault(media => media.Key == "*/*").Value;

    // Parameters in the path are told apart by their place: their names are no part of a request.
    private static Dictionary<string, IOpenApiParameter> KeysOf(ApiOperation operation) =>
        operation.Parameters.GroupBy(parameter => KeyOf(operation, parameter)).ToDictionary(group => group.Key, group => group.First());

    private static string KeyOf(ApiOperation operation, IOpenApiParameter parameter) => parameter.In switch
    {
        ParameterLocation.Path => $"path {operation.Path.IndexOf($"{{{parameter.Name}}}", StringComparison.Ordinal) switch
        {
            < 0 => parameter.Name,
            var at => operation.Path[..at].Count(character => character == '{').ToString(CultureInfo.InvariantCulture),
        }}",
        ParameterLocation.Header => $"header {parameter.Name?.ToLowerInvariant()}",
        _ => $"{parameter.In} {parameter.Name}",
    };

    private static string WordFor(ParameterLocation? location) => location?.ToString().ToLowerInvariant() ?? "the request";
}
