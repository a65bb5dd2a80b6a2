using System.Collections.Concurrent;
using System.Globalization;
using GateAction.Core.Model;

namespace GateAction.Tests.Fuzzing;

/// <summary>Whatever strangers write, the gate ends with a value or with a sentence: nothing unhandled, nothing that hangs.</summary>
internal sealed class FuzzTests
{
    private const int Quick = 300;

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    /// <summary>Longer than any input takes on a loaded machine.</summary>
    private static readonly TimeSpan Hanging = TimeSpan.FromSeconds(60);

    private static readonly TimeProvider Clock = TimeProvider.System;

    // In memory where the system has a folder for that: a file for each input is what costs most otherwise.
    private static readonly string Folder = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    [TearDown]
    public void DeleteFiles()
    {
        foreach (var surface in FuzzSurface.All)
            File.Delete(PathOf(surface));
    }

    private static string Findings => Path.Combine(TestFiles.Repository, "tests", "GateAction.Tests", "Fuzzing", "findings");

    private static IEnumerable<FuzzSurface> Surfaces => FuzzSurface.All;

    [TestCaseSource(nameof(Surfaces))]
    public void Hostile_input_ends_in_a_value_or_a_sentence(FuzzSurface surface)
    {
        var input = new FuzzInput(surface.Seeds());

        Assert.That(Enumerable.Range(0, Quick).Select(seed => Fault(surface, input.Make(seed))).OfType<string>(), Is.Empty);
    }

    [Test]
    public void Every_folder_of_findings_is_read() => Assert.That(
        Directory.GetDirectories(Findings).Select(Path.GetFileName), Is.SubsetOf(Surfaces.Select(surface => surface.Name)).And.Not.Empty);

    /// <summary>What a long run has found stays here, byte for byte: <c>Fuzzing/findings/SURFACE/NAME</c>.</summary>
    [TestCaseSource(nameof(Surfaces))]
    public void What_was_found_before_stays_mended(FuzzSurface surface)
    {
        var folder = Path.Combine(Findings, surface.Name);
        var found = Directory.Exists(folder) ? Directory.GetFiles(folder) : [];

        Assert.That(found.Select(file => Fault(surface, File.ReadAllBytes(file))).OfType<string>(), Is.Empty);
    }

    /// <summary>
    /// <c>GATE_FUZZ_SURFACE</c> names one (else all), <c>GATE_FUZZ_ROUNDS</c> how many inputs each (else as many as fit into
    /// <c>GATE_FUZZ_SECONDS</c>), <c>GATE_FUZZ_SEED</c> where to begin, <c>GATE_FUZZ_OUT</c> a folder for what is found.
    /// </summary>
    [Test, Explicit("runs for GATE_FUZZ_SECONDS")]
    public void A_long_run_over_hostile_input_finds_nothing()
    {
        var rounds = Number("GATE_FUZZ_ROUNDS", int.MaxValue);
        var seconds = Number("GATE_FUZZ_SECONDS", 60);
        var first = Number("GATE_FUZZ_SEED", 1);
        var only = Environment.GetEnvironmentVariable("GATE_FUZZ_SURFACE");
        var surfaces = FuzzSurface.All.Where(surface => only is null || only.Split(',').Contains(surface.Name)).ToArray();
        var faults = new ConcurrentQueue<string>();

        // Those of which fewest were tried, a second each: what is tried is spread evenly, and told as it goes on.
        var runs = surfaces.Select(surface => new Run(surface, new FuzzInput(surface.Seeds()))).ToArray();
        for (var start = Clock.GetTimestamp(); Clock.GetElapsedTime(start).TotalSeconds < seconds && runs.Any(run => run.Count < rounds);)
        {
            Parallel.ForEach(runs.OrderBy(run => run.Count).Take(Environment.ProcessorCount), run =>
            {
                for (var turn = Clock.GetTimestamp(); Clock.GetElapsedTime(turn) < Turn && run.Count < rounds; run.Count++)
                {
                    var bytes = run.Input.Make(first + run.Count);
                    var begun = Clock.GetTimestamp();
                    var fault = Fault(run.Surface, bytes);
                    if (fault is null && Clock.GetElapsedTime(begun) >= Hanging)
                        fault = $"{run.Surface.Name}: took {Clock.GetElapsedTime(begun)} for {Convert.ToBase64String(bytes)}";
                    if (fault is null)
                        continue;
                    faults.Enqueue(fault);
                    Keep(run.Surface, first + run.Count, bytes);
                }
            });
            Tell(runs, faults.Count);
        }

        Assert.That(faults, Is.Empty);
    }

    private static void Tell(Run[] runs, int faults)
    {
        var text = string.Join('\n', runs.Select(run => $"{run.Surface.Name}: {run.Count:N0}")) + $"\nfaults: {faults:N0}\n";
        if (Environment.GetEnvironmentVariable("GATE_FUZZ_OUT") is { Length: > 0 } folder)
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(folder).FullName, "figures.txt"), text);
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static void Keep(FuzzSurface surface, int seed, byte[] bytes)
    {
        if (Environment.GetEnvironmentVariable("GATE_FUZZ_OUT") is not { Length: > 0 } folder)
            return;
        Directory.CreateDirectory(Path.Combine(folder, surface.Name));
        File.WriteAllBytes(Path.Combine(folder, surface.Name, $"{seed}"), bytes);
    }

    private static string PathOf(FuzzSurface surface) => Path.Combine(Folder, $"gate-fuzz-{Environment.ProcessId}-{surface.Name}");

    private sealed class Run(FuzzSurface surface, FuzzInput input)
    {
        public FuzzSurface Surface { get; } = surface;

        public FuzzInput Input { get; } = input;

        public int Count { get; set; }
    }

    /// <summary>What is wrong with how an input ended; null if it ended well.</summary>
    private static string? Fault(FuzzSurface surface, byte[] bytes)
    {
        try
        {
            surface.Read(bytes, PathOf(surface));
        }
        catch (GateException exception) when (exception.Message.Length > 0 && !exception.Message.Contains("   at "))
        {
        }
        catch (Exception exception)
        {
            var places = string.Join(" <", (exception.StackTrace ?? "").Split('\n').Take(3).Select(line => line.Trim()));
            return $"{surface.Name}: {exception.GetType().Name}: {exception.Message} {places} for {Convert.ToBase64String(bytes)}";
        }
        return null;
    }
}
