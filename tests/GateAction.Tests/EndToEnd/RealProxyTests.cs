using System.Text.Json;
using GateAction.StandIns.Staging;

namespace GateAction.Tests.EndToEnd;

/// <summary>What a request went through is told, with a proxy as people install it.</summary>
internal sealed class RealProxyTests
{
    [TestCase("", true)]
    [TestCase("127.0.0.1", false)]
    public async Task A_proxy_between_is_a_fact(string noProxy, bool isBetween)
    {
        await using var staging = await StagingServer.StartAsync(Scenario.Healthy);
        using var proxy = await RealServer.TinyproxyAsync();

        var (run, facts) = await RunAsync(staging.Url, proxy.Url, noProxy,
            isBetween ? "backend.proxy.startsWith(\"http:\")" : "!has(backend.proxy)");

        Assert.That(run.ExitCode, Is.Zero, run.Out + run.Error);
        Assert.That(facts.TryGetProperty("proxy", out var named) ? named.GetString() : null,
            Is.EqualTo(isBetween ? proxy.Url.ToString().TrimEnd('/') : null));
    }

    [Test]
    public async Task A_proxy_that_cannot_be_reached_is_named_and_no_fault_of_the_target()
    {
        await using var staging = await StagingServer.StartAsync(Scenario.Healthy);

        var (run, _) = await RunAsync(staging.Url, new("http://127.0.0.1:9"), "", "backend.ok");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Out, Does.Contain("could not be reached: the proxy: connection refused (127.0.0.1:9)"));
    }

    [Test]
    public async Task A_target_behind_a_proxy_that_is_not_there_is_never_met()
    {
        using var proxy = await RealServer.TinyproxyAsync();

        var (run, facts) = await RunAsync(new("http://127.0.0.1:9"), proxy.Url, "", "backend.ok");

        Assert.That(run.ExitCode, Is.EqualTo(1), run.Out);
        Assert.That(facts.GetProperty("status").GetInt32(), Is.GreaterThanOrEqualTo(500));
    }

    private static async Task<(ProgramRun Run, JsonElement Facts)> RunAsync(Uri target, Uri proxy, string noProxy, string condition)
    {
        var folder = Directory.CreateTempSubdirectory("gate-proxy-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "gate.yml"),
            $"version: 1\ndefaults: {{ attempts: 1 }}\nprobes: {{ backend: {{ http: '{target}health' }} }}\ncriteria: {{ it: "
            + $"'{condition}' }}\n");
        var run = await GateProcess.RunAsync(folder,
            new Dictionary<string, string> { ["HTTP_PROXY"] = proxy.ToString(), ["NO_PROXY"] = noProxy }, "run");
        using var evidence = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "gate-report", "evidence.json")));
        Directory.Delete(folder, recursive: true);
        return (run, evidence.RootElement.GetProperty("measurements").GetProperty("backend").GetProperty("facts").Clone());
    }
}
