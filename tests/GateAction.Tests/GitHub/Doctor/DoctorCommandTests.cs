using GateAction.StandIns.GitHub;

namespace GateAction.Tests.GitHub.Doctor;

internal sealed class DoctorCommandTests
{
    private GateScene _scene = null!;

    [SetUp]
    public async Task StartAsync() => _scene = await GateScene.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _scene.DisposeAsync();

    [Test]
    public async Task A_repository_that_is_set_up_well_needs_no_change()
    {
        _scene.GitHub.Repository.Rules["main"] = [("gate/staging", 15368)];

        Assert.That(await RunAsync(), Is.Zero);

        Assert.That(_scene.Out.ToString().ReplaceLineEndings("\n"), Is.EqualTo(
            """
            ✓ the token is accepted and sees 'octo-org/shop'
            ✓ the token may set commit statuses
            ✓ '.github/gate.yml' on 'main' has no problems; its gate is 'staging'
            ✓ 'gate/staging' is required on 'main' by a ruleset, from one source only

            """));
        Assert.That(_scene.GitHub.Repository.Statuses, Is.Empty);
    }

    [Test]
    public async Task A_status_that_is_not_required_is_bad()
    {
        Assert.That(await RunAsync(), Is.EqualTo(1));

        Assert.That(_scene.Out.ToString(),
            Does.Contain("✗ 'gate/staging' is not required on 'main': a failed gate does not block the merge").And.Contain(
            "gate doctor --fix"));
    }

    [Test]
    public async Task A_required_status_from_any_source_could_be_safer()
    {
        _scene.GitHub.Repository.Protections["main"] = new(false, [("gate/staging", null)]);

        Assert.That(await RunAsync(), Is.Zero);

        Assert.That(_scene.Out.ToString(), Does.Contain("! 'gate/staging' is required on 'main' by branch protection, from any source"));
    }

    [Test]
    public async Task Fix_shows_the_ruleset_and_adds_it_once()
    {
        Assert.That(await RunAsync("--fix"), Is.Zero, _scene.Out.ToString());
        Assert.That(await RunAsync("--fix"), Is.Zero);

        Assert.That(_scene.Out.ToString(),
            Does.Contain("adding the ruleset 'gate/staging on main'").And.Contain("✓ 'gate/staging' is now required on 'main'"));
        Assert.That(_scene.GitHub.Repository.Rulesets, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Fix_without_an_administrators_token_says_so()
    {
        _scene.GitHub.Tokens[0] = new StandInToken("ghs_standin").Without("administration");

        Assert.That(await RunAsync("--fix"), Is.EqualTo(1));

        Assert.That(_scene.Out.ToString(),
            Does.Contain("could not be added: the token may not change branch protection").And.Contain("pass a token of an administrator"));
    }

    [TestCase("statuses", "✗ the token may not set commit statuses", 1)]
    [TestCase("contents", "✗ the token may not read the repository's files", 1)]
    [TestCase("metadata", "✗ the token may not read the repository", 4)]
    public async Task A_permission_that_is_missing_is_named(string scope, string expected, int exit)
    {
        _scene.GitHub.Repository.Rules["main"] = [("gate/staging", 15368)];
        _scene.GitHub.Tokens[0] = _scene.GitHub.Tokens[0].Without(scope);

        Assert.That(await RunAsync(), Is.EqualTo(exit));

        Assert.That(_scene.Out.ToString(), Does.Contain(expected));
    }

    [Test]
    public async Task A_branch_without_a_manifest_is_bad()
    {
        _scene.GitHub.Repository.AddCommit("main");

        Assert.That(await RunAsync(), Is.EqualTo(1));

        Assert.That(_scene.Out.ToString(), Does.Contain("✗ 'main' has no manifest").And.Contain("gate init"));
    }

    [TestCase("--repository", "shop", "'--repository' is 'shop'; it must read 'owner/name'")]
    public async Task A_wrong_option_is_one_sentence(string option, string value, string expected)
    {
        Assert.That(await RunAsync(option, value), Is.EqualTo(2));

        Assert.That(_scene.Error.ToString(), Does.Contain(expected));
    }

    [Test]
    public async Task Every_protected_branch_needs_its_own_names()
    {
        _scene.GitHub.Repository.AddCommit("release", (".github/gate.yml", GateScene.Manifest));
        _scene.GitHub.Repository.Rules["main"] = [("gate/staging", 15368), ("gate/staging: main", 15368)];
        _scene.GitHub.Repository.Rules["release"] = [("gate/staging", 15368)];

        Assert.That(await RunAsync(), Is.EqualTo(1));

        Assert.That(_scene.Out.ToString(), Does.Contain("'main' requires 'gate/staging: main', which no gate sets there")
            .And.Contain("'release' requires 'gate/staging', which no gate sets there")
            .And.Contain("'gate/staging: release' is not required on 'release'"));
    }

    [Test]
    public async Task Another_branch_than_the_default_one_has_names_and_gates_of_its_own()
    {
        _scene.GitHub.Repository.AddCommit(
            "release", (".github/gate.yml", GateScene.Manifest.Replace("name: staging", "name: live", StringComparison.Ordinal)));
        _scene.GitHub.Repository.Rules["main"] = [("gate/staging", 15368)];
        _scene.GitHub.Repository.Rules["release"] = [("gate/live: release", 15368)];

        Assert.That(await RunAsync(), Is.Zero, _scene.Out.ToString());
        Assert.That(await RunAsync("--branch", "release"), Is.Zero, _scene.Out.ToString());
    }

    [Test]
    public async Task A_gate_that_reports_by_check_runs_is_looked_for_there()
    {
        var repository = _scene.GitHub.Repository;
        repository.Rules["main"] = [("gate/staging", 15368)];
        _scene.Pull.Author = "github-actions[bot]";
        Commit((".github/workflows/gate.yml",
            DoctorWorkflowTests.Workflow.Replace(
                "gate-action@v1", "gate-action@v1\n        with: { report: check }", StringComparison.Ordinal)));
        repository.Checks.Add(new(70, _scene.Pull.HeadSha, "gate/staging", DateTimeOffset.UnixEpoch)
        { Status = "in_progress", ExternalId = "77/1" });
        Assert.That(await RunAsync(), Is.Zero, _scene.Out.ToString());

        repository.Runs.Add(new(77, "gate.yml", "feature", _scene.Pull.HeadSha, "pull_request", "cancelled"));

        Assert.That(await RunAsync(), Is.EqualTo(1));
        Assert.That(_scene.Out.ToString(), Does.Contain("'gate/staging' of #1 waits for run 77, which has ended without a word"));
    }

    [Test]
    public async Task Pull_requests_whose_gate_never_speaks_are_named()
    {
        var repository = _scene.GitHub.Repository;
        repository.Rules["main"] = [("gate/staging", 15368)];
        _scene.Pull.Author = "github-actions[bot]";
        repository.AddCommit("other", ("a", "b"));
        var waiting = repository.AddPull("other", "main");
        repository.Statuses.Add(new(
            1, waiting.HeadSha, "pending", "gate/staging", "measuring …",
            "https://github.example.com/octo-org/shop/actions/runs/77/attempts/1", "github-actions[bot]", DateTimeOffset.UnixEpoch));
        repository.Runs.Add(new(77, "gate.yml", "other", waiting.HeadSha, "pull_request", "cancelled"));

        Assert.That(await RunAsync(), Is.EqualTo(1));

        Assert.That(_scene.Out.ToString(), Does.Contain("#1 was opened by a workflow's own token, which starts no workflow")
            .And.Contain("'gate/staging' of #2 waits for run 77, which has ended without a word"));
    }

    [Test]
    public async Task Fix_says_which_pushes_are_refused_from_then_on_and_offers_a_bypass([Values] bool bypasses)
    {
        Commit((".github/workflows/release.yml", "on: push\njobs: { bump: { steps: [ { run: 'npm version patch && git push' } ] } }"));

        Assert.That(await RunAsync(bypasses ? ["--fix", "--bypass-admins"] : ["--fix"]), Is.Zero, _scene.Out.ToString());

        Assert.That(_scene.Out.ToString(), Does.Contain("GitHub refuses direct pushes to 'main'").And.Contain("as 'release.yml' may try")
            .And.Contain(bypasses ? "administrators may pass it by" : "'--bypass-admins' lets administrators pass it by"));
        Assert.That(_scene.GitHub.Repository.Bypasses, bypasses ? Is.EqualTo(["RepositoryRole"]) : Is.Empty);
    }

    private void Commit(params (string Path, StandIns.GitHub.State.StoredFile File)[] files) =>
        _scene.GitHub.Repository.AddCommit("main", [(".github/gate.yml", GateScene.Manifest), .. files]);

    private Task<int> RunAsync(params string[] options) =>
        Program.RunAsync(["doctor", .. options], _scene.Shell(_scene.Job()), CancellationToken.None);
}
