namespace GateAction.Core.Reports.Markdown;

/// <summary>Latencies as a row of blocks from zero to the slowest; a sample that failed is a cross.</summary>
public static class Sparkline
{
    private const string Levels = "▁▂▃▄▅▆▇█";
    private const char Missing = '×';

    /// <param name="maxLength">Longer series are drawn by the slowest of each stretch.</param>
    public static string Of(IReadOnlyList<TimeSpan?> samples, int maxLength = 24)
    {
        if (samples.Count < 2)
            return "";
        var slowest = samples.Max() ?? TimeSpan.Zero;
        var count = Math.Min(samples.Count, maxLength);
        return string.Create(count, (samples, slowest), static (line, state) =>
        {
            for (var at = 0; at < line.Length; at++)
                line[at] = Block(state.samples, at * state.samples.Count / line.Length, (at + 1) * state.samples.Count / line.Length,
                    state.slowest);
        });
    }

    /// <summary>Counts as a row of blocks up to the largest; none is a dot.</summary>
    public static string Of(IReadOnlyList<int> counts)
    {
        var most = Math.Max(1, counts.Max());
        return string.Concat(counts.Select(count => count == 0 ? '·' : Levels[(Levels.Length - 1) * count / most]));
    }

    private static char Block(IReadOnlyList<TimeSpan?> samples, int from, int to, TimeSpan slowest)
    {
        var highest = TimeSpan.Zero;
        for (var at = from; at < to; at++)
        {
            // One that failed is not averaged away: the whole stretch shows it.
            if (samples[at] is not { } latency)
                return Missing;
            highest = latency > highest ? latency : highest;
        }
        return slowest <= TimeSpan.Zero ? Levels[0] : Levels[(int)Math.Clamp(highest / slowest * Levels.Length, 0, Levels.Length - 1)];
    }
}
