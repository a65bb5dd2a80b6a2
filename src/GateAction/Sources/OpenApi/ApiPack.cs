using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace GateAction.Sources.OpenApi;

/// <summary>An OpenAPI document as a later run needs it to compare with: without what is written for people, as gzip (RFC 1952) in
/// Base64.</summary>
internal static class ApiPack
{
    /// <summary>Characters that the packed text has at most.</summary>
    public const int MaxLength = 1024 * 1024;

    /// <summary>Null where it would be larger than <see cref="MaxLength"/>.</summary>
    public static string? Pack(JsonObject document)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(Reduce(document, "")!.ToJsonString()));
        var text = Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
        return text.Length <= MaxLength ? text : null;
    }

    /// <summary>Null where the text is damaged or unpacks to more than a document may have.</summary>
    public static string? Unpack(string text)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(text)), CompressionMode.Decompress);
            // A few hundred KiB of gzip can hold hundreds of MiB. One byte more than is accepted tells, and no more is unpacked.
            var bytes = new byte[ApiReader.MaxBytes + 1];
            var length = gzip.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length <= ApiReader.MaxBytes ? Encoding.UTF8.GetString(bytes, 0, length) : null;
        }
        // An artifact may be damaged: then the names of the operations are compared, which stand beside it.
        catch (Exception exception) when (exception is FormatException or InvalidDataException)
        {
            return null;
        }
    }

    private static JsonNode? Reduce(JsonNode? node, string key) => node switch
    {
        JsonObject map => new JsonObject(map
            .Where(field => !ApiKeywords.IsForPeople(key, field.Key))
            .Select(field => KeyValuePair.Create(
                field.Key,
                // Inside of a value no key is a keyword: a `description` in a `default` is data. Cloned: a JsonNode has one parent.
                ApiKeywords.IsValue(key, field.Key) ? field.Value?.DeepClone() : Reduce(field.Value, ApiKeywords.Below(key, field.Key))))),
        JsonArray list => new JsonArray([.. list.Select(item => Reduce(item, ""))]),
        _ => node?.DeepClone(),
    };
}

/// <summary>Which keys of a document hold no structure: what is written for people, values as such, and maps whose keys the author
/// chose.</summary>
internal static class ApiKeywords
{
    private static readonly HashSet<string> ForPeople = ["description", "summary", "title", "example", "examples", "externalDocs"];
    private static readonly HashSet<string> Values = ["enum", "const", "default"];

    // The extensions that a comparison reads.
    private static readonly HashSet<string> Extensions = ["x-nullable", "x-sunset", "x-extensible-enum"];

    /// <summary>Their keys are names that the document's author chose, such as <c>description</c> for a property.</summary>
    private static readonly HashSet<string> Named =
    [
        "properties", "patternProperties", "dependentSchemas", "dependentRequired", "$defs", "definitions", "schemas", "parameters",
        "responses",
        "requestBodies", "headers", "pathItems", "securitySchemes", "securityDefinitions", "scopes", "mapping", "variables", "links",
        "callbacks",
        "paths", "webhooks", "content", "encoding",
    ];

    /// <param name="parent">The key under which the map stands that holds <paramref name="key"/>.</param>
    public static bool IsForPeople(string parent, string key) =>
        !Named.Contains(parent)
        && (ForPeople.Contains(key) || (key.StartsWith("x-", StringComparison.Ordinal) && !Extensions.Contains(key)));

    /// <inheritdoc cref="IsForPeople"/>
    public static bool IsValue(string parent, string key) => !Named.Contains(parent) && Values.Contains(key);

    /// <summary>What stands for <paramref name="key"/> as the parent of what is below it: a name that the author chose means
    /// nothing.</summary>
    public static string Below(string parent, string key) => Named.Contains(parent) ? "" : key;
}
