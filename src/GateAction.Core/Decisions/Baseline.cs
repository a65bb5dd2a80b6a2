using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Decisions;

/// <summary>What a run is compared with: earlier runs, read as one.</summary>
/// <param name="Runs">Newest first, at least one.</param>
/// <param name="Branch">The branch they are from; null if a file was named.</param>
public sealed record Baseline(IReadOnlyList<Evidence> Runs, string? Branch = null)
{
    /// <summary>What the variable <c>baseline</c> reads: the run, or the median of several.</summary>
    public Evidence Evidence { get; } = Runs.Count == 1 ? Runs[0] : BaselineMedian.Of(Runs);

    /// <summary>What the gate would have decided then.</summary>
    public Verdict Decide(Gate gate)
    {
        // Compared with itself: a criterion that reads the baseline would be inconclusive without one.
        // How far ahead a waiver may expire was judged today, not on the day of the baseline.
        return Decision.Decide(gate with { WaiverDays = int.MaxValue }, Evidence, Evidence, Evidence.StartedAt + Evidence.Duration);
    }
}

/// <summary>One baseline out of several runs: of every number and duration the lower median, of everything else what the newest run
/// has.</summary>
public static class BaselineMedian
{
    /// <param name="runs">Newest first, at least one.</param>
    public static Evidence Of(IReadOnlyList<Evidence> runs)
    {
        var measurements = new OrderedDictionary<string, Measurement>(StringComparer.Ordinal);
        foreach (var (name, newest) in runs[0].Measurements)
            measurements.Add(name,
                newest with { Facts = Median(newest.Facts, [.. runs.Select(run => FactsOf(run, name, newest.Kind)).OfType<Value>()]) });
        return runs[0] with { Measurements = measurements };
    }

    private static Value? FactsOf(Evidence run, string name, string kind) =>
        // A run in which it could not be reached, or was another kind of source, says nothing of how it does.
        run.Measurements.TryGetValue(name, out var found) && found.Kind == kind && found.Outcome == Outcome.Measured ? found.Facts : null;

    private static Value Median(Value newest, IReadOnlyList<Value> all)
    {
        var alike = all.Where(value => value.Kind == newest.Kind).ToList();
        return newest.Kind switch
        {
            ValueKind.Map => Value.Map(newest.AsMap.With((key, value) =>
                Median(value, [.. alike.Select(map => At(map, key.AsString)).OfType<Value>()]))),
            ValueKind.Int => Middle(newest, alike, value => value.AsInt),
            ValueKind.UInt => Middle(newest, alike, value => value.AsUInt),
            ValueKind.Double => Middle(newest, alike, value => value.AsDouble),
            ValueKind.Duration => Middle(newest, alike, value => (value.Seconds, value.Nanos)),
            // Texts and lists have no middle.
            _ => newest,
        };
    }

    private static Value Middle<T>(Value newest, List<Value> values, Func<Value, T> order) =>
        // Of an even number the lower: a value that was measured, where the mean of two never was.
        values.Count == 0 ? newest : values.OrderBy(order).ElementAt((values.Count - 1) / 2);

    private static Value? At(Value map, string key) => map.AsMap.TryGet(key, out var value) ? value : null;
}
