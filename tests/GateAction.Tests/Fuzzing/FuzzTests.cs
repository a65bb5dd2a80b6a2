using System.Diagnostics;
using System.Globalization;
using GateAction.Core.Model;

namespace GateAction.Tests.Fuzzing;

/// <summary>Whatever strangers write, the gate ends with a value or with a sentence: nothing unhandled, nothing that hangs.</summary>
internal sealed class FuzzTests
{
    private const int Quick = 300;

    /// <summary>Longer than any input takes on a loaded machine.</summary>
    private static readonly TimeSpan Hanging = TimeSpan.FromSeconds(60);

    private static IEnumerable<FuzzSurface> Surfaces => FuzzSurface.All;

    [TestCaseSource(nameof(Surfaces))]
    public void Hostile_input_ends_in_a_value_or_a_sentence(FuzzSurface surface)
    {
        var input = new FuzzInput(surface.Seeds());

        Assert.That(Enumerable.Range(0, Quick).Select(seed => Fault(surface, input.Make(seed))).OfType<string>(), Is.Empty);
    }

    /// <summary>What a long run has found stays here, byte for byte: <c>Fuzzing/findings/SURFACE/NAME</c>.</summary>
    [TestCaseSource(nameof(Surfaces))]
    public void What_was_found_before_stays_mended(FuzzSurface surface)
    {
        var folder = Path.Combine(TestFiles.Repository, "tests", "GateAction.Tests", "Fuzzing", "findings", surface.Name);
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
        var faults = new List<string>();

        foreach (var surface in surfaces)
        {
            var (input, watch, count) = (new FuzzInput(surface.Seeds()), Stopwatch.StartNew(), 0);
            for (; count < rounds && watch.Elapsed.TotalSeconds < (double)seconds / surfaces.Length; count++)
            {
                var bytes = input.Make(first + count);
                if (Fault(surface, bytes) is not { } fault)
                    continue;
                faults.Add(fault);
                Keep(surface, first + count, bytes);
            }
            TestContext.Progress.WriteLine($"{surface.Name}: {count:N0} inputs in {watch.Elapsed.TotalSeconds:N0} s");
        }

        Assert.That(faults, Is.Empty);
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

    /// <summary>What is wrong with how an input ended; null if it ended well.</summary>
    private static string? Fault(FuzzSurface surface, byte[] bytes)
    {
        var file = Path.Combine(Path.GetTempPath(), $"gate-fuzz-{Environment.ProcessId}-{surface.Name}");
        var watch = Stopwatch.StartNew();
        try
        {
            surface.Read(bytes, file);
        }
        catch (GateException exception) when (exception.Message.Length > 0 && !exception.Message.Contains("   at "))
        {
            return null;
        }
        catch (Exception exception)
        {
            return $"{surface.Name}: {exception.GetType().Name}: {exception.Message} for {Convert.ToBase64String(bytes)}";
        }
        finally
        {
            File.Delete(file);
        }
        return watch.Elapsed < Hanging ? null : $"{surface.Name}: took {watch.Elapsed} for {Convert.ToBase64String(bytes)}";
    }
}
