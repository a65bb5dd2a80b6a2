using System.Diagnostics;
using System.Xml;
using BenchmarkDotNet.Attributes;
using GateAction.Sources.Results;

namespace GateAction.Benchmarks;

/// <summary>
/// A JUnit file of 50 MB against the floor, a bare <see cref="XmlReader"/> pass over it. The file is named by <c>GATE_BENCH_JUNIT</c>
/// (../shared/bench/gen-big-junit.py writes one).
/// </summary>
[MemoryDiagnoser]
[SimpleJob(warmupCount: 1, iterationCount: 7)]
public class ReadResults
{
    private static readonly string FilePath = Environment.GetEnvironmentVariable("GATE_BENCH_JUNIT") ?? "big-junit.xml";

    private readonly string _path = FilePath;

    [Benchmark(Baseline = true)]
    public int BareXmlReader() => Bare(_path);

    [Benchmark]
    public long Gate() => Read(_path);

    /// <summary>
    /// Prints the ratios of one run: one file against the floor, several files at a time against one after the other, and beside it what
    /// the machine makes of bare readers at a time, which bounds it.
    /// </summary>
    public static async Task RunAsync(int rounds, IReadOnlyList<string> files)
    {
        var bare = new Phase("bare XmlReader", () => Task.FromResult((long)Bare(files[0])));
        var one = new Phase("gate, one file", () => Task.FromResult(Read(files[0])));
        var bareInTurn = new Phase("bare, one after the other", () => Task.FromResult(files.Sum(file => (long)Bare(file))));
        var bareTogether = new Phase("bare, together", async () =>
            (await Task.WhenAll(files.Select(file => Task.Run(() => (long)Bare(file))))).Sum());
        var inTurn = new Phase("gate, one after the other", () => Task.FromResult(files.Sum(Read)));
        var together = new Phase("gate, together", async () =>
            (await ResultReader.ReadAsync("/", files, TestFilter.All, Severity.Error, CancellationToken.None)).Counts.Total);
        Phase[] phases = [bare, one, bareInTurn, bareTogether, inTurn, together];
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var phase in phases)
                await phase.MeasureAsync(isWarmUp: round == 0);
        }
        foreach (var phase in phases)
            Console.WriteLine(
                $"{phase.Name,-28} {phase.Wall.TotalMilliseconds,8:N0} ms, {phase.Processor.TotalMilliseconds,8:N0} ms of processor");
        Console.WriteLine($"one file / floor: {one.Wall / bare.Wall:N2} ({one.Processor / bare.Processor:N2} of processor time)");
        Console.WriteLine(
            $"one after the other / together: {inTurn.Wall / together.Wall:N2}; of bare readers: {bareInTurn.Wall / bareTogether.Wall:N2}");
    }

    private static int Bare(string path)
    {
        var nodes = 0;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read);
        using var reader = XmlReader.Create(stream, new() { DtdProcessing = DtdProcessing.Prohibit });
        while (reader.Read())
            nodes++;
        return nodes;
    }

    private static long Read(string path) => ResultFile.Read(new(path, path), TestFilter.All).Counts.Total;

    private sealed class Phase(string name, Func<Task<long>> action)
    {
        private readonly List<TimeSpan> _wall = [];
        private readonly List<TimeSpan> _processor = [];

        public string Name => name;

        public TimeSpan Wall => Median(_wall);

        public TimeSpan Processor => Median(_processor);

        public async Task MeasureAsync(bool isWarmUp)
        {
            GC.Collect();
            var (started, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            if (await action() == 0)
                throw new InvalidOperationException($"{name} read nothing");
            if (isWarmUp)
                return;
            _wall.Add(Stopwatch.GetElapsedTime(started));
            _processor.Add(Environment.CpuUsage.TotalTime - used);
        }

        private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);
    }
}
