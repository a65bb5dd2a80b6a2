using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace GateAction.GitHub.Api;

/// <summary>One call of GitHub's REST API.</summary>
/// <param name="Path">Below the API's address, with the query; or a whole address, as <c>Link</c> headers give it.</param>
/// <param name="Permission">What the token must have for it.</param>
/// <param name="Body">JSON in UTF-8; empty for none.</param>
internal sealed record ApiRequest(HttpMethod Method, string Path, Permission Permission, ReadOnlyMemory<byte> Body = default)
{
    public string MediaType { get; init; } = "application/vnd.github+json";

    /// <summary>True where sending it twice does what sending it once does.</summary>
    public bool IsRepeatable { get; init; } = Method != HttpMethod.Post;

    public static ApiRequest Get(string path, Permission permission) => new(HttpMethod.Get, path, permission);

    public static ApiRequest Delete(string path, Permission permission) => new(HttpMethod.Delete, path, permission);

    public static ApiRequest Post<T>(string path, Permission permission, T body, JsonTypeInfo<T> type) =>
        new(HttpMethod.Post, path, permission, JsonSerializer.SerializeToUtf8Bytes(body, type));

    public static ApiRequest Patch<T>(string path, Permission permission, T body, JsonTypeInfo<T> type) =>
        new(HttpMethod.Patch, path, permission, JsonSerializer.SerializeToUtf8Bytes(body, type));

    public override string ToString() => $"{Method} {(Uri.TryCreate(Path, UriKind.Absolute, out var uri) ? uri.PathAndQuery : Path)}";
}
