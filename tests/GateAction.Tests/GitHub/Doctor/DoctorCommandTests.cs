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

    private Task<int> RunAsync(params string[] options) =>
        Program.RunAsync(["doctor", .. options], _scene.Shell(_scene.Job()), CancellationToken.None);
}
