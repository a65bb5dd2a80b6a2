using System.Net;
using System.Net.Sockets;
using GateAction.StandIns;
using GateAction.StandIns.GitHub;
using GateAction.StandIns.Staging;

namespace GateAction.Tests.EndToEnd;

/// <summary>What bad input gets: one sentence, the right exit code, the status where that is possible, and the report files in any
/// case.</summary>
internal sealed class BadInputTests
{
    private static readonly string[] PendingThenError = ["pending", "error"];

    private const string Small =
        """
        version: 1
        name: staging
        env: [STAGING_URL]
        target: ${STAGING_URL}
        probes:
          backend: { http: /health }
        criteria:
          healthy: backend.status == 200
        """;

    [TestCase("name: staging\ncriteria: [", "gate.yml:2:12", TestName = "A manifest that is not YAML")]
    [TestCase("- 1\n- 2\n", "expected a mapping", TestName = "A manifest that is no mapping")]
    [TestCase("version: 1\nname: staging\ncriteria: { a: bakend.status == 200 }\n", "bakend", TestName = "An unknown probe in a condition")]
    [TestCase(
        "version: 1\nname: staging\nenv: [NOT_SET]\ntarget: ${NOT_SET}\nprobes: { a: { http: / } }\ncriteria: { a: a.status == 200 }\n",
        "NOT_SET", TestName = "An unset variable")]
    [TestCase("", "empty", TestName = "An empty manifest")]
    public async Task A_bad_manifest_ends_the_status_with_a_sentence(string manifest, string mentions)
    {
        await using var world = await DemoWorld.StartAsync(Scenario.Healthy, manifest);

        var run = await ProgramRun.InJobAsync(world, "run");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2), run.Error);
            Assert.That(run.Error, Does.Contain(mentions).And.Not.Contain("   at "));
            Assert.That(ProgramRun.StatesOf(world), Is.EqualTo(PendingThenError));
            Assert.That(world.GitHub.Repository.Statuses[^1].Context, Is.EqualTo("gate/staging"));
            Assert.That(world.GitHub.Repository.Comments[0].Body, Does.Contain("Blocked"));
            Assert.That(Path.Combine(world.Job.Directory, "gate-report", "report.md"), Does.Exist);
        });
    }

    [Test]
    public async Task No_manifest_anywhere()
    {
        await using var world = await DemoWorld.StartAsync(Scenario.Healthy, Small);
        world.Job["INPUT_MANIFEST"] = "ci/gate.yml";

        var run = await ProgramRun.InJobAsync(world, "run");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Error, Does.Contain("there is no manifest at commit").And.Contain("'ci/gate.yml'"));
            Assert.That(ProgramRun.StatesOf(world), Is.EqualTo(PendingThenError));
            Assert.That(world.GitHub.Repository.Statuses[^1].Description,
                Does.StartWith("nothing measured: there is no manifest at commit"));
            Assert.That(world.GitHub.Repository.Comments[0].Body,
                Does.Contain("there is no manifest to judge by").And.Contain("ci/gate.yml"));
            Assert.That(Path.Combine(world.Job.Directory, "gate-report", "report.md"), Does.Exist);
        });
    }

    [TestCase("run", "--timeout", "soon", "'timeout' is 'soon'")]
    [TestCase("run", "--only", "nobody", "'only' names 'nobody'")]
    [TestCase("run", "--report", "loud", "'report' is 'loud'")]
    [TestCase("run", "--baseline", "nowhere.json", "the evidence 'nowhere.json' cannot be read: there is no such file")]
    [TestCase("decide", "nowhere.json", "--out", "the evidence 'nowhere.json' cannot be read: there is no such file", "x")]
    [TestCase("publish", "nowhere.json", "--comment", "the evidence 'nowhere.json' cannot be read: there is no such file", "off")]
    public async Task A_wrong_option_is_one_sentence(string command, string first, string second, string sentence, string? third = null)
    {
        await using var world = await DemoWorld.StartAsync(Scenario.Healthy, Small);

        var run = await ProgramRun.InJobAsync(world, third is null ? [command, first, second] : [command, first, second, third]);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2), run.Error);
            Assert.That(run.Error, Does.Contain(sentence).And.Not.Contain("   at "));
            Assert.That(ProgramRun.StatesOf(world), Has.None.EqualTo("success").And.None.EqualTo("pending").Or.Some.EqualTo("error"));
        });
    }

    [Test]
    public async Task No_token_still_measures_and_says_that_nothing_was_published()
    {
        await using var world = await DemoWorld.StartAsync(Scenario.Healthy, Small);
        world.Job["INPUT_GITHUB-TOKEN"] = "";
        world.Job["INPUT_MANIFEST-FROM"] = "workspace";
        await File.WriteAllTextAsync(Path.Combine(world.Job.Directory, "gate.yml"), Small);

        var run = await ProgramRun.InJobAsync(world, "run");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(4), run.Error);
            Assert.That(run.Error, Does.Contain("there is no token"));
            Assert.That(Path.Combine(world.Job.Directory, "gate-report", "verdict.json"), Does.Exist);
        });
    }

    [Test]
    public async Task A_token_without_the_permission_gets_the_yaml_to_add()
    {
        await using var world = await DemoWorld.StartAsync(Scenario.Healthy, Small);
        world.GitHub.Tokens[0] = world.GitHub.Tokens[0].Without("statuses");

        var run = await ProgramRun.InJobAsync(world, "run");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(4), run.Error);
            Assert.That(run.Error, Does.Contain("statuses: write"));
            Assert.That(world.GitHub.Repository.Comments, Has.Count.EqualTo(1));
        });
    }

    [TestCase(FaultKind.ServerError, 4)]
    [TestCase(FaultKind.BadCredentials, 4)]
    [TestCase(FaultKind.NotAccessible, 4)]
    [TestCase(FaultKind.NotFound, 4)]
    public async Task A_GitHub_that_refuses_every_status_costs_the_publication_and_not_the_report(FaultKind fault, int exitCode)
    {
        await using var world = await DemoWorld.StartAsync(Scenario.Healthy, Small);
        world.GitHub.Fail(fault, request => request.Path.Contains("/statuses/", StringComparison.Ordinal), times: 1000);

        var run = await ProgramRun.InJobAsync(world, "run");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(exitCode), run.Error);
            Assert.That(run.Error, Does.Contain("the status cannot be set").And.Not.Contain("   at "));
            Assert.That(Path.Combine(world.Job.Directory, "gate-report", "verdict.json"), Does.Exist);
        });
    }

    [Test]
    public async Task A_GitHub_that_is_not_there_ends_with_a_sentence()
    {
        await using var world = await DemoWorld.StartAsync(Scenario.Healthy, Small);
        world.Job["GITHUB_API_URL"] = "http://127.0.0.1:9";

        var run = await ProgramRun.InJobAsync(world, "run");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(4), run.Error);
            Assert.That(run.Error, Does.Contain("cannot be read").And.Not.Contain("   at "));
            Assert.That(Path.Combine(world.Job.Directory, "gate-report", "report.md"), Does.Exist);
        });
    }

    [Test]
    public async Task A_run_that_is_stopped_still_says_its_last_word()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var manifest = Small.Replace("{ http: /health }", $"{{ http: \"http://{silent.LocalEndpoint}/\", timeout: 60s }}",
            StringComparison.Ordinal);
        await using var world = await DemoWorld.StartAsync(Scenario.Healthy, manifest);
        using var stop = new CancellationTokenSource();

        var running = ProgramRun.InAsync(world.Job.Directory, name => world.Job[name], stop.Token, "run");
        using var request = await silent.AcceptTcpClientAsync();
        await stop.CancelAsync();
        var run = await running;

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(3), run.Error);
            Assert.That(ProgramRun.StatesOf(world)[^1], Is.EqualTo("failure"));
            Assert.That(Path.Combine(world.Job.Directory, "gate-report", "evidence.json"), Does.Exist);
        });
    }
}
