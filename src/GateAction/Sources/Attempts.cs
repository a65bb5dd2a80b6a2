using System.Collections.Concurrent;
using GateAction.Http;
using Polly;
using Polly.Retry;

namespace GateAction.Sources;

/// <summary>
/// Tries a look again over faults of the network, with backoff and jitter; never because an answer displeases. There is one for a run: the
/// engine checks the options of a pipeline by reflection, which the samples of a soak need not pay for one by one.
/// </summary>
internal sealed class Attempts(TimeProvider time)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);
    private static readonly ResiliencePropertyKey<(List<NetworkException> Faults, Action<string> Report)> CourseKey = new("course");

    private readonly ConcurrentDictionary<int, ResiliencePipeline> _pipelines = [];

    public static async Task<ProbeResult> RunAsync(Probe probe, ProbeContext context, CancellationToken cancellation)
    {
        var most = probe.Options.Attempts;
        // Polly refuses a strategy of no retries.
        if (most == 1)
            return await probe.MeasureOnceAsync(context, cancellation) with { Attempts = 1 };
        var faults = new List<NetworkException>();
        var course = ResilienceContextPool.Shared.Get(cancellation);
        ProbeResult result;
        try
        {
            // What the pipeline tells goes by its context, because one pipeline serves all probes and cannot hold a probe's list.
            course.Properties.Set(CourseKey, (faults, context.Report));
            var pipeline = context.Share.Of(() => new Attempts(context.Time)).PipelineOf(most);
            result = await pipeline.ExecuteAsync(async course => await probe.MeasureOnceAsync(context, course.CancellationToken), course);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(course);
        }
        result = result with { Attempts = faults.Count + 1 };
        if (faults.Count == 0)
            return result;
        // An answer that came only after a fault is told as such: the report shows what a retry would else hide.
        var caveat = $"answered on attempt {faults.Count + 1} of {most} after: "
            + string.Join("; ", faults.Select(fault => fault.Message).Distinct());
        return result with { Caveat = result.Caveat is null ? caveat : $"{caveat}; {result.Caveat}" };
    }

    private ResiliencePipeline PipelineOf(int most) => _pipelines.GetOrAdd(most, _ =>
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        builder.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = most - 1,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = FirstDelay,
            MaxDelay = LongestDelay,
            ShouldHandle = new PredicateBuilder().Handle<NetworkException>(fault => fault.IsTransient),
            OnRetry = retry =>
            {
                var (faults, report) = retry.Context.Properties.GetValue(CourseKey, ([], _ => { }));
                var fault = (NetworkException)retry.Outcome.Exception!;
                faults.Add(fault);
                report($"attempt {faults.Count + 1} of {most} after: {fault.Message}");
                return default;
            },
        });
        return builder.Build();
    });
}
