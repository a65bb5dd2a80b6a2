using System.Diagnostics;

namespace GateAction.Benchmarks;

/// <summary>Wall-clock times of whole processes, from start to exit.</summary>
internal static class ProcessTime
{
    /// <summary>Runs the commands in turn, so that a drift of the machine hits all alike; the first round is not counted.</summary>
    public static async Task<IReadOnlyList<TimeSpan>> MediansAsync(int runs, params IReadOnlyList<ProcessStartInfo> commands)
    {
        var times = commands.Select(_ => new List<TimeSpan>()).ToArray();
        for (var run = 0; run <= runs; run++)
            for (var index = 0; index < commands.Count; index++)
            {
                var time = await MeasureAsync(commands[index]);
                if (run > 0)
                    times[index].Add(time);
            }
        return [.. times.Select(list => list.Order().ElementAt(list.Count / 2))];
    }

    private static async Task<TimeSpan> MeasureAsync(ProcessStartInfo command)
    {
        command.RedirectStandardOutput = true;
        command.RedirectStandardError = true;
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(command)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        var time = Stopwatch.GetElapsedTime(started);
        await Task.WhenAll(output, error);
        return process.ExitCode is 0 ? time : throw new InvalidOperationException($"{command.FileName} ended with {process.ExitCode}: {await error}");
    }
}
