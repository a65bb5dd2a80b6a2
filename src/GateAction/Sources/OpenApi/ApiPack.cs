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
            var bytes = new byte[ApiReader.MaxBytes + 1];
            var length = gzip.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length <= ApiReader.MaxBytes ? Encoding.UTF8.GetString(bytes, 0, length) : null;
        }
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
                ApiKeywords.IsValue(key, field.Key) ? field.Value?.DeepClone() : Reduce(field.Value, ApiKeywords.Below(key, field.Key))))),
        JsonArray list => new JsonArray([.. list.Select(item => Reduce(item, ""))]),
        _ => node?.DeepClone(),
    };
}
