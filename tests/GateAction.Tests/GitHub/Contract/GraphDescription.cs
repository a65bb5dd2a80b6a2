using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GateAction.StandIns.GitHub;

namespace GateAction.Tests.GitHub.Contract;

/// <summary>GitHub's description of GraphQL: tells what of a question and its answer does not fit it.</summary>
internal sealed partial class GraphDescription
{
    private static readonly string[] Plain = ["SCALAR", "ENUM"];

    private readonly Dictionary<string, JsonNode> _types;

    public GraphDescription(string path) => _types = JsonNode.Parse(File.ReadAllText(path))!["__schema"]!["types"]!.AsArray()
        .ToDictionary(type => (string)type!["name"]!, type => type!, StringComparer.Ordinal);

    public IReadOnlyList<string> Check(RecordedRequest request)
    {
        var body = JsonNode.Parse(request.Body)!;
        var question = new Question(this, Tokens().Matches((string)body["query"]!).Select(match => match.Value));
        question.Read(body["variables"] as JsonObject ?? []);
        if (request.Answer is { Length: > 0 } text && JsonNode.Parse(text) is { } answer && answer["data"] is { } data)
            question.Found.AddRange(Answered(data, question.Root, "data"));
        return [.. question.Found.Select(problem => $"{request}: {problem}")];
    }

    /// <summary>What of an answer was not asked for, or is not of the type that was promised.</summary>
    private List<string> Answered(JsonNode answer, Asked asked, string at)
    {
        List<string> found = [];
        foreach (var (name, member) in answer.AsObject())
        {
            if (asked.Fields.GetValueOrDefault(name) is not { } field)
            {
                found.Add($"{at}.{name} was not asked for");
                continue;
            }
            var (items, isNullable) = member is JsonArray list
                ? (list.ToList(), IsListOfNullable(field.Type))
                : ([member], IsNullable(field.Type));
            foreach (var item in items)
            {
                if (item is null)
                    found.AddRange(isNullable ? [] : [$"{at}.{name} is null"]);
                else if (item is JsonObject)
                    found.AddRange(Answered(item, field, $"{at}.{name}"));
                else if (WhyNot(item, field.Type) is { } why)
                    found.Add($"{at}.{name} {why}");
            }
        }
        return found;
    }

    private string? WhyNot(JsonNode value, JsonNode type)
    {
        var named = _types[Named(type)];
        if (named["enumValues"] is JsonArray words && !words.Any(word => (string)word!["name"]! == value.ToString()))
            return $"is '{value}', none of {Named(type)}";
        return Named(type) switch
        {
            "Boolean" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
            "Int" => value.GetValueKind() == JsonValueKind.Number,
            "DateTime" => DateTimeOffset.TryParse(value.ToString(), System.Globalization.CultureInfo.InvariantCulture, out _),
            _ => value.GetValueKind() == JsonValueKind.String,
        }
            ? null
            : $"is {value.ToJsonString()}, no {Named(type)}";
    }

    private static bool IsNullable(JsonNode type) => (string?)type["kind"] != "NON_NULL";

    private static bool IsListOfNullable(JsonNode type) =>
        (string?)type["kind"] == "LIST" ? IsNullable(type["ofType"]!) : IsListOfNullable(type["ofType"]!);

    private static string Named(JsonNode type) => type["ofType"] is { } inner ? Named(inner) : (string)type["name"]!;

    /// <summary>As it is written: <c>[ID!]!</c>.</summary>
    private static string Written(JsonNode type) => (string?)type["kind"] switch
    {
        "NON_NULL" => $"{Written(type["ofType"]!)}!",
        "LIST" => $"[{Written(type["ofType"]!)}]",
        _ => (string)type["name"]!,
    };

    [GeneratedRegex(@"\.\.\.|[\w$]+|[^\s,]", RegexOptions.CultureInvariant)]
    private static partial Regex Tokens();

    /// <summary>A field with what is asked of its value.</summary>
    private sealed record Asked(JsonNode Type)
    {
        public Dictionary<string, Asked> Fields { get; } = new(StringComparer.Ordinal);
    }

    /// <summary>One question: <c>query($ids: [ID!]!) { nodes(ids: $ids) { ... on IssueComment { id } } }</c>.</summary>
    private sealed class Question(GraphDescription description, IEnumerable<string> tokens)
    {
        private readonly Queue<string> _tokens = new(tokens);
        private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

        public List<string> Found { get; } = [];

        public Asked Root { get; } = new(new JsonObject { ["kind"] = "OBJECT", ["name"] = "Query" });

        public void Read(JsonObject variables)
        {
            if (_tokens.Dequeue() != "query")
                Found.Add("it is no query");
            if (Takes("("))
                ReadVariables();
            foreach (var name in _variables.Keys.Where(name => !variables.ContainsKey(name[1..])))
                Found.Add($"the variable '{name}' is not given");
            ReadFields(Root, "Query");
        }

        private bool Takes(string token) => _tokens.Peek() == token && _tokens.Dequeue() is not null;

        private void ReadVariables()
        {
            while (!Takes(")"))
            {
                var name = _tokens.Dequeue();
                _tokens.Dequeue();
                var type = "";
                while (_tokens.Peek() is var token && token != ")" && !token.StartsWith('$'))
                    type += _tokens.Dequeue();
                _variables[name] = type;
            }
        }

        private void ReadFields(Asked asked, string typeName)
        {
            _tokens.Dequeue();
            while (!Takes("}"))
            {
                if (Takes("..."))
                {
                    _tokens.Dequeue();
                    var part = _tokens.Dequeue();
                    if (description._types[typeName]["possibleTypes"] is JsonArray kinds
                        && !kinds.Any(kind => (string)kind!["name"]! == part))
                        Found.Add($"'{part}' is no {typeName}");
                    ReadFields(asked, part);
                }
                else
                {
                    ReadField(asked, typeName, _tokens.Dequeue());
                }
            }
        }

        private void ReadField(Asked asked, string typeName, string name)
        {
            var described = description._types.GetValueOrDefault(typeName)?["fields"] as JsonArray ?? [];
            if (described.FirstOrDefault(field => (string)field!["name"]! == name) is not { } field)
            {
                Found.Add($"{typeName} has no field '{name}'");
                return;
            }
            if ((bool)field["isDeprecated"]!)
                Found.Add($"{typeName}.{name} is deprecated");
            if (Takes("("))
                ReadArguments(field, $"{typeName}.{name}");
            var child = asked.Fields[name] = new(field["type"]!);
            var type = Named(child.Type);
            var isPlain = Plain.Contains((string)description._types[type]["kind"]!);
            if (isPlain == (_tokens.Peek() == "{"))
                Found.Add($"{typeName}.{name} is {(isPlain ? "plain" : "an object")}");
            if (_tokens.Peek() == "{")
                ReadFields(child, type);
        }

        private void ReadArguments(JsonNode field, string at)
        {
            while (!Takes(")"))
            {
                var name = _tokens.Dequeue();
                _tokens.Dequeue();
                var variable = _tokens.Dequeue();
                var described = field["args"]!.AsArray().FirstOrDefault(argument => (string)argument!["name"]! == name);
                if (described is null)
                    Found.Add($"{at} has no argument '{name}'");
                else if (_variables.GetValueOrDefault(variable) is var type && type != Written(described["type"]!))
                    Found.Add($"{at} takes '{name}: {Written(described["type"]!)}', and '{variable}' is '{type}'");
            }
        }
    }
}
