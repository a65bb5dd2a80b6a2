namespace GateAction.Sources.Http;

/// <summary>The samples of one measurement in order.</summary>
/// <param name="Latencies">One that nobody answered counts with the timeout.</param>
/// <param name="Failures">Samples that nobody answered, or whose status is not 200 to 299.</param>
/// <param name="Statuses">How many samples have each status.</param>
internal sealed record HttpSamples(TimeSpan[] Latencies, int Failures, IReadOnlyList<(int Status, int Count)> Statuses)
{
    public double Availability => (double)(Latencies.Length - Failures) / Latencies.Length;
}
