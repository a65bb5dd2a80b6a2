using System.Text.Json.Nodes;
using GateAction.Core.Model;
using GateAction.Syntax;

namespace GateAction.Sources.OpenApi;

/// <summary>An API as its OpenAPI document describes it.</summary>
/// <param name="Format">The version of OpenAPI (or Swagger) that it is written in.</param>
/// <param name="Servers">Those of the document; what it leaves out is the host that it came from.</param>
/// <param name="Unread">Each part that is not built as OpenAPI has it, and each <c>$ref</c> that leads nowhere or out of the
/// document.</param>
/// <param name="Schemas">Follows the references of its schemas.</param>
/// <param name="Root">The document as it was written.</param>
internal sealed record ApiDocument(
    string Format,
    string Title,
    string Version,
    IReadOnlyList<ApiOperation> Operations,
    IReadOnlyList<ApiOperation> Webhooks,
    IReadOnlyList<ApiServer> Servers,
    IReadOnlyList<string> Unread,
    ApiResolver Schemas,
    JsonObject Root)
{
    /// <summary>The path of its first server, without a slash at the end.</summary>
    public string BasePath => Servers is [var first, ..] ? first.Path : "";
}

/// <summary>Follows the references of one document, and knows what stands beside one.</summary>
internal sealed class ApiResolver(JsonObject root, string format)
{
    // The reader refuses circles of references (ApiReferences.FindCircle). With a bound nothing here rests on that.
    private const int MaxHops = 64;
    private readonly Dictionary<JsonNode, int> _numbers = new(ReferenceEqualityComparer.Instance);
    // Each use of a schema follows its reference again, and an anchor is looked for in the whole document.
    private readonly Dictionary<string, JsonNode?> _known = new(StringComparer.Ordinal);
    private Dictionary<JsonNode, JsonArray>? _children;

    /// <summary>True where the keywords beside a <c>$ref</c> count too: since OpenAPI 3.1.</summary>
    public bool CountsSiblings { get; } = !format.StartsWith('2') && !format.StartsWith("3.0", StringComparison.Ordinal);

    /// <summary>What a reference stands for, of anything that is not one itself.</summary>
    public JsonNode? Follow(JsonNode? node)
    {
        // A reference may lead to a reference: a component that only gives another one a second name.
        for (var hops = 0; hops < MaxHops && node is JsonObject map && ApiReferences.Of(map) is { } reference; hops++)
            node = Resolve(reference);
        return node;
    }

    public JsonNode? Resolve(string reference)
    {
        if (!_known.TryGetValue(reference, out var target))
            _known.Add(reference, target = ApiReferences.Resolve(root, reference));
        return target;
    }

    /// <summary>Any value of a schema with a discriminator: one of those that name it in their <c>allOf</c>, or of none of them.</summary>
    public JsonArray ChildrenOf(JsonObject parent)
    {
        // Only where a discriminator asks, and once: it goes through all schemas of the document.
        if (_children is null)
        {
            _children = new(ReferenceEqualityComparer.Instance);
            foreach (var section in (string[])["#/components/schemas", "#/definitions"])
                AddChildren(section);
        }
        return _children.TryGetValue(parent, out var children) ? children : [];
    }

    private void AddChildren(string section)
    {
        foreach (var (name, node) in Resolve(section) as JsonObject ?? [])
        {
            foreach (var part in (node as JsonObject)?["allOf"] as JsonArray ?? [])
            {
                if (part is not JsonObject map || ApiReferences.Of(map) is null || Follow(part) is not JsonObject parent)
                    continue;
                if (!_children!.TryGetValue(parent, out var children))
                    // The empty schema is the parent itself: a value may be of none of its subtypes.
                    _children.Add(parent, children = new JsonArray(new JsonObject()));
                // RFC 6901: '~' is escaped first, or the '~' of '~1' would be escaped again.
                children.Add((JsonNode)new JsonObject { ["$ref"] = $"{section}/{name.Replace("~", "~0").Replace("/", "~1")}" });
            }
        }
    }

    /// <summary>A number that no other node of the document has.</summary>
    public int NumberOf(JsonNode node)
    {
        if (!_numbers.TryGetValue(node, out var number))
            _numbers.Add(node, number = _numbers.Count);
        return number;
    }
}

/// <summary>Which operations are looked at; an empty list leaves all.</summary>
internal sealed record ApiFilter(IReadOnlyList<string> Paths, IReadOnlyList<string> Tags, IReadOnlyList<string> Methods)
{
    private const int ShownOperations = 10;

    private static readonly string[] AllMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"];

    public static ApiFilter Read(Fields fields) => new(
        fields.Optional("path", Syntaxes.OneOrMany(Syntaxes.Glob), [],
        "patterns for the paths to look at, such as /v2/**; '!' before one excludes"),
        fields.Optional("tag", Syntaxes.OneOrMany(Syntaxes.Text), [], "looks only at operations with one of these tags"),
        fields.Optional("method", Syntaxes.OneOrMany(Syntaxes.EnumOf<string>([.. AllMethods.Select(method => (method, method))])), [],
        "looks only at operations of these methods"));

    /// <summary>True where every operation is looked at.</summary>
    public bool IsEmpty => Paths.Count + Tags.Count + Methods.Count == 0;

    /// <summary>What matches nothing, and what there was to match; where there is no filter, that there was nothing at all.</summary>
    public string WhyNone(ApiDocument document)
    {
        if (document.Operations.Count == 0)
            return "the document has no operation";
        string[] fields = [.. Paths.Count > 0 ? ["'path'"] : Array.Empty<string>(), .. Tags.Count > 0
            ? ["'tag'"]
            : Array.Empty<string>(), .. Methods.Count > 0 ? ["'method'"] : Array.Empty<string>()];
        string[] names = [.. document.Operations.Select(operation => operation.Tags.Count == 0 || Tags.Count == 0
            ? operation.Name
            : $"{operation.Name} [{string.Join(", ", operation.Tags)}]")];
        var rest = names.Length > ShownOperations ? $" and {names.Length - ShownOperations} more" : "";
        return $"{string.Join(" and ", fields)} {(fields.Length == 1 ? "fits" : "fit")} none of the operations: "
            + $"{string.Join(", ", names.Take(ShownOperations))}{rest}";
    }

    public IReadOnlyList<ApiOperation> Of(ApiDocument document) => [.. document.Operations.Where(Holds)];

    public bool Holds(ApiOperation operation) =>
        (Paths.Count == 0 || Glob.AnyMatch(Paths, operation.Path))
        && (Tags.Count == 0 || operation.Tags.Any(tag => Tags.Contains(tag)))
        && (Methods.Count == 0 || Methods.Contains(operation.Method));
}
