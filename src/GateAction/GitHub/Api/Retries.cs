using Polly;
using Polly.Retry;

namespace GateAction.GitHub.Api;

/// <summary>When a call is repeated, as https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api asks.</summary>
internal static class Retries
{
    public static ResiliencePipeline Create(ConnectionLimits limits, TimeProvider time)
    {
        if (limits.Retries == 0)
            return ResiliencePipeline.Empty;
        return new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = limits.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = limits.Delay,
                MaxDelay = TimeSpan.FromSeconds(20),
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Exception is ApiException { IsTransient: true } exception && !(exception.RetryAfter > limits.LongestWait)),
                DelayGenerator = attempt => ValueTask.FromResult((attempt.Outcome.Exception as ApiException)?.RetryAfter),
            })
            .Build();
    }
}
