using System.Diagnostics;

namespace GateAction.Benchmarks;

/// <summary>Wall-clock times of whole processes, from start to exit.</summary>
internal static class ProcessTime
{
    /// <summary>
    /// Runs two commands in turn, so that a drift of the machine hits both alike; the first pair is not counted. The ratio is the median of
    /// the pairs'.
    /// </summary>
    public static async Task<(TimeSpan Mine, TimeSpan Other, double Ratio)> CompareAsync(int pairs, ProcessStartInfo mine,
        ProcessStartInfo other)
    {
        var times = new List<(TimeSpan Mine, TimeSpan Other)>();
        for (var pair = 0; pair <= pairs; pair++)
        {
            var (first, second) = (await MeasureAsync(mine), await MeasureAsync(other));
            if (pair > 0)
                times.Add((first, second));
        }
        return (Median(times.Select(time => time.Mine)), Median(times.Select(time => time.Other)),
            Median(times.Select(time => time.Mine / time.Other)));
    }

    /// <summary>The kernel's high-water mark of memory, looked at until the process ends, in bytes.</summary>
    public static async Task<long> PeakAsync(ProcessStartInfo command)
    {
        using var process = Start(command);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var peak = 0L;
        try
        {
            for (; !process.HasExited; await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, CancellationToken.None))
            {
                process.Refresh();
                peak = Math.Max(peak, process.PeakWorkingSet64);
            }
        }
        catch (InvalidOperationException)
        {
            // It ended between the two looks.
        }
        await Task.WhenAll(output, error);
        return peak;
    }

    private static async Task<TimeSpan> MeasureAsync(ProcessStartInfo command)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = Start(command);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var time = Stopwatch.GetElapsedTime(started);
        await output;
        return process.ExitCode is 0
            ? time
            : throw new InvalidOperationException($"{command.FileName} ended with {process.ExitCode}: {await error}");
    }

    private static Process Start(ProcessStartInfo command)
    {
        command.RedirectStandardOutput = true;
        command.RedirectStandardError = true;
        return Process.Start(command)!;
    }

    private static T Median<T>(IEnumerable<T> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
