using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using GateAction.Cel.Values;
using GateAction.Http;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace GateAction.GitHub.Api;

/// <summary>How long the gate tries to talk to GitHub.</summary>
/// <param name="Attempt">The time one attempt may take.</param>
/// <param name="Retries">How often a call is repeated after its first attempt.</param>
/// <param name="Delay">The first pause; it doubles, with jitter.</param>
/// <param name="LongestWait">A <c>Retry-After</c> above this is not waited for.</param>
internal sealed record ConnectionLimits(TimeSpan Attempt, int Retries, TimeSpan Delay, TimeSpan LongestWait)
{
    public static readonly ConnectionLimits Default = new(
        TimeSpan.FromSeconds(15), 5, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(90));

    /// <summary>Is told of each pause that GitHub names, before it is waited for.</summary>
    public Action<TimeSpan>? Pausing { get; init; }

    /// <summary>Bytes of one answer that are read.</summary>
    public int LargestAnswer { get; init; } = 16 * 1024 * 1024;
}

/// <summary>
/// The handlers that Octokit's calls go through, from the outside in: <see cref="CallHandler"/> (one for each call), repeats,
/// <see cref="AnswerHandler"/>, sockets.
/// </summary>
internal static class Transport
{
    public static HttpMessageHandler Create(ConnectionLimits limits, TimeProvider time)
    {
        // .NET's own redirects drop the token, also to the same host: a renamed repository would be read as anybody may, or not at all.
        var sockets = new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All };
        var repeats = Repeats<HttpResponseMessage>(limits, time, (failure, context) => !failure.MayHaveHappened || IsRepeatable(context));
        return new ResilienceHandler(repeats) { InnerHandler = new AnswerHandler(limits, time) { InnerHandler = sockets } };
    }

    /// <summary>Sends a call again, as https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
    /// asks.</summary>
    public static ResiliencePipeline<T> Repeats<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(
        ConnectionLimits limits, TimeProvider time, Func<GitHubException, ResilienceContext, bool> mayRepeat)
    {
        if (limits.Retries == 0)
            return ResiliencePipeline<T>.Empty;
        return new ResiliencePipelineBuilder<T> { TimeProvider = time }
            .AddRetry(new()
            {
                MaxRetryAttempts = limits.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = limits.Delay,
                MaxDelay = TimeSpan.FromSeconds(20),
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Exception is GitHubException { IsTransient: true } failure
                    // A primary limit may last an hour. FinalStatus waits for a part of it, and for the status only.
                    && !(failure.RetryAfter > limits.LongestWait)
                    && mayRepeat(failure, attempt.Context)),
                DelayGenerator = attempt => ValueTask.FromResult((attempt.Outcome.Exception as GitHubException)?.RetryAfter),
                // The watchdog must know of these pauses, or it takes the run for one that hangs.
                OnRetry = attempt =>
                {
                    if (attempt.Outcome.Exception is GitHubException { RetryAfter: not null })
                        limits.Pausing?.Invoke(attempt.RetryDelay);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <summary>A read is sent again; a write only if it cannot have happened, for all others <see cref="Calls"/> looks first.</summary>
    private static bool IsRepeatable(ResilienceContext context) =>
        context.GetRequestMessage()?.Method is { } method && (method == HttpMethod.Get || method == HttpMethod.Delete);
}

/// <summary>What GitHub documents as the answer of a call.</summary>
internal enum AnswerShape
{
    Object,
    List,
    Nothing,

    /// <summary>Bytes of any kind, as a zip.</summary>
    Raw,
}

/// <summary>The outermost handler, one for each call: brings the run's cancellation, for which Octokit's methods have no parameter, and
/// what it may do.</summary>
internal sealed class CallHandler(HttpMessageHandler inner, Uri apiUrl, Permission permission, AnswerShape shape,
    CancellationToken cancellation)
    : DelegatingHandler(inner)
{
    public static readonly HttpRequestOptionsKey<(AnswerShape Shape, Refusal Refusal)> Terms = new("terms");

    /// <summary>Words what is wrong with the call's last answer.</summary>
    public Refusal Refusal { get; private set; } = new(HttpMethod.Get, "", permission, apiUrl);

    /// <summary>True if the last answer names a next page.</summary>
    public bool HasNextPage { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Refusal = new(request.Method, Name(request), permission, apiUrl);
        request.Options.Set(Terms, (shape, Refusal));
        // Without it GitHub chooses the version, and that may be another one day than the one that the tests hold.
        request.Headers.Add(AnswerHandler.Version, "2022-11-28");
        // Octokit calls the JSON that it sends a form.
        request.Content?.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        // Octokit's own token ends after 100 s, however long GitHub asks to wait; each attempt has its deadline below.
        var response = await base.SendAsync(request, cancellation);
        HasNextPage = response.Headers.TryGetValues("Link", out var links)
            && links.Any(link => link.Contains("rel=\"next\"", StringComparison.Ordinal));
        // Octokit would read all further pages at once, wherever the link leads.
        response.Headers.Remove("Link");
        return response;
    }

    private string Name(HttpRequestMessage request)
    {
        var (path, root) = (request.RequestUri!.PathAndQuery, apiUrl.AbsolutePath.TrimEnd('/') + "/");
        return $"{request.Method} {(path.StartsWith(root, StringComparison.Ordinal) ? path[root.Length..] : path)}";
    }
}

/// <summary>
/// One attempt, below the repeats: follows redirects, reads the whole answer up to a limit and within a deadline, and refuses whatever is
/// no success or not the JSON that was asked for. Octokit itself would give null for a page of HTML, an empty list for an empty answer, and
/// end the process on JSON that is nested too deep.
/// </summary>
internal sealed class AnswerHandler(ConnectionLimits limits, TimeProvider time) : DelegatingHandler
{
    public const string Version = "X-GitHub-Api-Version";
    private const int MostRedirects = 3;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Options.TryGetValue(CallHandler.Terms, out var terms);
        using var deadline = new CancellationTokenSource(limits.Attempt, time);
        // One attempt with its redirects and its whole body: a server that drips a byte a second would else never end.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var response = await FollowAsync(request, either.Token);
            return await ReadAsync(request, response, terms.Shape, terms.Refusal, either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw terms.Refusal.NoAnswer(exception, $"no answer within {UnitText.Duration(limits.Attempt)}");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException)
        {
            throw terms.Refusal.NoAnswer(exception);
        }
    }

    /// <summary>
    /// A renamed repository, an artifact's storage. The token goes to the API's own scheme, host and port only, a write nowhere else, and
    /// nothing from https to http; if the way ends the redirect itself is the answer.
    /// </summary>
    private async Task<HttpResponseMessage> FollowAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var home = request.RequestUri!;
        var address = home;
        for (var hops = 0; ; hops++)
        {
            var message = hops == 0 ? request : Redirected(request, address, IsSame(home, address));
            var response = await base.SendAsync(message, cancellation);
            if ((int)response.StatusCode is not (301 or 302 or 307 or 308) || response.Headers.Location is not { } location
                || hops == MostRedirects)
                return response;
            var next = new Uri(address, location);
            if (next.Scheme is not ("https" or "http") || (address.Scheme == "https" && next.Scheme == "http"))
                return response;
            // A server or proxy that answers in GitHub's place must not send the gate to the cloud's metadata, where credentials lie.
            if (LinkLocal.Is(next) && !IsSame(home, next))
                return response;
            // The body of a write, a comment for instance, is meant for GitHub alone.
            if (request.Method != HttpMethod.Get && !IsSame(home, next))
                return response;
            response.Dispose();
            address = next;
        }
    }

    private static bool IsSame(Uri home, Uri other) => (home.Scheme, home.IdnHost, home.Port) == (other.Scheme, other.IdnHost, other.Port);

    private static HttpRequestMessage Redirected(HttpRequestMessage request, Uri address, bool isHome)
    {
        var message = new HttpRequestMessage(request.Method, address) { Content = request.Content };
        foreach (var (name, values) in request.Headers)
        {
            // A list of what goes along, not of what stays: a header that is added one day is kept from strangers by itself.
            if (isHome || name is "Accept" or "User-Agent")
                message.Headers.TryAddWithoutValidation(name, values);
        }
        return message;
    }

    private async Task<HttpResponseMessage> ReadAsync(
        HttpRequestMessage request, HttpResponseMessage response, AnswerShape shape, Refusal refusal, CancellationToken cancellation)
    {
        var body = await ReadBodyAsync(response.Content, refusal, cancellation);
        if (!response.IsSuccessStatusCode)
            throw refusal.Of(response, body, time.GetUtcNow());
        if (shape is AnswerShape.Object or AnswerShape.List || (shape == AnswerShape.Nothing && body.Length > 0))
            CheckJson(response, body, shape, refusal);
        var answer = new HttpResponseMessage(response.StatusCode) { RequestMessage = request, Content = new ByteArrayContent(body) };
        // The two types that Octokit reads as what they are; GitHub's own are longer, and a storage names any.
        answer.Content.Headers.ContentType = new(shape == AnswerShape.Raw ? "application/octet-stream" : "application/json");
        if (response.Headers.TryGetValues("Link", out var links))
            answer.Headers.TryAddWithoutValidation("Link", links);
        return answer;
    }

    private static void CheckJson(HttpResponseMessage response, ReadOnlySpan<byte> body, AnswerShape shape, Refusal refusal)
    {
        var type = response.Content.Headers.ContentType?.MediaType;
        if (type?.EndsWith("json", StringComparison.OrdinalIgnoreCase) != true)
            throw refusal.Unreadable($"content type '{type}'");
        try
        {
            var reader = new Utf8JsonReader(body);
            reader.Read();
            var first = reader.TokenType;
            if (first != JsonTokenType.StartObject && shape == AnswerShape.Object)
                throw refusal.Unreadable("it is no object");
            // Octokit would take it for a list of one, or of none.
            if (first != JsonTokenType.StartArray && shape == AnswerShape.List)
                throw refusal.Unreadable("it is no list");
            // Octokit's SimpleJson recurses without a limit and ends the process by a stack overflow; this reader ends at a depth of 64
            // with an exception.
            while (reader.Read())
            {
            }
        }
        catch (JsonException exception)
        {
            throw refusal.Unreadable(exception.Message, exception);
        }
    }

    private async Task<byte[]> ReadBodyAsync(HttpContent content, Refusal refusal, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int count; (count = await stream.ReadAsync(buffer, cancellation)) > 0;)
        {
            // Counted after unpacking: a small answer may unpack to gigabytes.
            if (body.Length + count > limits.LargestAnswer)
                throw refusal.TooLong(limits.LargestAnswer);
            body.Write(buffer, 0, count);
        }
        return body.ToArray();
    }
}
