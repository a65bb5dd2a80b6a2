using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GateAction.StandIns.GitHub;
using Microsoft.AspNetCore.WebUtilities;

namespace GateAction.Tests.GitHub.Contract;

/// <summary>GitHub's OpenAPI description: tells what of a request and its answer does not fit it.</summary>
internal sealed class OpenApiDescription
{
    private readonly List<(Regex Path, string Template, JsonObject Operations)> _paths;
    private readonly JsonObject _components;
    private readonly JsonSchemaCheck _schemas;

    public OpenApiDescription(string path)
    {
        var document = JsonNode.Parse(File.ReadAllText(path))!;
        _components = (JsonObject)document["components"]!;
        _schemas = new JsonSchemaCheck(_components);
        _paths =
        [
            .. ((JsonObject)document["paths"]!).Where(entry =>
                    entry.Key == "/user" || entry.Key.StartsWith("/repos/{owner}/{repo}", StringComparison.Ordinal))
                .Select(entry => (new Regex($"^{Pattern(entry.Key)}$"), entry.Key, (JsonObject)entry.Value!)),
        ];
    }

    public IReadOnlyList<string> Check(RecordedRequest request)
    {
        var known = _paths.FirstOrDefault(path => path.Path.IsMatch(request.Path)
            && path.Operations.ContainsKey(request.Method.ToLowerInvariant()));
        if (known.Operations is null)
            return [$"{request}: no such operation"];
        var operation = (JsonObject)known.Operations[request.Method.ToLowerInvariant()]!;
        return [.. CheckQuery(request, operation).Concat(CheckBody(request, operation)).Concat(CheckAnswer(request, operation))
            .Select(problem => $"{request}: {problem}")];
    }

    private IEnumerable<string> CheckQuery(RecordedRequest request, JsonObject operation)
    {
        var described = (operation["parameters"] as JsonArray ?? []).Select(parameter => Resolve(parameter!))
            .Where(parameter => (string?)parameter["in"] == "query").ToList();
        foreach (var (name, values) in QueryHelpers.ParseQuery(request.Query))
        {
            if (described.Find(parameter => (string?)parameter["name"] == name) is not { } parameter)
                yield return $"the query '{name}' is not described";
            else if (parameter["schema"]?["enum"] is JsonArray choices && !choices.Any(choice => (string?)choice == values))
                yield return $"the query '{name}' is '{values}', none of {choices.ToJsonString()}";
        }
    }

    private List<string> CheckBody(RecordedRequest request, JsonObject operation)
    {
        var schema = operation["requestBody"]?["content"]?["application/json"]?["schema"];
        if (request.Body.Length == 0)
            return (bool?)operation["requestBody"]?["required"] == true ? ["the body is missing"] : [];
        return schema is null ? ["a body is not described"] : _schemas.Check(JsonNode.Parse(request.Body), schema, "body");
    }

    private List<string> CheckAnswer(RecordedRequest request, JsonObject operation)
    {
        if (operation["responses"]![request.Status.ToString()] is not { } described)
            return [$"the answer {request.Status} is not described"];
        var content = Resolve(described)["content"] as JsonObject;
        return string.IsNullOrEmpty(request.Answer) || content is null
            ? []
            : _schemas.Check(JsonNode.Parse(request.Answer), content["application/json"]!["schema"]!, "answer");
    }

    private JsonObject Resolve(JsonNode node) => node["$ref"] is { } reference
        ? (JsonObject)_components[((string)reference!).Split('/')[^2]]![((string)reference!).Split('/')[^1]]!
        : (JsonObject)node;

    /// <summary>The last part of a path may hold slashes, as in <c>contents/{path}</c>.</summary>
    private static string Pattern(string template) =>
        Regex.Replace(Regex.Escape(template), @"\\\{[a-z_]+}", hole => hole.Value.Contains("path", StringComparison.Ordinal)
        ? ".+"
        : "[^/]+");
}
