using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using GateAction.Tests.GitHub;

namespace GateAction.Tests.EndToEnd;

/// <summary>A job that is cancelled while it measures: the runner sends the process a signal and kills it some seconds later.</summary>
internal sealed class SignalTests
{
    [TestCase("INT")]
    [TestCase("TERM")]
    public async Task A_run_that_is_told_to_stop_leaves_no_status_pending(string signal)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var scene = await GateScene.StartAsync();
        var manifest = $"version: 1\nname: staging\nprobes: {{ backend: {{ http: http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/, timeout: 5m }} }}\ncriteria: {{ up: backend.ok }}\n";
        scene.Pull.BaseSha = scene.GitHub.Repository.AddCommit("main", (".github/gate.yml", manifest)).Sha;
        var job = scene.Job();
        using var process = Start(job.Variables, job.Directory);
        using var request = await silent.AcceptTcpClientAsync();
        Assert.That(scene.GitHub.Repository.Statuses.Select(status => status.State), Is.EqualTo(["pending"]));
        var clock = Stopwatch.StartNew();

        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await process.WaitForExitAsync();

        Assert.That(scene.GitHub.Repository.Statuses, Has.Count.EqualTo(2), "pending, and one last word");
        Assert.That(scene.FinalStatuses.Single().State, Is.AnyOf("failure", "error"), scene.FinalStatuses.Single().Description);
        Assert.That(process.ExitCode, Is.AnyOf(3, 4));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)));
    }

    private static Process Start(IReadOnlyDictionary<string, string> variables, string directory)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "run"]) { WorkingDirectory = directory, RedirectStandardOutput = true };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
