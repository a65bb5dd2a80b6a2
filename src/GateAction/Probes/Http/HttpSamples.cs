namespace GateAction.Probes.Http;

/// <summary>The samples of one measurement in order.</summary>
/// <param name="Latencies">Null for one that nobody answered.</param>
/// <param name="Failures">Samples that nobody answered, or whose status is not 200 to 299.</param>
internal sealed record HttpSamples(IReadOnlyList<TimeSpan?> Latencies, int Failures)
{
    public double Availability => (double)(Latencies.Count - Failures) / Latencies.Count;
}
