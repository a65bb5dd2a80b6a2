using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Polly;

namespace GateAction.GitHub.Api;

/// <summary>
/// Sends calls to GitHub's REST API (https://docs.github.com/rest): paces itself by what GitHub asks, repeats what may be repeated, and turns every
/// failure into an <see cref="ApiException"/>. A write whose fate is unknown is looked up before it is sent again.
/// </summary>
internal sealed class Connection : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _apiUrl;
    private readonly string _token;
    private readonly TimeProvider _time;
    private readonly ConnectionLimits _limits;
    private readonly ResiliencePipeline _retries;
    private readonly AnswerReader _answers;

    public Connection(Uri apiUrl, string token, TimeProvider time, ConnectionLimits? limits = null)
    {
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _apiUrl = apiUrl.ToString().TrimEnd('/');
        _token = token;
        _time = time;
        _limits = limits ?? ConnectionLimits.Default;
        _retries = Retries.Create(_limits, time);
        _answers = new AnswerReader(_limits, time, apiUrl);
    }

    /// <summary>Sends a call and reads its answer.</summary>
    /// <param name="find">Looks whether an earlier attempt was done after all; without it a POST that may have been done is not repeated.</param>
    public async Task<T> SendAsync<T>(
        ApiRequest request, Func<ApiResponse, T> read, CancellationToken cancellation, Func<CancellationToken, Task<T?>>? find = null)
        where T : class
    {
        var uncertain = false;
        return await _retries.ExecuteAsync(
            async token =>
            {
                if (uncertain && find is not null && await find(token) is { } found)
                    return found;
                try
                {
                    return Read(request, await AttemptAsync(request, token), read);
                }
                catch (ApiException exception) when (exception.MayHaveHappened && !request.IsRepeatable)
                {
                    uncertain = true;
                    throw find is null ? AnswerReader.NotRepeatable(exception) : exception;
                }
            },
            cancellation);
    }

    public void Dispose() => _http.Dispose();

    private static T Read<T>(ApiRequest request, ApiResponse response, Func<ApiResponse, T> read)
    {
        try
        {
            return read(response);
        }
        catch (JsonException exception)
        {
            throw AnswerReader.Unreadable(request, exception);
        }
    }

    private async Task<ApiResponse> AttemptAsync(ApiRequest request, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(_limits.Attempt, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            using var response = await FollowAsync(request, either.Token);
            return await _answers.ReadAsync(request, response, either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw _answers.NoAnswer(request, $"no answer within {_limits.Attempt.TotalSeconds:0.#} s", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException)
        {
            throw _answers.NoAnswer(request, AnswerReader.Cause(exception), exception);
        }
    }

    /// <summary>Follows redirects (a renamed repository, an artifact's storage); the token goes to the API's own host only.</summary>
    private async Task<HttpResponseMessage> FollowAsync(ApiRequest request, CancellationToken cancellation)
    {
        var home = new Uri(_apiUrl);
        var address = request.Path.StartsWith("http", StringComparison.Ordinal) ? new Uri(request.Path) : new Uri($"{_apiUrl}/{request.Path}");
        for (var hops = 0; ; hops++)
        {
            using var message = Message(request, address, isHome: address.Authority == home.Authority && address.Scheme == home.Scheme);
            var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if ((int)response.StatusCode is not (301 or 302 or 307 or 308) || response.Headers.Location is not { } location || hops == 3)
                return response;
            response.Dispose();
            address = new Uri(address, location);
        }
    }

    private HttpRequestMessage Message(ApiRequest request, Uri address, bool isHome)
    {
        var message = new HttpRequestMessage(request.Method, address);
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("GateAction", "1"));
        message.Headers.Accept.ParseAdd(request.MediaType);
        if (isHome)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
            message.Headers.Add("X-GitHub-Api-Version", "2022-11-28");
        }
        if (!request.Body.IsEmpty)
        {
            message.Content = new ReadOnlyMemoryContent(request.Body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        }
        return message;
    }
}
