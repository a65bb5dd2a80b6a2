using GateAction.Cel.Values;
using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.Sources;
using GateAction.StandIns;
using GateAction.StandIns.GitHub.State;
using GateAction.StandIns.Staging;

namespace GateAction.Tests.EndToEnd;

/// <summary>The <c>github</c> probe over real sockets: what GitHub knows of a commit.</summary>
internal sealed class GitHubProbeTests
{
    private const string Manifest =
        """
        version: 1
        probes:
          ci: { github: judged, environment: staging, ignore: ["codecov/*"] }
        criteria:
          green: ci.checks.failed == 0 && ci.checks.states["build"] == "passed"
          deployed: ci.deployment.state == "success"
        """;

    [Test]
    public async Task Check_runs_statuses_and_the_deployment_are_facts()
    {
        await using var world = await DemoWorld.StartAsync(Scenario.Healthy, Manifest);
        var sha = world.GitHub.Repository.Pulls[0].HeadSha;
        AddCheck(world, sha, "build", "success");
        AddCheck(world, sha, "docs", "skipped");
        AddCheck(world, sha, "own job", null, $"https://github.example.com/acme/shop/actions/runs/{world.Job["GITHUB_RUN_ID"]}/job/7");
        AddStatus(world, sha, "failure", "codecov/patch");
        AddStatus(world, sha, "failure", "external/e2e");
        world.GitHub.Repository.Deployments.Add(Deployed(world, sha));

        var run = await ProgramRun.InJobAsync(world, "run");

        var facts = Facts(world);
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), run.Error);
            Assert.That(Count(facts, "total"), Is.EqualTo(3));
            Assert.That(Count(facts, "passed"), Is.EqualTo(1));
            Assert.That(Count(facts, "failed"), Is.EqualTo(1));
            Assert.That(Count(facts, "skipped"), Is.EqualTo(1));
            Assert.That(world.GitHub.Repository.Comments[0].Body, Does.Contain("external/e2e"));
            Assert.That(world.GitHub.Repository.Statuses[^1].Description, Does.StartWith("1 of 2 criteria failed: green"));
        });
    }

    [Test]
    public async Task A_commit_that_nobody_checked_is_not_green()
    {
        await using var world = await DemoWorld.StartAsync(Scenario.Healthy, Manifest);

        var run = await ProgramRun.InJobAsync(world, "run");

        Assert.That(run.ExitCode, Is.EqualTo(3), run.Error);
    }

    [Test]
    public async Task A_token_that_may_not_read_checks_is_told_the_line_to_add()
    {
        await using var world = await DemoWorld.StartAsync(Scenario.Healthy, Manifest);
        world.GitHub.Tokens[0] = world.GitHub.Tokens[0].Without("checks");

        var run = await ProgramRun.InJobAsync(world, "run");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(3), run.Error);
            Assert.That(world.GitHub.Repository.Comments[0].Body, Does.Contain("checks: read"));
        });
    }

    private static void AddCheck(DemoWorld world, string sha, string name, string? conclusion, string? url = null) =>
        world.GitHub.Repository.Checks.Add(new Check(world.GitHub.Repository.NextId(), sha, name, world.GitHub.Time.GetUtcNow())
        {
            Status = conclusion is null ? "in_progress" : "completed",
            Conclusion = conclusion,
            DetailsUrl = url,
        });

    private static void AddStatus(DemoWorld world, string sha, string state, string context) => world.GitHub.Repository.Statuses.Add(
        new Status(world.GitHub.Repository.NextId(), sha, state, context, null, null, "octocat", world.GitHub.Time.GetUtcNow()));

    private static StoredDeployment Deployed(DemoWorld world, string sha)
    {
        var deployment = new StoredDeployment(world.GitHub.Repository.NextId(), sha, "staging");
        deployment.States.Add(("success", "https://staging.example.com"));
        return deployment;
    }

    private static ValueMap Facts(DemoWorld world)
    {
        using var stream = File.OpenRead(Path.Combine(world.Job.Directory, "gate-report", "evidence.json"));
        return EvidenceJson.Read(stream, "evidence.json", SourceKinds.EvidenceOf).Measurements["ci"].Facts.AsMap;
    }

    private static long Count(ValueMap facts, string name) =>
        facts.TryGet("checks", out var checks) && checks.AsMap.TryGet(name, out var count)
        ? count.AsInt
        : throw new GateException($"no {name}");
}
