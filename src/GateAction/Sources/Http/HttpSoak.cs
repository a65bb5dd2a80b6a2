using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Http;

namespace GateAction.Sources.Http;

/// <summary>
/// Samples a server over a time, one request after the other. None is tried again. Of the answers only what tells them apart is kept;
/// status and body that are shown are those of the first sample that is not ok, if there is one.
/// </summary>
internal sealed class HttpSoak(HttpProbe probe, ProbeContext context)
{
    // Up to 10,000 samples are kept until the run is judged: whole ones only if they are small, and 16 MiB in all.
    private const int MostWhole = 16 * 1024;
    private const int MostWholeInAll = 16 * 1024 * 1024;
    private readonly List<TimeSpan?> _latencies = [];
    private readonly List<NetworkException> _faults = [];
    private readonly List<string> _details = [];
    private readonly List<HttpSample> _samples = [];
    private readonly SortedDictionary<int, int> _statuses = [];
    private readonly SoakObservations _observations = new(context.Readers);
    // The only answer that is held itself: 10,000 bodies of 1 MiB would not fit memory.
    private HttpAnswer? _shown;
    private TlsSession? _weakest;
    private TimeSpan _connect;
    private int _failures;
    private int _cut;
    private long _whole;

    public async Task<ProbeResult> RunAsync(CancellationToken cancellation)
    {
        await SoakSamples.TakeAsync(probe.Samples, probe.Every, context, number => SampleAsync(number, cancellation), cancellation);
        if (_shown is null)
            throw SoakSamples.NoneAnswered(_faults[^1], probe.Samples);
        var samples = new HttpSamples(
            // With the timeout, not left out: a server that hangs must not have better percentiles for it.
            probe.Samples, [.. _latencies.Select(latency => latency ?? probe.Options.Timeout)], _failures,
            [.. _statuses.Select(status => (status.Key, status.Value))]);
        var result = HttpMeasured.ToResult(_shown with { Connect = _connect, Tls = WithWeakest(_shown.Tls) }, samples, context, _samples);
        return result with
        {
            Samples = _latencies,
            Details = [.. result.Details, .. _details],
            Caveat = Caveats.Count == 0 ? null : string.Join("; ", Caveats),
            IsPartial = _cut > 0,
            Spread = _observations.Spread is not { } spread ? null : spread with
            {
                Observations = [.. spread.Observations.Select(one => one with { Facts = WithTimes(one.Facts) })],
            },
        };
    }

    private List<string> Caveats =>
    [
        .. _faults.Count == 0 ? (string[])[] : [SoakSamples.Unanswered(_faults.Count, probe.Samples, _faults[0])],
        // Whichever answer is shown: the latency of each that was cut is not the time to its last byte.
        .. _cut == 0 ? (string[])[] : [$"{_cut} of {probe.Samples} answers are larger than 1 MiB and were cut; their latency is the time "
            + "until then"],
    ];

    private async Task SampleAsync(int number, CancellationToken cancellation)
    {
        var time = context.Time.GetUtcNow();
        try
        {
            Take(await probe.SendAsync(context, cancellation), number, time);
        }
        catch (NetworkException fault)
        {
            _failures++;
            _faults.Add(fault);
            _latencies.Add(null);
            _details.Add($"sample {number}: {fault.Message}");
            // It is no observation: there are no facts to hold a condition against, and `failures` counts it.
            _samples.Add(new(time, probe.Options.Timeout, null, false, ProbeResult.NoFacts, fault.Message));
        }
    }

    private void Take(HttpAnswer answer, int number, DateTimeOffset time)
    {
        _latencies.Add(answer.Latency);
        _statuses[answer.Status] = _statuses.GetValueOrDefault(answer.Status) + 1;
        _connect = answer.Connect > _connect ? answer.Connect : _connect;
        // Behind one name may stand several servers: the certificate that ends first is the one that counts.
        _weakest = answer.Tls?.Weakest(_weakest);
        if (answer.Body.IsCut)
        {
            _cut++;
            _details.Add($"sample {number}: the answer is larger than 1 MiB and was cut");
        }
        if (!answer.IsOk)
        {
            _failures++;
            _details.Add($"sample {number}: status {answer.Status}");
        }
        // With the time that is left to a certificate no two samples would be alike.
        var read = new AnswerRead(answer, now: null);
        var own = AnswerRead.Facts.Of(read);
        var judged = _observations.Add(own, read.Reason, [(FactNames.Body, answer.Body.Digest), (FactNames.Json, answer.Body.Digest)]);
        _samples.Add(new(time, answer.Latency, answer.Status, answer.IsOk, KeepsWhole(answer.Body.Size) ? own : judged, null));
        // A failing answer stays: it is what people want to see of a soak.
        if (_shown is null || _shown.IsOk)
            _shown = answer;
    }

    /// <summary>For conditions over <c>observations</c>, which may read any fact of a sample.</summary>
    private bool KeepsWhole(long size)
    {
        if (context.Readers.Judged.Under(FactNames.Observations) is null || size > MostWhole || _whole + size > MostWholeInAll)
            return false;
        _whole += size;
        return true;
    }

    private TlsSession? WithWeakest(TlsSession? session) => session is null || _weakest is null
        ? session
        : session with { StartsAt = _weakest.StartsAt, ExpiresAt = _weakest.ExpiresAt, ChainExpiresAt = _weakest.ChainExpiresAt };

    /// <summary>Times of certificates differ by nature: the worst stand in each observation.</summary>
    private Value WithTimes(Value facts) =>
        _weakest is null || !facts.AsMap.TryGet(FactNames.Tls, out var tls) ? facts : Value.Map(facts.AsMap.Entries.Select(fact =>
        (fact.Key.AsString,
        fact.Key.AsString == FactNames.Tls ? WithTimes(tls, new TlsRead(_weakest, context.Time.GetUtcNow())) : fact.Value)));

    private static Value WithTimes(Value tls, TlsRead times) =>
        Value.Map(tls.AsMap.Entries.Concat(TlsRead.Times.Of(times).AsMap.Entries).Select(fact => (fact.Key.AsString, fact.Value)));
}
