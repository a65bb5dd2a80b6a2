using System.Runtime.CompilerServices;
using System.Text.Json;
using Octokit.Internal;
using Polly;

namespace GateAction.GitHub.Api;

/// <summary>
/// Sends the gate's calls by Octokit: with the run's cancellation, with a sentence for every failure, and looking whether a write of
/// unknown fate happened before it is sent again. One for each run; the connections behind it are shared.
/// </summary>
internal sealed class Calls(Uri apiUrl, string? token, TimeProvider time, ConnectionLimits limits) : IDisposable
{
    private const int PageSize = 100;

    private static readonly Octokit.ProductHeaderValue Product = new("GateAction", "1");

    private readonly HttpMessageHandler _transport = Transport.Create(limits, time);
    private readonly InMemoryCredentialStore _credentials = new(
        token is null ? Octokit.Credentials.Anonymous : new Octokit.Credentials(token, Octokit.AuthenticationType.Bearer));
    private readonly Uri _address = new(apiUrl.ToString().TrimEnd('/') + "/");

    // Two layers repeat. Transport sends at once again what cannot have happened. What may have happened comes up to here, because only the
    // caller knows what to look for; to send it again blindly would post a second comment.
    private readonly ResiliencePipeline<object> _looks = Transport.Repeats<object>(limits, time, (failure, _) => failure.MayHaveHappened);

    /// <summary>A call that reads, or that does no harm when it is done twice.</summary>
    /// <param name="read">Makes a record of the answer; a <see cref="JsonException"/> says that it does not hold what GitHub
    /// documents.</param>
    public async Task<T> SendAsync<TAnswer, T>(
        Permission permission,
        Func<Octokit.IGitHubClient, Task<TAnswer>> send,
        Func<TAnswer, T> read,
        CancellationToken cancellation,
        AnswerShape shape = AnswerShape.Object) =>
        (await SendPageAsync(permission, shape, send, read, cancellation)).Answer;

    /// <summary>A call that answers nothing.</summary>
    public Task SendAsync(Permission permission, Func<Octokit.IGitHubClient, Task> send, CancellationToken cancellation) =>
        SendPageAsync(permission, AnswerShape.Nothing, async client => { await send(client); return true; }, done => done, cancellation);

    /// <summary>A call that writes.</summary>
    /// <param name="find">Looks whether an attempt was done after all although its answer did not say so.</param>
    public async Task<T> WriteAsync<TAnswer, T>(
        Permission permission,
        Func<Octokit.IGitHubClient, Task<TAnswer>> send,
        Func<TAnswer, T> read,
        Func<CancellationToken, Task<T?>> find,
        CancellationToken cancellation)
        where T : class
    {
        var isUncertain = false;
        return await _looks.ExecuteAsync(
            async token =>
            {
                if (isUncertain && await find(token) is { } found)
                    return found;
                try
                {
                    return await SendAsync(permission, send, read, token);
                }
                catch (GitHubException exception) when (exception.MayHaveHappened)
                {
                    isUncertain = true;
                    throw;
                }
            },
            cancellation);
    }

    /// <summary>The items of every page; the next page is asked for when the caller comes to it.</summary>
    public async IAsyncEnumerable<T> ListAsync<TAnswer, T>(
        Permission permission,
        Func<Octokit.IGitHubClient, Octokit.ApiOptions, Task<TAnswer>> send,
        Func<TAnswer, IEnumerable<T>> read,
        [EnumeratorCancellation] CancellationToken cancellation,
        AnswerShape shape = AnswerShape.List)
    {
        var (page, isMore) = (1, true);
        for (; isMore; page++)
        {
            var options = new Octokit.ApiOptions { StartPage = page, PageCount = 1, PageSize = PageSize };
            (var items, isMore) = await SendPageAsync<TAnswer, IReadOnlyList<T>>(
                permission, shape, client => send(client, options), answer => [.. read(answer)], cancellation);
            foreach (var item in items)
                yield return item;
            // A server in between may name a next page for ever: an empty one is the end.
            isMore &= items.Count > 0;
        }
    }

    public void Dispose() => _transport.Dispose();

    private async Task<(T Answer, bool IsMore)> SendPageAsync<TAnswer, T>(
        Permission permission,
        AnswerShape shape,
        Func<Octokit.IGitHubClient, Task<TAnswer>> send,
        Func<TAnswer, T> read,
        CancellationToken cancellation)
    {
        // Not disposed: that would dispose the shared handlers below it.
        var call = new CallHandler(_transport, _address, permission, shape, cancellation);
        var http = new HttpClientAdapter(() => call);
        // Octokit's own limit of 100 s would also count the pauses that GitHub asks for.
        http.SetRequestTimeout(Timeout.InfiniteTimeSpan);
        var client = new Octokit.GitHubClient(new Octokit.Connection(Product, _address, _credentials, http, AnswerSerializer.Instance));
        try
        {
            return (read(await send(client)), call.HasNextPage);
        }
        catch (JsonException exception)
        {
            throw call.Refusal.Unreadable(exception.Message, exception);
        }
    }
}

/// <summary>Calls that Octokit has no method for, or none that fits, by its connection.</summary>
internal static class OwnCalls
{
    extension(Octokit.IGitHubClient client)
    {
        public async Task<T?> GetAsync<T>(Uri address, string? accept = null)
            where T : class => (await client.Connection.Get<T>(address, null, accept)).Body;

        public async Task<T?> PostAsync<T>(Uri address, object body)
            where T : class => (await client.Connection.Post<T>(address, body, null, null)).Body;
    }
}
