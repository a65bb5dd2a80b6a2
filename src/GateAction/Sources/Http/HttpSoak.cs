using GateAction.Http;

namespace GateAction.Sources.Http;

/// <summary>
/// Samples a server over a time, one request after the other. None is tried again, and status and body are those of the first sample that is
/// not ok, if there is one: a soak must not look better than its worst moment.
/// </summary>
internal sealed class HttpSoak(HttpProbe probe, ProbeContext context)
{
    private readonly List<TimeSpan?> _latencies = [];
    private readonly List<NetworkFault> _faults = [];
    private readonly List<string> _details = [];
    private HttpAnswer? _shown;
    private int _failures;

    public async Task<Look> RunAsync(CancellationToken cancellation)
    {
        var started = context.Time.GetTimestamp();
        for (var i = 0; i < probe.Samples; i++)
        {
            context.Report($"sample {i + 1} of {probe.Samples}");
            var pause = probe.Every * i - context.Time.GetElapsedTime(started);
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, context.Time, cancellation);
            await SampleAsync(i + 1, cancellation);
        }
        if (_shown is null)
            throw new NetworkFault($"{_faults[^1].Message}, {probe.Samples} times of {probe.Samples}", isTransient: false, mayHaveActed: true) { Session = _faults[^1].Session };
        var look = HttpFacts.Of(_shown, new HttpSamples([.. _latencies.Select(latency => latency ?? probe.Options.Timeout)], _failures), context);
        return look with
        {
            Samples = _latencies,
            Details = [.. look.Details, .. _details],
            Caveat = _faults.Count == 0 ? look.Caveat : $"{_faults.Count} of {probe.Samples} samples were not answered: {_faults[0].Message}",
        };
    }

    private async Task SampleAsync(int number, CancellationToken cancellation)
    {
        try
        {
            var answer = await probe.SendAsync(context, cancellation);
            _latencies.Add(answer.Latency);
            if (!answer.IsOk)
            {
                _failures++;
                _details.Add($"sample {number}: status {answer.Status}");
            }
            if (_shown is null || _shown.IsOk)
                _shown = answer;
        }
        catch (NetworkFault fault)
        {
            _failures++;
            _faults.Add(fault);
            _latencies.Add(null);
            _details.Add($"sample {number}: {fault.Message}");
        }
    }
}
