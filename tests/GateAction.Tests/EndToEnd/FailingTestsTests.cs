using System.Text.Json.Nodes;
using GateAction.StandIns.GitHub.State;
using GateAction.Tests.GitHub;

namespace GateAction.Tests.EndToEnd;

/// <summary>Failing tests at their lines: in the check run, in the step's log and in SARIF, through the whole program.</summary>
internal sealed class FailingTestsTests
{
    private const string Manifest =
        "version: 1\nname: staging\nresults: { unit: { files: results.xml } }\ncriteria: { green: unit.failed == 0 }\n";

    private GateScene _scene = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _scene = await GateScene.StartAsync();
        _scene.Pull.BaseSha = _scene.GitHub.Repository.AddCommit("main", (".github/gate.yml", Manifest)).Sha;
    }

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [TestCase(70, 71, 2)]
    [TestCase(3504, 500, 10)]
    public async Task They_are_annotated_in_batches_of_fifty(int failures, int annotations, int calls)
    {
        var job = _scene.Job();
        job["INPUT_REPORT"] = "check";
        Directory.CreateDirectory(Path.Combine(job.Directory, "src"));
        await File.WriteAllTextAsync(Path.Combine(job.Directory, "src", "pay.py"), "");
        await File.WriteAllTextAsync(Path.Combine(job.Directory, "results.xml"), Results(failures));

        Assert.That(await Program.RunAsync(["run"], _scene.Shell(job), CancellationToken.None), Is.EqualTo(1), _scene.Error.ToString());

        var check = _scene.GitHub.Repository.Checks.Single();
        Assert.That((check.Conclusion, check.Annotations.Count), Is.EqualTo(("failure", annotations)));
        Assert.That((Place(check, 0), Place(check, 1), Place(check, 70)),
            Is.EqualTo((".github/gate.yml:4 failure", "src/pay.py:1 failure", "src/pay.py:70 failure")));
        Assert.That(_scene.GitHub.Requests.Count(request => request.Method == "PATCH"), Is.EqualTo(calls));
        Assert.That(check.Summary, failures > 500 ? Does.EndWith("… and 3,005 more annotations.") : Does.Not.Contain("more annotations"));
        Assert.That(_scene.Out.ToString(), Does.Contain("::error file=src/pay.py,line=1,title=test_pay.test_1 failed::no route 1"));
        var sarif = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(job.Directory, "gate-report", "criteria.sarif")))!;
        Assert.That(sarif["runs"]![0]!["results"]!.AsArray().Count(result => (string)result!["ruleId"]! == "tests/unit"),
            Is.EqualTo(failures));
    }

    private static string Place(Check check, int index)
    {
        var annotation = check.Annotations[index];
        return $"{annotation["path"]}:{annotation["start_line"]} {annotation["annotation_level"]}";
    }

    private static string Results(int failures) =>
        $"<testsuite name=\"s\">"
        + $"{string.Concat(Enumerable.Range(1, failures).Select(line => $"<testcase classname=\"test_pay\" name=\"test_{line}\" file=\"src/pay.py\" line=\"{line}\"><failure message=\"no route {line}\"/></testcase>"))}</testsuite>";
}
