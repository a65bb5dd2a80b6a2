using System.Diagnostics;
using GateAction.StandIns;
using GateAction.StandIns.Staging;

namespace GateAction.Benchmarks;

/// <summary>
/// Whole processes, cold: <c>gate validate</c> on a manifest of a hundred lines and <c>gate run</c> against the stand-ins, beside a program that only greets.
/// </summary>
internal static class ProcessStart
{
    private static readonly string[] Rows = ["hello, world", "gate validate, 100 lines", "gate run, 5 probes, 10 criteria"];

    public static async Task<int> RunAsync(int runs)
    {
        var folder = Directory.CreateTempSubdirectory("gate-bench-").FullName;
        var hello = HelloWorld.Publish(Path.Combine(folder, "hello"));
        var gate = HelloWorld.Publish(Path.Combine(DemoRepository.Path, "src/GateAction/GateAction.csproj"), Path.Combine(folder, "gate"), "gate");
        await using var world = await DemoWorld.StartAsync(Scenario.Healthy, BenchManifests.FiveProbes);
        var manifest = Path.Combine(folder, "hundred.yml");
        await File.WriteAllTextAsync(manifest, BenchManifests.HundredLines);

        var medians = await ProcessTime.MediansAsync(
            runs,
            new ProcessStartInfo(hello),
            new ProcessStartInfo(gate, ["validate", manifest]),
            InJob(gate, world));

        Console.WriteLine($"{"",-34}{"median",10}{"over hello",12}");
        foreach (var (name, time) in Rows.Zip(medians))
            Console.WriteLine($"{name,-34}{time.TotalMilliseconds,7:0} ms{(time - medians[0]).TotalMilliseconds,9:0} ms");
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static ProcessStartInfo InJob(string gate, DemoWorld world)
    {
        var start = new ProcessStartInfo(gate, ["run"]) { WorkingDirectory = world.Job.Directory };
        foreach (var (name, value) in world.Job.Variables)
            start.Environment[name] = value;
        return start;
    }
}
