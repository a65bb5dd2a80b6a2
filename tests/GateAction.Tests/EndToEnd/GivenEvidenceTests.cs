using System.Text.Json.Nodes;
using GateAction.StandIns.GitHub;
using GateAction.Tests.GitHub;

namespace GateAction.Tests.EndToEnd;

/// <summary>What was written down is believed only as far as it is of this gate, commit and manifest, and a verdict never.</summary>
internal sealed class GivenEvidenceTests
{
    private const string Manifest =
        "version: 1\nname: staging\nenv: [ARCH]\nprobes: { arch: { file: \"${ARCH}\" } }\ncriteria: { compliant: arch.json.violations == "
        + "0 }\n";

    private static readonly TestCaseData[] Misfits =
    [
        Misfit("another gate", evidence => evidence["gate"] = "other", "is about gate 'other' and commit"),
        Misfit("another commit", evidence => evidence["run"]!["commit"] = new string('e', 40),
            $"commit '{new string('e', 40)}', not about"),
        Misfit("no commit", evidence => { evidence.Remove("run"); evidence["github"] = new JsonObject(); }, "commit 'no commit'"),
        Misfit("no run", evidence => evidence.Remove("run"), "does not say which run measured it"),
        Misfit("another run of the same commit", evidence => evidence["run"]!["id"] = 99, "was measured by run 99, and this is run 100"),
        Misfit("an attempt that is yet to come", evidence => evidence["run"]!["attempt"] = 2, "was measured by attempt 2 of this run"),
        Misfit("a time long gone", evidence => evidence["started_at"] = "2020-01-01T00:00:00Z", "longer ago than a run can last"),
        Misfit("another repository", evidence => evidence["run"]!["repository"] = "somebody/else", "is of repository 'somebody/else'"),
        Misfit("another kind", evidence => evidence["measurements"]!["arch"]!["kind"] = "dns", "a measurement of 'arch' by 'dns'"),
        Misfit("a time to come", evidence => evidence["started_at"] = "2999-01-01T00:00:00Z", "which is yet to come"),
    ];

    private GateScene _scene = null!;
    private StandInJob _job = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _scene = await GateScene.StartAsync();
        _scene.GitHub.Repository.AddCommit("main", (".github/gate.yml", Manifest));
        _job = StandInJob.PullRequest(_scene.GitHub, _scene.Pull);
        _job["ARCH"] = "compliance.json";
        await WriteAsync("compliance.json", """{ "violations": 0 }""");
        Assert.That(await RunAsync("collect", "--out", "share"), Is.Zero, _scene.Error.ToString());
    }

    [TearDown]
    public async Task StopAsync()
    {
        _job.Dispose();
        await _scene.DisposeAsync();
    }

    [TestCase("decide")]
    [TestCase("publish")]
    public async Task Evidence_is_decided_on_without_the_variables_that_only_measuring_reads(string command)
    {
        _job["ARCH"] = "";

        var exitCode = await RunAsync(command, "share/evidence.json");

        Assert.That(exitCode, Is.Zero, _scene.Error.ToString());
        Assert.That(_scene.FinalStatuses.Select(status => status.State),
            Is.EqualTo(command == "publish" ? ["success"] : Array.Empty<string>()));
    }

    [TestCaseSource(nameof(Misfits))]
    public async Task Evidence_that_does_not_fit_blocks(Action<JsonObject> change, string sentence)
    {
        await ChangeAsync("share/evidence.json", change);

        var decided = await RunAsync("decide", "share/evidence.json");
        var published = await RunAsync("publish", "share/evidence.json");

        Assert.That((decided, published), Is.EqualTo((2, 2)), _scene.Error.ToString());
        Assert.That(_scene.Error.ToString(), Does.Contain(sentence));
        Assert.That(_scene.FinalStatuses.Select(status => status.State), Is.EqualTo(["error"]));
    }

    [Test]
    public async Task What_an_earlier_attempt_of_the_run_measured_fits_so_that_failed_jobs_can_run_again()
    {
        _job["GITHUB_RUN_ATTEMPT"] = "2";

        var exitCode = await RunAsync("publish", "share/evidence.json");

        Assert.That(exitCode, Is.Zero, _scene.Error.ToString());
    }

    [TestCase(100, 0)]
    [TestCase(99, 2)]
    public async Task A_run_that_follows_another_decides_on_what_that_one_measured(long measuredBy, int expected)
    {
        await ChangeAsync("share/evidence.json", evidence => evidence["run"]!["id"] = measuredBy);
        var following = _scene.Keep(StandInJob.WorkflowRun(_scene.GitHub, _scene.Pull));
        File.Copy(PathOf("share/evidence.json"), Path.Combine(following.Directory, "evidence.json"));

        var exitCode = await Program.RunAsync(
            ["publish", "evidence.json"], _scene.Shell(following), CancellationToken.None);

        Assert.That(exitCode, Is.EqualTo(expected), _scene.Error.ToString());
        if (expected != 0)
            Assert.That(_scene.Error.ToString(), Does.Contain("this is run 200, which follows run 100"));
    }

    [Test]
    public async Task A_verdict_is_no_input_whatever_it_says()
    {
        Assert.That(await RunAsync("decide", "share/evidence.json", "--out", "share"), Is.Zero);

        var exitCode = await RunAsync("publish", "share/verdict.json");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(_scene.Error.ToString(), Does.Contain("a verdict is a report and decides nothing"));
        Assert.That(_scene.FinalStatuses.Select(status => status.State), Is.EqualTo(["error"]));
    }

    [TestCase("run")]
    [TestCase("collect")]
    [TestCase("decide", "share/evidence.json")]
    [TestCase("publish", "share/evidence.json")]
    public async Task What_an_earlier_step_left_is_gone_although_the_command_fails(params string[] command)
    {
        await WriteAsync("gate-report/verdict.json", """{ "schema": "gateaction/verdict/2", "state": "passed" }""");
        await WriteAsync("gate-report/evidence.json", "{}");
        _scene.GitHub.Repository.AddCommit("main", (".github/gate.yml", "version: 2\n"));

        var exitCode = await RunAsync(command);

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(new[] { "verdict.json", "evidence.json" }.Where(file => File.Exists(PathOf($"gate-report/{file}"))), Is.Empty);
    }

    [Test]
    public async Task Evidence_that_lies_where_the_report_goes_is_read_first()
    {
        var exitCode = await RunAsync("publish", "share/evidence.json", "--out", "share");

        Assert.That(exitCode, Is.Zero, _scene.Error.ToString());
    }

    [Test]
    public async Task Evidence_that_a_link_leads_to_is_read_first_too()
    {
        Directory.CreateSymbolicLink(PathOf("elsewhere"), PathOf("share"));

        var exitCode = await RunAsync("publish", "elsewhere/evidence.json", "--out", "share");

        Assert.That(exitCode, Is.Zero, _scene.Error.ToString());
    }

    [Test]
    public async Task Nothing_is_removed_where_a_link_leads_out_of_the_workspace()
    {
        var outside = Directory.CreateTempSubdirectory("gate-outside-").FullName;
        await File.WriteAllTextAsync(Path.Combine(outside, "verdict.json"), "not ours");
        Directory.CreateSymbolicLink(PathOf("gate-report"), outside);

        var exitCode = await RunAsync("publish", "share/evidence.json");

        Assert.That(exitCode, Is.EqualTo(2), _scene.Error.ToString());
        Assert.That(await File.ReadAllTextAsync(Path.Combine(outside, "verdict.json")), Is.EqualTo("not ours"));
        Directory.Delete(outside, recursive: true);
    }

    [TestCase("gate", "other", "is of gate 'other', and this is 'staging'")]
    [TestCase("unmeasured", "backend", "was measured in part (backend)")]
    [TestCase("measurements", null, "was measured in part (nothing was)")]
    public async Task A_file_that_is_no_baseline_is_refused(string field, string? value, string sentence)
    {
        await ChangeAsync("share/evidence.json", evidence => evidence[field] = field switch
        {
            "unmeasured" => new JsonArray(value),
            "measurements" => new JsonObject(),
            _ => value,
        });

        var exitCode = await RunAsync("run", "--baseline", "share/evidence.json");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(_scene.Error.ToString(), Does.Contain(sentence));
    }

    private static TestCaseData Misfit(string name, Action<JsonObject> change, string sentence) =>
        new(change, sentence) { TestName = $"Evidence: {name}" };

    private string PathOf(string path) => Path.Combine(_job.Directory, path);

    private async Task WriteAsync(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        await File.WriteAllTextAsync(PathOf(path), text);
    }

    private async Task ChangeAsync(string path, Action<JsonObject> change)
    {
        var document = JsonNode.Parse(await File.ReadAllTextAsync(PathOf(path)))!.AsObject();
        change(document);
        await WriteAsync(path, document.ToJsonString());
    }

    private Task<int> RunAsync(params string[] args) =>
        Program.RunAsync(args, _scene.Shell(_job), CancellationToken.None);
}
