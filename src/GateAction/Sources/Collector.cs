using System.Collections.Concurrent;
using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Http;
using GateAction.Surroundings;

namespace GateAction.Sources;

/// <summary>
/// Measures every source of a run at the same time, in the order that their references need. One source's failure never stops another, and
/// what is not measured when the time is over or the run is stopped is said to be so.
/// </summary>
internal sealed class Collector : IDisposable
{
    private readonly Collection _collection;
    private readonly Shell _shell;
    private readonly Secrets _secrets;
    private readonly IProgress<ProbeProgress>? _progress;
    private readonly ConcurrencyLimits _limits;
    private readonly HttpAccess _http;
    private readonly RunShare _share = new();
    // The first tasks look up others while the last ones are still added.
    private readonly ConcurrentDictionary<string, Task<Measurement>> _tasks = new(StringComparer.Ordinal);

    public Collector(Collection collection, Shell shell, Secrets secrets, IProgress<ProbeProgress>? progress = null)
    {
        _collection = collection;
        _shell = shell;
        _secrets = secrets;
        _progress = progress;
        _limits = new ConcurrencyLimits(collection.Total, collection.PerHost);
        _http = new HttpAccess(_limits, shell.Time)
        {
            Trace = shell.Trace is { } trace ? line => trace(secrets.MaskText(line)) : null,
        };
    }

    /// <summary>Never throws for what happens to a source; <paramref name="cancellation"/> ends the run with what was measured so
    /// far.</summary>
    public async Task<Evidence> CollectAsync(CancellationToken cancellation)
    {
        var startedAt = _shell.Time.GetUtcNow();
        var timestamp = _shell.Time.GetTimestamp();
        using var deadline = new CancellationTokenSource(_collection.Timeout, _shell.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        foreach (var source in _collection.Sources)
            Report(source, ProbeStage.Waiting, "");
        // In this order a task exists before another one asks for it.
        foreach (var source in SourceOrder.Of(_collection.Sources))
            _tasks[source.Name] = Task.Run(() => MeasureAsync(source, cancellation, either.Token), CancellationToken.None);
        await Task.WhenAll(_tasks.Values);
        var measurements = new OrderedDictionary<string, Measurement>(StringComparer.Ordinal);
        foreach (var source in _collection.Sources)
            // Masked at the end of the run, not when it was measured: another probe may have learnt a secret since that this one shows.
            measurements.Add(source.Name, Masked(source, await _tasks[source.Name]));
        return new Evidence(_collection.Gate, startedAt, _shell.Time.GetElapsedTime(timestamp), _collection.GitHub, _collection.Changed,
            measurements, _collection.Run)
        {
            Unmeasured = _collection.Unmeasured,
        };
    }

    public void Dispose()
    {
        _http.Dispose();
        _limits.Dispose();
    }

    /// <summary>The unmasked measurement, for the sources that refer to it.</summary>
    private async Task<Measurement> MeasureAsync(EvidenceSource source, CancellationToken stop, CancellationToken stopOrDeadline)
    {
        var startedAt = _shell.Time.GetUtcNow();
        var measurement = await Guarded();
        // Before anybody is told, and before the probes that refer to it begin: their answers may repeat what was masked here.
        FactMask.Learn(measurement, source.Source.Mask, _secrets);
        Report(source, ProbeStage.Done, "", Masked(source, measurement));
        return measurement;

        async Task<Measurement> Guarded()
        {
            try
            {
                var context = await CreateContextAsync(source);
                stopOrDeadline.ThrowIfCancellationRequested();
                if (await WhyAmbiguousAsync(source) is { } ambiguous)
                    return Unmeasured(ambiguous);
                Report(source, ProbeStage.Measuring, "");
                // On a thread that nobody waits for once the time is over, whatever it hangs in.
                return await Task.Run(() => source.Source.MeasureAsync(context, stopOrDeadline), CancellationToken.None)
                    .WaitAsync(stopOrDeadline);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return Unmeasured("was not measured: the run was stopped");
            }
            catch (OperationCanceledException) when (stopOrDeadline.IsCancellationRequested)
            {
                return Unmeasured($"was not measured: the run's time of {UnitText.Duration(_collection.Timeout)} was over");
            }
            // A bug in one kind must not take the evidence of all others along.
            catch (Exception exception)
            {
                return Unmeasured(
                    $"could not be measured: {exception.GetType().Name}: {exception.Message} (this is a bug in gate; please report it)");
            }
        }

        Measurement Unmeasured(string reason) => new(
            source.Kind.Name, Outcome.Unknown, reason, Value.Map(), startedAt, _shell.Time.GetUtcNow() - startedAt)
        {
            Declared = source.Kind.Evidence,
        };
    }

    private async Task<ProbeContext> CreateContextAsync(EvidenceSource source)
    {
        var facts = new Dictionary<string, Value>(StringComparer.Ordinal) { [GateVariables.GitHub] = _collection.GitHub };
        if (_collection.Baseline is { } baseline)
            facts[GateVariables.Baseline] = FactMask.Unmasked(baseline);
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in source.DependsOn.Where(_tasks.ContainsKey))
        {
            var measurement = await _tasks[name];
            facts[name] = measurement.Facts;
            if (measurement.Reason is { } reason)
                reasons[name] = reason;
        }
        var before = source.Follows is { } follows && _tasks.TryGetValue(follows, out var task) ? await task : null;
        return new ProbeContext(
            source.Name,
            _shell,
            _secrets,
            _http,
            _limits,
            _collection.Target,
            facts,
            reasons,
            note => Report(source, ProbeStage.Measuring, note))
        {
            Share = _share,
            Readers = _collection.ReadersOf(source),
            Obstacle = Obstacle(source, before),
        };
    }

    /// <summary>A fact that is another one in each sample has no value that could be filled in.</summary>
    private async Task<string?> WhyAmbiguousAsync(EvidenceSource source)
    {
        foreach (var name in source.DependsOn.Where(_tasks.ContainsKey))
        {
            if ((await _tasks[name]).Spread is { } spread
                && source.References.FirstOrDefault(one => new FactUse().Add(one).Under(name) is { } use && spread.IsIn(use)) is { } read)
                return $"was not measured: the samples of '{name}' differ in '{read}', and which of them is meant is not known; read it of a "
                    + "probe without 'samples'";
        }
        return null;
    }

    /// <summary>The probes of a session continue each other: without the answer of the one before it would be another session than the
    /// manifest's.</summary>
    private static string? Obstacle(EvidenceSource source, Measurement? before) =>
        before is { Outcome: Outcome.Unreachable or Outcome.Unknown }
        ? $"was not measured: '{source.Follows}', which comes before it in the session '{source.Source.SessionName}', has no answer"
            + (before.Reason is { } reason ? $": {reason}" : "")
        : null;

    private Measurement Masked(EvidenceSource source, Measurement measurement) =>
        _secrets.MaskMeasurement(FactMask.Apply(measurement, source.Source.Mask));

    private void Report(EvidenceSource source, ProbeStage stage, string note, Measurement? measurement = null) =>
        _progress?.Report(new ProbeProgress(source.Name, source.Kind.Name, stage, _secrets.MaskText(note), measurement));
}

internal enum ProbeStage
{
    Waiting,
    Measuring,
    Done,
}

/// <summary>One change in the live table; nothing in it is secret.</summary>
/// <param name="Note">A short line on what is being done; empty if there is none.</param>
/// <param name="Measurement">The result, once <paramref name="Stage"/> is <see cref="ProbeStage.Done"/>.</param>
internal sealed record ProbeProgress(string Name, string Kind, ProbeStage Stage, string Note, Measurement? Measurement);
