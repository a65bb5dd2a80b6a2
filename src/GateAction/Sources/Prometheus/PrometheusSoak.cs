using GateAction.Http;

namespace GateAction.Sources.Prometheus;

/// <summary>Asks for an expression several times over a time. A sample without an answer or without data is a gap, and none is tried
/// again.</summary>
internal sealed class PrometheusSoak(PrometheusProbe probe, ProbeContext context)
{
    private readonly List<PrometheusAnswer> _answers = [];
    private readonly List<string> _details = [];
    private NetworkFault? _fault;

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
        if (_details.Count == probe.Samples && _fault is not null)
            throw new NetworkFault($"{_fault.Message}, {probe.Samples} times of {probe.Samples}", isTransient: false, mayHaveActed: true);
        var look = probe.ToLook(
            new(Merge(), [.. _answers.SelectMany(answer => answer.Warnings).Distinct()],
            [.. _answers.SelectMany(answer => answer.Hints).Distinct()]), context);
        var unanswered = _details.Count == 0 ? null : $"{_details.Count} of {probe.Samples} samples were not answered: {_fault?.Message}";
        return look with
        {
            Details = [.. look.Details, .. _details],
            Caveat = unanswered is null ? look.Caveat : look.Caveat is null ? unanswered : $"{unanswered}; {look.Caveat}",
        };
    }

    private async Task SampleAsync(int number, CancellationToken cancellation)
    {
        try
        {
            _answers.Add(await probe.AskAsync(context, cancellation));
        }
        catch (NetworkFault fault)
        {
            _fault = fault;
            _answers.Add(new([], [], []));
            _details.Add($"sample {number}: {fault.Message}");
        }
    }

    /// <summary>The series of all answers; one that is missing in an answer has a gap there.</summary>
    private PrometheusSeries[] Merge() =>
    [
        .. _answers.SelectMany(answer => answer.Series).GroupBy(series => series.ToString()).Select(group => new PrometheusSeries(
            group.First().Labels,
            [.. _answers.Select(answer => SampleIn(answer, group.Key))])),
    ];

    private static PrometheusSample SampleIn(PrometheusAnswer answer, string key) =>
        answer.Series.FirstOrDefault(series => series.ToString() == key)?.Samples is [.., var newest] ? newest : default;
}
