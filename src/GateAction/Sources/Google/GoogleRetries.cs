using System.Globalization;
using System.Net;
using GateAction.Http;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Retry;

namespace GateAction.Sources.Google;

/// <summary>
/// When a call to Google is made again: a server that is overloaded or asks to slow down has told nothing of what is measured
/// (https://cloud.google.com/storage/docs/retry-strategy). A POST is made again only if it cannot have had an effect: it was refused before
/// it was looked at.
/// </summary>
internal static class GoogleRetries
{
    private const int MostAttempts = 3;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>Who asks for more patience than this is asked by the next run.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    /// <summary>For the APIs that probes read; faults of the network are tried again, and recorded, by the probe.</summary>
    /// <param name="most">How often the probe may try.</param>
    public static ResiliencePipeline<HttpAnswer> For(HttpMethod method, int most, TimeProvider time, Action<string> report)
    {
        // Polly refuses a strategy of no retries.
        if (most == 1)
            return ResiliencePipeline<HttpAnswer>.Empty;
        return new ResiliencePipelineBuilder<HttpAnswer> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpAnswer>
            {
                MaxRetryAttempts = most - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstDelay,
                MaxDelay = LongestWait,
                ShouldHandle = attempt => ValueTask.FromResult(
                    // Negated, because without Retry-After there is nothing to compare, and that is no reason to give up.
                    attempt.Outcome.Result is { } answer && MayRepeat(method, answer.Status) && !(WaitOf(answer, time) > LongestWait)),
                DelayGenerator = attempt => ValueTask.FromResult(WaitOf(attempt.Outcome.Result!, time)),
                OnRetry = attempt =>
                {
                    report($"attempt {attempt.AttemptNumber + 2} of {most} after: status {attempt.Outcome.Result!.Status}");
                    return default;
                },
            })
            .Build();
    }

    /// <summary>For what gives tokens.</summary>
    public static HttpMessageHandler HandlerOver(HttpMessageHandler inner, TimeProvider time)
    {
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = MostAttempts - 1,
                Delay = FirstDelay,
                MaxDelay = LongestWait,
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Context.GetRequestMessage() is { } request && MayRepeat(request.Method, attempt.Outcome)),
            })
            .Build();
        return new ResilienceHandler(pipeline) { InnerHandler = inner };
    }

    private static bool MayRepeat(HttpMethod method, Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException { HttpRequestError: var error } }
            // No connection was opened, so nothing was sent: a POST may go again.
            when error is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError => true,
        { Exception: HttpRequestException } => method == HttpMethod.Get,
        { Result: { } response } => MayRepeat(method, (int)response.StatusCode) && !(response.Headers.RetryAfter?.Delta > LongestWait),
        _ => false,
    };

    private static bool MayRepeat(HttpMethod method, int status) =>
        status == (int)HttpStatusCode.TooManyRequests || (method == HttpMethod.Get && status is 408 or 500 or 502 or 503 or 504);

    /// <summary>What <c>Retry-After</c> asks for (RFC 9110, 10.2.3); null if it asks for nothing.</summary>
    private static TimeSpan? WaitOf(HttpAnswer answer, TimeProvider time)
    {
        if (!answer.Headers.TryGetValue("retry-after", out var text))
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return TimeSpan.FromSeconds(seconds);
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return null;
        var wait = moment - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
