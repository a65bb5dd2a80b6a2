using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace GateAction.GitHub.Api;

/// <summary>The calls that the groups of endpoints share, for one repository.</summary>
internal sealed class Endpoints(Connection connection, RepositoryName repository)
{
    private readonly string _root = $"repos/{Uri.EscapeDataString(repository.Owner)}/{Uri.EscapeDataString(repository.Name)}";

    public string Path(string rest) => $"{_root}/{rest}";

    public Task<T> SendAsync<T>(ApiRequest request, JsonTypeInfo<T> type, CancellationToken cancellation, Func<CancellationToken, Task<T?>>? find = null)
        where T : class => connection.SendAsync(request, response => Parse(response, type), cancellation, find);

    public Task SendAsync(ApiRequest request, CancellationToken cancellation) => connection.SendAsync(request, response => response, cancellation);

    public Task<T> SendAsync<T>(ApiRequest request, Func<ApiResponse, T> read, CancellationToken cancellation)
        where T : class => connection.SendAsync(request, read, cancellation);

    public Task<Page<T>> PageAsync<T>(ApiRequest request, JsonTypeInfo<List<T>> type, CancellationToken cancellation) =>
        connection.SendAsync(request, response => new Page<T>(Parse(response, type), response.Next), cancellation);

    /// <summary>The items of every page; the next page is asked for when the caller comes to it.</summary>
    public async IAsyncEnumerable<T> ListAsync<T>(
        ApiRequest request, JsonTypeInfo<List<T>> type, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (var next = request; next is not null;)
        {
            var page = await PageAsync(next, type, cancellation);
            foreach (var item in page.Items)
                yield return item;
            next = page.Next is null ? null : request with { Path = page.Next };
        }
    }

    private static T Parse<T>(ApiResponse response, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(response.Body.Span, type) ?? throw new JsonException("null");
}
