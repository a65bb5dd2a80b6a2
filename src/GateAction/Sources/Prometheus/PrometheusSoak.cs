using GateAction.Core.Model;
using GateAction.Http;

namespace GateAction.Sources.Prometheus;

/// <summary>Asks for an expression several times over a time. A sample without an answer or without data is a gap, and none is tried
/// again. Each answer is an observation of its own; what rests on all of them (<c>min</c>, <c>mean</c>, <c>max</c>) is told once.</summary>
internal sealed class PrometheusSoak(PrometheusProbe probe, ProbeContext context)
{
    // The samples of every series stand in each observation of 'series': past this they are left out of it.
    private const int MostRepeated = 1_000_000;
    private readonly List<PrometheusAnswer> _answers = [];
    private readonly List<string?> _reasons = [];
    private readonly List<string> _details = [];
    private NetworkException? _fault;

    public async Task<ProbeResult> RunAsync(CancellationToken cancellation)
    {
        await SoakSamples.TakeAsync(probe.Samples, probe.Every, context, number => SampleAsync(number, cancellation), cancellation);
        if (_details.Count == probe.Samples && _fault is not null)
            throw SoakSamples.NoneAnswered(_fault, probe.Samples);
        var series = Merge();
        var result = probe.ToResult(
            new(series, [.. _answers.SelectMany(answer => answer.Warnings).Distinct()],
            [.. _answers.SelectMany(answer => answer.Hints).Distinct()]), context);
        var unanswered = _details.Count == 0 ? null : SoakSamples.Unanswered(_details.Count, probe.Samples, _fault);
        return result with
        {
            Details = [.. result.Details, .. _details],
            Spread = SpreadOf(series),
            Caveat = unanswered is null ? result.Caveat : result.Caveat is null ? unanswered : $"{unanswered}; {result.Caveat}",
        };
    }

    private async Task SampleAsync(int number, CancellationToken cancellation)
    {
        try
        {
            _answers.Add(await probe.AskAsync(context, cancellation));
            _reasons.Add(null);
        }
        catch (NetworkException fault)
        {
            _fault = fault;
            // An empty answer keeps the place: Merge counts a gap there for each series.
            _answers.Add(new([], [], []));
            _reasons.Add(fault.Message);
            _details.Add($"sample {number}: {fault.Message}");
        }
    }

    private SoakSpread? SpreadOf(PrometheusSeries[] merged)
    {
        var observations = new SoakObservations(context.Readers);
        var gaps = _answers.Count(IsGap);
        var repeats = (long)merged.Length * _answers.Count * _answers.Count <= MostRepeated;
        var now = context.Time.GetUtcNow();
        for (var i = 0; i < _answers.Count; i++)
        {
            // As many as `allow-missing` says are no observation: a condition over `value` would be unknown for each of them.
            if (IsGap(_answers[i]) && gaps <= probe.AllowMissing)
                continue;
            var result = probe.ToResult(_answers[i], context);
            var series = merged.Select(series => new SeriesRead(series, probe, now) { Number = i })
                .Where(series => series.Newest is not null || series.Whole is null);
            observations.Add(PrometheusFacts.OfSample(result.Facts, series, repeats), _reasons[i] ?? result.Reason, []);
        }
        return observations.Spread;
    }

    private static bool IsGap(PrometheusAnswer answer) =>
        answer.Series.All(series => series.Samples.Count == 0 || series.Samples[^1].Value is null);

    /// <summary>The series of all answers; one that is missing in an answer has a gap there.</summary>
    private PrometheusSeries[] Merge() =>
    [
        .. _answers.SelectMany(answer => answer.Series).GroupBy(series => series.Key).Select(group => new PrometheusSeries(
            group.First().Labels,
            [.. _answers.Select(answer => SampleIn(answer, group.Key))])),
    ];

    private static PrometheusSample SampleIn(PrometheusAnswer answer, string key) =>
        answer.Series.FirstOrDefault(series => series.Key == key)?.Samples is [.., var newest] ? newest : default;
}
