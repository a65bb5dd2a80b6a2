using System.Diagnostics;
using GateAction.Sources.Results;
using GateAction.Sources.Results.Coverage;

namespace GateAction.Benchmarks;

/// <summary>
/// Peak memory of each format's reader, each in a process of its own over a generated file: <c>formats [MB …] [FORMAT …]</c>, by default 5,
/// 50 and 500 MB of all. With <c>GATE_PROGRAM</c> of that program: <c>gate results FILE</c>, and for coverage a <c>gate run</c>.
/// </summary>
internal static class FormatMemory
{
    public static async Task<int> RunAsync(IReadOnlyList<string> what)
    {
        int[] megabytes = [.. what.Where(word => int.TryParse(word, out _)).Select(int.Parse)];
        megabytes = megabytes is [] ? [5, 50, 500] : megabytes;
        var formats = what.Where(word => !int.TryParse(word, out _)).ToArray();
        var unmeasured = ResultFormats.All.Select(format => format.Name).Except(BigFiles.All.Select(file => file.Format)).ToArray();
        if (unmeasured is not [])
            throw new InvalidOperationException($"there are no files of {string.Join(", ", unmeasured)}");
        var folder = Directory.CreateTempSubdirectory("gate-bench-").FullName;
        Console.WriteLine($"{"",-14}{string.Concat(megabytes.Select(size => $"{size,6} MB          "))}");
        foreach (var file in BigFiles.All.Where(file => formats is [] || formats.Contains(file.Format)))
        {
            Console.Write($"{file.Format,-14}");
            foreach (var size in megabytes)
            {
                var path = Path.Combine(folder, file.Format);
                file.Write(path, size * 1_000_000L);
                Console.Write($"{await ReadAsync(path),-19}");
                File.Delete(path);
            }
            Console.WriteLine();
        }
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    /// <summary>Reads one file and prints the peak of this process and how long it took.</summary>
    public static int Read(string path)
    {
        var started = Stopwatch.GetTimestamp();
        if ((IsCoverage(path) ? Lines(path) : Tests(path)) == 0)
            throw new InvalidOperationException($"nothing was read from {path}");
        using var process = Process.GetCurrentProcess();
        Console.Write($"{process.PeakWorkingSet64 / 1048576.0,5:0} MiB {Stopwatch.GetElapsedTime(started).TotalSeconds,5:0.0} s");
        return 0;
    }

    private static bool IsCoverage(string path) =>
        CoverageFormats.All.Any(format => Path.GetFileName(path).StartsWith(format.Name, StringComparison.Ordinal));

    private static long Tests(string path)
    {
        var result = ResultFile.Read(new(path, path), TestFilter.All);
        if (result.Counts.Total == 0)
            Console.Error.WriteLine(string.Join('\n', result.Problems.Select(problem => problem.Message)));
        return result.Counts.Total;
    }

    private static long Lines(string path)
    {
        var tally = new CoverageTally(new CheckoutFiles(Path.GetDirectoryName(path)!, null));
        tally.Add(CoverageReader.Read(new(path, Path.GetFileName(path))));
        tally.Complete();
        return tally.Read().Sum(file => file.Coverage.Figures.Lines);
    }

    private static async Task<string> ReadAsync(string path)
    {
        if (Environment.GetEnvironmentVariable("GATE_PROGRAM") is { Length: > 0 } program)
            return await ReadAsync(Path.GetFullPath(program), path);
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["read", path]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"reading {path} ended with {process.ExitCode}");
    }

    private static async Task<string> ReadAsync(string program, string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var manifest = Path.Combine(folder, "gate.yml");
        await File.WriteAllTextAsync(manifest,
            $"version: 1\nname: s\ncoverage: {{ c: {{ files: {Path.GetFileName(path)} }} }}\ncriteria: {{ c: c.lines > 0 }}\n");
        string[] arguments = IsCoverage(path) ? ["run", "--manifest", manifest] : ["results", path];
        var started = Stopwatch.GetTimestamp();
        var peak = await ProcessTime.PeakAsync(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder });
        return $"{peak / 1048576.0,5:0} MiB {Stopwatch.GetElapsedTime(started).TotalSeconds,5:0.0} s";
    }
}
