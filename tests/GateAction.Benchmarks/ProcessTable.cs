using System.Diagnostics;
using System.Globalization;
using System.Text;
using GateAction.StandIns;
using GateAction.StandIns.Staging;

namespace GateAction.Benchmarks;

/// <summary>
/// The table of docs/performance.md: whole processes of the program that ships, in turn with another program, and their peaks of memory.
/// <c>GATE_PROGRAM</c> names a program that is built already, <c>HURL</c> a Hurl that is not on the path.
/// </summary>
internal static class ProcessTable
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

    private const string BareReader =
        """
        using var stream = new FileStream(args[0], FileMode.Open, FileAccess.Read);
        using var reader = System.Xml.XmlReader.Create(stream, new() { DtdProcessing = System.Xml.DtdProcessing.Prohibit });
        var nodes = 0;
        while (reader.Read())
            nodes++;
        return nodes > 0 ? 0 : 1;
        """;

    public static async Task<int> RunAsync(int pairs)
    {
        var folder = Directory.CreateTempSubdirectory("gate-bench-").FullName;
        var gate = Environment.GetEnvironmentVariable("GATE_PROGRAM") is { Length: > 0 } path
            ? path
            : HelloWorld.Gate(Path.Combine(folder, "gate"));
        Console.WriteLine("| whole process | time | beside | its time | ratio |\n|---|---|---|---|---|");
        await SmallRunsAsync(pairs, folder, gate);
        await using var staging = await StagingServer.StartAsync(Scenario.Healthy);
        await LoadAsync(pairs, folder, gate, staging.Url);
        await ResultFileAsync(pairs, folder, gate);
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static async Task SmallRunsAsync(int pairs, string folder, string gate)
    {
        var hello = HelloWorld.PublishProgram(Path.Combine(folder, "hello"), "hello", "System.Console.WriteLine(\"Hello, world\");");
        await using var world = await DemoWorld.StartAsync(Scenario.Healthy, BenchManifests.FiveProbes);
        var manifest = Path.Combine(folder, "ninety.yml");
        await File.WriteAllTextAsync(manifest, BenchManifests.NinetyEntries);
        var validate = new ProcessStartInfo(gate, ["validate", manifest]);
        await File.WriteAllTextAsync(Path.Combine(world.Job.Directory, "here.yml"),
            BenchManifests.FiveProbes.Replace("github.sha", "backend.json.git_sha"));
        var run = InJob(new(gate, ["run", "--manifest", "here.yml"]), world, name => name.StartsWith("STAGING_", StringComparison.Ordinal));
        var inPullRequest = InJob(new(gate, ["run"]), world, _ => true);

        await CompareAsync(pairs, "`gate validate`, 90 entries", validate, "hello, world", new(hello));
        await CompareAsync(pairs, "`gate run`, 5 probes, 10 criteria, JUnit", run, "hello, world", new(hello));
        await CompareAsync(pairs, "the same on a pull request, with comment and status", inPullRequest, "hello, world", new(hello));
        await PeakAsync("`gate validate`, 90 entries", validate);
        await PeakAsync("`gate run`, 5 probes", run);
    }

    private static ProcessStartInfo InJob(ProcessStartInfo start, DemoWorld world, Func<string, bool> isSeen)
    {
        start.WorkingDirectory = world.Job.Directory;
        foreach (var (name, value) in world.Job.Variables.Where(variable => isSeen(variable.Key)))
            start.Environment[name] = value;
        return start;
    }

    private static async Task LoadAsync(int pairs, string folder, string gate, Uri staging)
    {
        var bare = HelloWorld.PublishProgram(Path.Combine(folder, "bare"), "bare", BareLoop);
        var slow = $"{staging}chaos/slow/50";
        await CompareAsync(pairs, "200 probes at 50 ms, 200 in flight", GateRun(folder, gate, slow, 200), "bare loop",
            new(bare, [slow, $"{Probes}"]));
        foreach (var (delay, inFlight) in new[] { (0, 50), (0, 200), (50, 50), (50, 200) })
        {
            var url = $"{staging}chaos/slow/{delay}";
            if (FindHurl() is { } hurl)
                await CompareAsync(pairs, $"200 probes at {delay} ms, {inFlight} in flight", GateRun(folder, gate, url, inFlight), "Hurl",
                    Hurl(hurl, folder, url, inFlight));
        }
        await PeakAsync("200 probes", GateRun(folder, gate, slow, 200));
        await PeakAsync("200 answers of 1 MiB that conditions read", GateRun(folder, gate, $"{staging}chaos/large-json/1048576", 64));
    }

    private static async Task ResultFileAsync(int pairs, string folder, string gate)
    {
        var bare = HelloWorld.PublishProgram(Path.Combine(folder, "reader"), "reader", BareReader);
        var file = Path.Combine(folder, "junit.xml");
        BigFiles.All.Single(big => big.Format == "junit").Write(file, 50_000_000);
        var read = new ProcessStartInfo(gate, ["results", file]);
        await CompareAsync(pairs, "JUnit, 50 MB", read, "bare `XmlReader` pass", new(bare, [file]));
        await PeakAsync("JUnit, 50 MB", read);
    }

    private static async Task CompareAsync(int pairs, string name, ProcessStartInfo mine, string otherName, ProcessStartInfo other)
    {
        var (time, otherTime, ratio) = await ProcessTime.CompareAsync(pairs, mine, other);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {time.TotalMilliseconds:0} ms | {otherName} | {otherTime.TotalMilliseconds:0} ms | {ratio:0.00} |"));
    }

    private static async Task PeakAsync(string name, ProcessStartInfo command) =>
        Console.WriteLine($"| {name} | {await ProcessTime.PeakAsync(command) / 1048576.0:0} MiB at its peak | | | |");

    private static ProcessStartInfo GateRun(string folder, string gate, string url, int inFlight)
    {
        var text = new StringBuilder($"version: 1\nname: load\nconcurrency: {{ total: 256, per-host: {inFlight} }}\nprobes:\n");
        for (var index = 0; index < Probes; index++)
            text.Append($"  p{index}: {{ http: '{url}' }}\n");
        text.Append("criteria:\n");
        for (var index = 0; index < Probes; index++)
            text.Append($"  c{index}-status: p{index}.status == 200\n  c{index}-other: p{index}.json.status == 'healthy'\n");
        var manifest = Path.Combine(folder, $"load-{inFlight}-{Path.GetFileName(url)}.yml");
        File.WriteAllText(manifest, text.ToString());
        return new ProcessStartInfo(gate, ["run", "--manifest", manifest, "--out", Path.Combine(folder, "report")])
        { WorkingDirectory = folder };
    }

    private static ProcessStartInfo Hurl(string hurl, string folder, string url, int inFlight)
    {
        var files = Enumerable.Range(0, Probes).Select(index => Path.Combine(folder, $"{index}.hurl")).ToArray();
        foreach (var file in files)
            File.WriteAllText(file, $"GET {url}\nHTTP 200\n[Asserts]\njsonpath \"$.status\" == \"healthy\"\n");
        return new ProcessStartInfo(hurl, ["--test", "--jobs", $"{inFlight}", .. files]);
    }

    private static string? FindHurl() =>
        Environment.GetEnvironmentVariable("HURL") is { Length: > 0 } named
            ? named
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "hurl"))
            .FirstOrDefault(File.Exists);
}
