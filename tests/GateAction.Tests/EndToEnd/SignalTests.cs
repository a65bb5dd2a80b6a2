using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using GateAction.StandIns.GitHub;
using GateAction.Tests.GitHub;

namespace GateAction.Tests.EndToEnd;

/// <summary>A job that is cancelled while it measures: the runner sends the process a signal and kills it some seconds later.</summary>
internal sealed class SignalTests
{
    [TestCase("INT")]
    [TestCase("TERM")]
    [TestCase("HUP")]
    [TestCase("QUIT")]
    [CancelAfter(120_000)]
    public async Task A_run_that_is_told_to_stop_leaves_no_status_pending(string signal, CancellationToken cancellation)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var scene = await GateScene.StartAsync();
        var manifest =
            $"version: 1\nname: staging\nprobes: {{ backend: {{ http: "
            + $"\"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/?after=${{arch.json.violations}}\", timeout: 5m }}, arch: {{ "
            + $"file: arch.json }} }}\ncriteria: {{ up: backend.ok, few: arch.json.violations == 0 }}\n";
        scene.Pull.BaseSha = scene.GitHub.Repository.AddCommit("main", (".github/gate.yml", manifest)).Sha;
        await scene.PublishAsync(scene.Job(runId: 99), GateScene.Report());
        scene.GitHub.Repository.Statuses.Clear();
        var job = scene.Job();
        await File.WriteAllTextAsync(Path.Combine(job.Directory, "arch.json"), """{"violations": 0}""", cancellation);
        using var process = GateProcess.Start(job.Directory, job.Variables, "run");
        using var request = await silent.AcceptTcpClientAsync(cancellation);
        Assert.That(scene.GitHub.Repository.Statuses.Select(status => status.State), Is.EqualTo(["pending"]));
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        finally
        {
            process.Kill();
        }

        Assert.That(scene.GitHub.Repository.Statuses, Has.Count.EqualTo(2), "pending, and one last word");
        Assert.That(scene.FinalStatuses.Single().State, Is.AnyOf("failure", "error"), scene.FinalStatuses.Single().Description);
        Assert.That(process.ExitCode, Is.AnyOf(3, 4));
        var evidence = await File.ReadAllTextAsync(Path.Combine(job.Directory, "gate-report", "evidence.json"), cancellation);
        var comment = scene.GitHub.Repository.Comments.Single().Body;
        Assert.That(evidence, Does.Contain("\"violations\": 0").And.Contain("was not measured: the run was stopped"),
            "what was measured is kept");
        Assert.That(comment, Does.Contain("the run was stopped").And.Not.Contain("All 14 criteria met"),
            "the comment of the run before does not stand for this one");
    }

    [TestCase(FaultKind.TimeoutBeforeTheWrite)]
    [TestCase(FaultKind.TimeoutAfterTheWrite)]
    [CancelAfter(120_000)]
    public async Task A_run_that_is_told_to_stop_while_it_says_that_it_begins_leaves_no_status_pending(FaultKind hang,
        CancellationToken cancellation)
    {
        await using var scene = await GateScene.StartAsync();
        scene.GitHub.Fail(hang, IsStatus, times: 1);
        var job = scene.Job();
        using var process = GateProcess.Start(job.Directory, job.Variables, "run");
        await Eventually.TrueAsync(() => scene.GitHub.Requests.Any(IsStatus), "the first status is on its way");
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync(cancellation);

        var states = scene.GitHub.Repository.Statuses.Select(status => status.State).ToList();
        Assert.That(states.Where(state => state != "pending"), Is.EqualTo(["error"]), string.Join(", ", states));
        Assert.That(states[^1], Is.EqualTo("error"));
        Assert.That(process.ExitCode, Is.AnyOf(3, 4));
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task A_limit_that_GitHub_names_before_the_first_status_is_waited_out_beyond_the_timeout(CancellationToken cancellation)
    {
        await using var scene = await GateScene.StartAsync();
        scene.GitHub.RetryAfter = TimeSpan.FromSeconds(8);
        scene.GitHub.Fail(FaultKind.SecondaryLimit, IsStatus, times: 1);
        var job = scene.Job();
        await File.WriteAllTextAsync(Path.Combine(job.Directory, "compliance.json"), """{"violations": 0}""", cancellation);

        var run = await GateProcess.RunAsync(job.Directory, job.Variables, "run", "--timeout", "2s");

        Assert.That(scene.GitHub.Repository.Statuses.Select(status => status.State), Is.EqualTo(["pending", "success"]), run.Error);
    }

    private static bool IsStatus(RecordedRequest request) =>
        request.Method == "POST" && request.Path.Contains("/statuses/", StringComparison.Ordinal);
}
