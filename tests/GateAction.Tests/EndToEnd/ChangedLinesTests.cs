using GateAction.Core.Documents;
using GateAction.Sources;
using GateAction.StandIns.GitHub;
using GateAction.StandIns.GitHub.State;

namespace GateAction.Tests.EndToEnd;

/// <summary>Coverage of the lines that a pull request changes, as GitHub tells them, over real sockets.</summary>
internal sealed class ChangedLinesTests
{
    private const string Manifest =
        """
        version: 1
        coverage:
          code: { files: lcov.info }
        criteria:
          change-covered: code.changed >= 80%
        """;

    private const string Source = "one\ntwo\nthree\n";
    private const string Patch = "@@ -1,2 +1,3 @@\n one\n+two\n three";
    private const string Covered = "SF:src/a.js\nDA:1,0\nDA:2,4\nDA:3,0\nend_of_record\n";
    private const string Uncovered = "SF:src/a.js\nDA:1,1\nDA:2,0\nDA:3,1\nend_of_record\n";

    private GitHubStandIn _gitHub = null!;
    private Pull _pull = null!;
    private StandInJob _job = null!;
    private StandInJob _pullJob = null!;

    [SetUp]
    public Task StartAsync() => StartAsync(Manifest);

    private async Task StartAsync(string manifest)
    {
        _gitHub = await GitHubStandIn.StartAsync("acme/shop");
        _gitHub.Repository.AddCommit("main", (".github/gate.yml", manifest));
        _gitHub.Repository.AddCommit("feature", (".github/gate.yml", Manifest), ("src/a.js", Source));
        _pull = _gitHub.Repository.AddPull("feature", "main", "src/a.js");
        _pull.Patches["src/a.js"] = Patch;
        _pullJob = _job = StandInJob.PullRequest(_gitHub, _pull);
        Write("src/a.js", Source);
    }

    [TearDown]
    public async Task StopAsync()
    {
        foreach (var job in new[] { _pullJob, _job }.Distinct())
            job.Dispose();
        await _gitHub.DisposeAsync();
    }

    [TestCase(Covered, 0, 1L)]
    [TestCase(Uncovered, 1, 0L)]
    public async Task A_change_is_judged_by_its_own_lines(string report, int exitCode, long covered)
    {
        Write("lcov.info", report);

        var run = await RunAsync();

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(exitCode), run.Out + run.Error);
            Assert.That((Fact("changed_total"), Fact("changed_covered")), Is.EqualTo((1L, covered)));
        });
    }

    private static readonly TestCaseData[] Untold =
    [
        Case("A file that is too large", test => test._pull.Patches.Clear(), "GitHub does not give the whole patch of 'src/a.js'"),
        Case("More files than GitHub lists", test => test._pull.Files.AddRange(Enumerable.Range(0, 3100).Select(file => $"docs/{file}.md")),
            "more files than the 3,000 that GitHub lists"),
        Case("The branch moved on", test => test._pull.HeadSha = test._gitHub.Repository.AddCommit("feature", ("src/a.js", Source)).Sha,
            "by now, and this run judges"),
        Case("The merge commit is checked out", test => test.Write("src/a.js", "zero\n" + Source),
            "another version than on the pull request's head"),
        Case("A push", test => test._job = StandInJob.Push(test._gitHub, "main"), "this run judges no pull request"),
        Case("Somebody's own machine", test => test._job["GITHUB_ACTIONS"] = null, "known only in its workflow"),
    ];

    [TestCaseSource(nameof(Untold))]
    public async Task Where_GitHub_does_not_tell_all_of_it_the_gate_is_not_green(Action<ChangedLinesTests> arrange, string reason)
    {
        Write("lcov.info", Covered);
        arrange(this);
        Write("src/a.js", File.Exists(PathOf("src/a.js")) ? File.ReadAllText(PathOf("src/a.js")) : Source);
        Write("lcov.info", Covered);
        Write("gate.yml", Manifest);

        var run = await RunAsync();

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(3), run.Out + run.Error);
            Assert.That(run.Out, Does.Contain(reason));
        });
    }

    [Test]
    public async Task Nobody_is_asked_for_lines_that_no_criterion_reads()
    {
        await StopAsync();
        await StartAsync(Manifest.Replace("code.changed >= 80%", "code.lines > 0", StringComparison.Ordinal));
        Write("lcov.info", Covered);

        var run = await RunAsync();

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(_gitHub.Requests.Count(request => request.Path.EndsWith("/files", StringComparison.Ordinal)), Is.EqualTo(1));
            Assert.That(Fact("changed_total"), Is.EqualTo(-1));
        });
    }

    private static TestCaseData Case(string name, Action<ChangedLinesTests> arrange, string reason) =>
        new TestCaseData(arrange, reason).SetArgDisplayNames(name);

    private Task<ProgramRun> RunAsync() => ProgramRun.InAsync(_job.Directory, name => _job[name], CancellationToken.None, "run");

    private string PathOf(string name) => Path.Combine(_job.Directory, name);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
    }

    private long Fact(string name)
    {
        using var stream = File.OpenRead(PathOf("gate-report/evidence.json"));
        var facts = EvidenceJson.Read(stream, "evidence.json", SourceKinds.EvidenceOf).Measurements["code"].Facts.AsMap;
        return facts.TryGet(name, out var value) ? value.AsInt : -1;
    }
}
