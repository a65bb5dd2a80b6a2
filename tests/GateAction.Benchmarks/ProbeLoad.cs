using System.Diagnostics;
using System.Text;
using GateAction.StandIns;
using GateAction.StandIns.Staging;

namespace GateAction.Benchmarks;

/// <summary>
/// Whole processes: <c>gate run</c> over 200 http probes with two conditions each, beside a bare .NET loop with 200 requests in flight and, where they
/// are installed, Hurl and curl with 50 at a time.
/// </summary>
internal static class ProbeLoad
{
    private const int Probes = 200;

    private const string BareLoop =
        """
        using var client = new HttpClient();
        var statuses = await Task.WhenAll(Enumerable.Range(0, int.Parse(args[1])).Select(async _ =>
        {
            using var answer = await client.GetAsync(args[0]);
            using var json = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
            return (int)answer.StatusCode == 200 && json.RootElement.GetProperty("status").GetString() == "healthy";
        }));
        return statuses.All(isMet => isMet) ? 0 : 1;
        """;

    public static async Task<int> RunAsync(int runs)
    {
        var folder = Directory.CreateTempSubdirectory("gate-bench-").FullName;
        var bare = HelloWorld.PublishProgram(Path.Combine(folder, "bare"), "bare", BareLoop);
        var gate = HelloWorld.Publish(Path.Combine(DemoRepository.Path, "src/GateAction/GateAction.csproj"), Path.Combine(folder, "gate"), "gate");
        var whole = HelloWorld.PublishWhole(Path.Combine(DemoRepository.Path, "src/GateAction/GateAction.csproj"), Path.Combine(folder, "whole"), "gate");
        await using var staging = await StagingServer.StartAsync(Scenario.Healthy);
        foreach (var (delay, path) in new[] { ("0 ms", "chaos/slow/0"), ("50 ms", "chaos/slow/50") })
        {
            var url = $"{staging.Url}{path}";
            var commands = Commands(folder, bare, gate, whole, url).ToArray();
            var medians = await ProcessTime.MediansAsync(runs, [.. commands.Select(command => command.Start)]);
            Console.WriteLine($"200 probes of a server that answers after {delay}");
            foreach (var ((name, _), time) in commands.Zip(medians))
                Console.WriteLine($"  {name,-40}{time.TotalMilliseconds,7:0} ms{time / medians[0],8:0.00} ×");
        }
        foreach (var (name, path) in new[] { ("200 small answers", "chaos/slow/0"), ("200 JSON answers of 1 MiB", "chaos/large-json/1048576") })
        {
            Console.WriteLine($"peak memory, {name}, 64 in flight");
            foreach (var (what, program) in new[] { ("gate run", gate), ("the same with its runtime", whole) })
                Console.WriteLine($"  {what,-40}{await PeakAsync(GateRun(folder, program, $"{staging.Url}{path}", 64)) / 1048576.0,7:0} MiB");
        }
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static IEnumerable<(string Name, ProcessStartInfo Start)> Commands(string folder, string bare, string gate, string whole, string url)
    {
        yield return ("bare .NET loop, 200 in flight", new ProcessStartInfo(bare, [url, $"{Probes}"]));
        yield return ("gate run, 200 in flight", GateRun(folder, gate, url, 200));
        yield return ("gate run, 64 in flight (the default)", GateRun(folder, gate, url, 64));
        yield return ("the same with its runtime, 200 in flight", GateRun(folder, whole, url, 200));
        if (IsInstalled("curl"))
            yield return ("curl --parallel-max 50, unjudged", new ProcessStartInfo("curl", ["--silent", "--parallel", "--parallel-max", "50", .. Enumerable.Repeat(url, Probes).SelectMany(one => new[] { one, "--output", "/dev/null" })]));
        if (IsInstalled("hurl"))
            yield return ("hurl --jobs 50", Hurl(folder, url));
    }

    private static ProcessStartInfo GateRun(string folder, string gate, string url, int inFlight)
    {
        var text = new StringBuilder($"version: 1\nname: load\nconcurrency: {{ total: 256, per-host: {inFlight} }}\nprobes:\n");
        for (var index = 0; index < Probes; index++)
            text.Append($"  p{index}: {{ http: '{url}' }}\n");
        text.Append("criteria:\n");
        for (var index = 0; index < Probes; index++)
            text.Append($"  c{index}-status: p{index}.status == 200\n  c{index}-other: p{index}.json.status == 'healthy'\n");
        var manifest = Path.Combine(folder, $"load-{inFlight}-{url.GetHashCode():x}.yml");
        File.WriteAllText(manifest, text.ToString());
        return new ProcessStartInfo(gate, ["run", "--manifest", manifest, "--out", Path.Combine(folder, "report")]) { WorkingDirectory = folder };
    }

    private static ProcessStartInfo Hurl(string folder, string url)
    {
        var files = Enumerable.Range(0, Probes).Select(index => Path.Combine(folder, $"{index}.hurl")).ToArray();
        foreach (var file in files)
            File.WriteAllText(file, $"GET {url}\nHTTP 200\n[Asserts]\njsonpath \"$.status\" == \"healthy\"\n");
        return new ProcessStartInfo("hurl", ["--test", "--jobs", "50", .. files]);
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>The kernel's high-water mark, looked at until the process ends.</summary>
    private static async Task<long> PeakAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var peak = 0L;
        while (!process.HasExited)
        {
            process.Refresh();
            peak = Math.Max(peak, process.HasExited ? 0 : process.PeakWorkingSet64);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }
        await output;
        return peak;
    }
}
