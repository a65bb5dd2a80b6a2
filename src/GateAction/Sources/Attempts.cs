using GateAction.Http;
using Polly;
using Polly.Retry;

namespace GateAction.Sources;

/// <summary>Tries a look again over faults of the network, with backoff and jitter; never because an answer displeases.</summary>
internal static class Attempts
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    public static async Task<ProbeResult> RunAsync(Probe probe, ProbeContext context, CancellationToken cancellation)
    {
        var faults = new List<NetworkFault>();
        var pipeline = CreatePipeline(probe.Options.Attempts, context, faults);
        var result = await pipeline.ExecuteAsync(async token => await probe.MeasureOnceAsync(context, token), cancellation);
        result = result with { Attempts = faults.Count + 1 };
        if (faults.Count == 0)
            return result;
        var caveat = $"answered on attempt {faults.Count + 1} of {probe.Options.Attempts} after: "
            + string.Join("; ", faults.Select(fault => fault.Message).Distinct());
        return result with { Caveat = result.Caveat is null ? caveat : $"{caveat}; {result.Caveat}" };
    }

    private static ResiliencePipeline CreatePipeline(int most, ProbeContext context, List<NetworkFault> faults)
    {
        if (most == 1)
            return ResiliencePipeline.Empty;
        var builder = new ResiliencePipelineBuilder { TimeProvider = context.Time };
        builder.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = most - 1,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = FirstDelay,
            MaxDelay = LongestDelay,
            ShouldHandle = new PredicateBuilder().Handle<NetworkFault>(fault => fault.IsTransient),
            OnRetry = retry =>
            {
                var fault = (NetworkFault)retry.Outcome.Exception!;
                faults.Add(fault);
                context.Report($"attempt {faults.Count + 1} of {most} after: {fault.Message}");
                return default;
            },
        });
        return builder.Build();
    }
}
