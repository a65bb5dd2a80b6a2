using GateAction.Cel.Values;
using GateAction.Http;
using Polly;
using Polly.Retry;

namespace GateAction.Sources;

/// <summary>Tries a look again over faults of the network, with backoff and jitter; never because an answer displeases.</summary>
internal static class Attempts
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    /// <summary>Most looks succeed at once: Polly, which takes 30 ms to load, is asked only about a first look that failed.</summary>
    public static async Task<Look> RunAsync(Probe probe, ProbeContext context, CancellationToken cancellation)
    {
        NetworkFault first;
        try
        {
            return (await probe.LookAsync(context, cancellation)).With("attempts", Value.Int(1));
        }
        catch (NetworkFault fault) when (fault.IsTransient && probe.Options.Attempts > 1)
        {
            first = fault;
        }
        var faults = new List<NetworkFault>();
        var look = await RetryAsync(probe, context, first, faults, cancellation);
        var caveat = $"answered on attempt {faults.Count + 1} of {probe.Options.Attempts} after: {string.Join("; ", faults.Select(fault => fault.Message).Distinct())}";
        return look.With("attempts", Value.Int(faults.Count + 1)) with { Caveat = look.Caveat is null ? caveat : $"{caveat}; {look.Caveat}" };
    }

    private static async Task<Look> RetryAsync(Probe probe, ProbeContext context, NetworkFault first, List<NetworkFault> faults, CancellationToken cancellation)
    {
        var isFirst = true;
        return await CreatePipeline(probe.Options.Attempts, context, faults).ExecuteAsync(
            async token =>
            {
                if (!isFirst)
                    return await probe.LookAsync(context, token);
                isFirst = false;
                throw first;
            },
            cancellation);
    }

    private static ResiliencePipeline CreatePipeline(int most, ProbeContext context, List<NetworkFault> faults)
    {
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
