using GateAction.Core.Documents;
using GateAction.StandIns;
using GateAction.StandIns.Staging;

namespace GateAction.Tests.EndToEnd;

/// <summary>The main job against a staging environment and a GitHub over real sockets.</summary>
internal sealed class MainJobTests
{
    private static readonly string[] PendingThenSuccess = ["pending", "success"];
    private static readonly string[] PendingThenFailure = ["pending", "failure"];

    [TestCase(Scenario.Healthy, 0, "success", "10 of 10 criteria met, score 100%")]
    [TestCase(Scenario.Degraded, 0, "success", "8 of 10 criteria met, score 91.6%; degraded: backend-fast, postgres")]
    [TestCase(Scenario.Failing, 1, "failure", "2 of 10 criteria failed: orders, tests-green")]
    [TestCase(Scenario.Unreachable, 1, "failure", "7 of 10 criteria failed: runs-this-commit")]
    public async Task Each_scenario_ends_in_one_final_status_and_one_comment(Scenario scenario, int exitCode, string state,
    string description)
    {
        await using var world = await DemoWorld.StartAsync(scenario, DemoRepository.Example("first"));

        var run = await ProgramRun.InJobAsync(world, "run");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(exitCode), run.Error);
            Assert.That(ProgramRun.StatesOf(world), Is.EqualTo(state == "success" ? PendingThenSuccess : PendingThenFailure));
            Assert.That(world.GitHub.Repository.Statuses[^1].Context, Is.EqualTo("gate/staging"));
            Assert.That(world.GitHub.Repository.Statuses[^1].Description, Does.StartWith(description));
            Assert.That(world.GitHub.Repository.Statuses[^1].Sha, Is.EqualTo(world.GitHub.Repository.Pulls[0].HeadSha));
            Assert.That(world.GitHub.Repository.Comments, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task A_run_on_a_pull_request_asks_GitHub_at_most_twelve_times()
    {
        await using var world = await DemoWorld.StartAsync(Scenario.Healthy, DemoRepository.Example("first"));

        for (var run = 0; run < 2; run++)
        {
            var before = world.GitHub.Requests.Count;
            world.Job["GITHUB_RUN_ID"] = $"{100 + run}";
            await ProgramRun.InJobAsync(world, "run");

            var asked = world.GitHub.Requests.Skip(before).ToList();
            Assert.That(asked, Has.Count.InRange(7, 12), string.Join('\n', asked));
        }
    }

    [Test]
    public async Task Files_outputs_and_summary_are_written()
    {
        await using var world = await DemoWorld.StartAsync(Scenario.Failing, DemoRepository.Example("first"));

        await ProgramRun.InJobAsync(world, "run");

        var outputs = await File.ReadAllTextAsync(world.Job.OutputPath);
        var summary = await File.ReadAllTextAsync(world.Job.SummaryPath);
        using var stream = File.OpenRead(Path.Combine(world.Job.Directory, "gate-report", "verdict.json"));
        var verdict = VerdictJson.Read(stream, "verdict.json");
        Assert.Multiple(() =>
        {
            Assert.That(outputs, Does.Match("(?s)verdict<<.*\nfailed\n.*failed<<.*\n\\[\"orders\",\"tests-green\"\\]\n"));
            Assert.That(outputs, Does.Contain("gate-report/evidence.json").And.Contain("#issuecomment-"));
            Assert.That(summary, Does.Contain("Blocked"));
            Assert.That(verdict.Criteria, Has.Count.EqualTo(10));
        });
    }

    [Test]
    public async Task A_secret_is_nowhere_in_what_the_run_leaves()
    {
        await using var world = await DemoWorld.StartAsync(Scenario.Failing, DemoRepository.Example("first"));
        var token = world.Staging.State.Token;

        var run = await ProgramRun.InJobAsync(world, "run");

        var files = Directory.GetFiles(Path.Combine(world.Job.Directory, "gate-report")).Select(File.ReadAllText);
        string[] everything = [run.Out, run.Error, .. files, .. world.GitHub.Repository.Comments.Select(comment => comment.Body)];
        Assert.That(everything, Has.None.Contains(token).And.None.Contains("correct horse"));
    }

    [Test]
    public async Task A_second_run_edits_the_comment_and_tells_what_changed()
    {
        await using var world = await DemoWorld.StartAsync(Scenario.Healthy, DemoRepository.Example("first"));
        await File.WriteAllTextAsync(Path.Combine(world.Job.Directory, "results", "unit.xml"), DemoTests.JUnitXml(Scenario.Failing));
        await ProgramRun.InJobAsync(world, "run");
        await File.WriteAllTextAsync(Path.Combine(world.Job.Directory, "results", "unit.xml"), DemoTests.JUnitXml(Scenario.Healthy));
        world.Job["GITHUB_RUN_ID"] = "101";

        var run = await ProgramRun.InJobAsync(world, "run");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(world.GitHub.Repository.Comments, Has.Count.EqualTo(1));
            Assert.That(world.GitHub.Repository.Comments[0].Body, Does.Contain("Passed").And.Contain("last run"));
        });
    }

    [Test]
    public async Task Collected_in_shares_decided_and_published_is_the_same_as_one_run()
    {
        await using var world = await DemoWorld.StartAsync(Scenario.Failing, DemoRepository.Example("first"));

        var first = await ProgramRun.InJobAsync(world, "collect", "--only", "backend,startup,frontend", "--out", "a");
        var second = await ProgramRun.InJobAsync(world, "collect", "--only", "orders", "--only", "unit", "--out", "b");
        var decided = await ProgramRun.InJobAsync(world, "decide", "a/evidence.json", "b/evidence.json");
        var published = await ProgramRun.InJobAsync(world, "publish", "a/evidence.json", "b/evidence.json");

        Assert.Multiple(() =>
        {
            Assert.That((first.ExitCode, second.ExitCode), Is.EqualTo((0, 0)), first.Error + second.Error);
            Assert.That((decided.ExitCode, published.ExitCode), Is.EqualTo((1, 1)), decided.Error + published.Error);
            Assert.That(ProgramRun.StatesOf(world), Is.EqualTo(PendingThenFailure));
            Assert.That(world.GitHub.Repository.Statuses[^1].Description, Does.StartWith("2 of 10 criteria failed: orders, tests-green"));
        });
    }

    [Test]
    public async Task A_change_cannot_weaken_the_manifest_that_judges_it()
    {
        var strict = DemoRepository.Example("first");
        await using var world =
            await DemoWorld.StartAsync(Scenario.Failing, strict,
            changed: strict.Replace("orders.status == 200", "true", StringComparison.Ordinal));

        var run = await ProgramRun.InJobAsync(world, "run");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), run.Error);
            Assert.That(world.GitHub.Repository.Comments[0].Body, Does.Contain("this change edits").And.Contain("does not count"));
        });
    }

    [Test]
    public async Task Outside_a_workflow_the_report_is_printed_and_the_exit_code_tells()
    {
        await using var world = await DemoWorld.StartAsync(Scenario.Failing, DemoRepository.Example("first"));
        var manifest = Path.Combine(world.Job.Directory, "gate.yml");
        await File.WriteAllTextAsync(manifest, DemoRepository.Example("first"));

        var run = await ProgramRun.InAsync(
            world.Job.Directory, name => name.StartsWith("STAGING", StringComparison.Ordinal)
            ? world.Job[name]
            : null, CancellationToken.None, "run");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), run.Error);
            Assert.That(run.Out, Does.Contain("Unit tests pass"));
            Assert.That(world.GitHub.Requests, Is.Empty);
        });
    }
}
