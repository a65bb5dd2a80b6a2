namespace GateAction.Tests.Commands;

internal sealed class ValidateCommandTests
{
    private const string Good =
        "version: 1\nprobes: { a: { http: https://example.com/ } }\nresults: { unit: { files: '*.trx' } }\ncriteria: { a: a.status == 200 "
        + "&& unit.failed + unit.errors == 0 }\n";
    private const string Bad = "version: 1\ncriteria:\n  a: { pass: 'now > timestamp(\"2020-01-01T00:00:00Z\")', weigth: 2 }\n  b: 100%\n";

    [TestCase(".github/gate.yml")]
    [TestCase("gate.yml")]
    public async Task A_good_manifest_is_counted(string path)
    {
        using var run = new CommandRun().With(path, Good);

        var exitCode = await run.RunAsync("validate");

        Assert.That(exitCode, Is.Zero);
        Assert.That(run.Out, Is.EqualTo($"{path}: 1 criterion, 1 probe, 1 result set: no problems\n"));
    }

    [Test]
    public async Task Warnings_stop_nothing_unless_they_are_asked_to()
    {
        const string Doubtful = "version: 1\nresults: { unit: { files: '*.trx' } }\ncriteria: { a: unit.failed == 0 }\n";
        using var run = new CommandRun().With("gate.yml", Doubtful);
        using var strict = new CommandRun().With("gate.yml", Doubtful);

        var (exitCode, strictCode) = (await run.RunAsync("validate"), await strict.RunAsync("validate", "--strict"));

        Assert.That((exitCode, strictCode), Is.EqualTo((0, 2)));
        Assert.That(run.Out,
            Does.StartWith("gate.yml:3:16: warning: criteria.a: 'errors' of 'unit' are not looked at").And.EndsWith(
            "gate.yml: 1 criterion, 1 result set: no problems, 1 warning\n"));
    }

    [TestCase("", "", true)]
    [TestCase("name: web\n", "name: web\n", true)]
    [TestCase("name: web\n", "name: api\n", false)]
    [TestCase("name: staging\n", "", true)]
    [TestCase("name: web\n", "", false)]
    public async Task Manifests_that_would_set_one_status_are_told(string one, string other, bool isTold)
    {
        using var run = new CommandRun().With("a.yml", one + Good).With("b.yml", other + Good);

        Assert.That(await run.RunAsync("validate", "a.yml", "b.yml"), Is.Zero);

        Assert.That(run.Out,
            isTold
            ? Does.Contain("b.yml:1:1: warning: name: the gate is called '").And.Contain("', as that of 'a.yml'")
            : Does.Not.Contain("warning"));
    }

    [Test]
    public async Task On_a_terminal_problems_have_colour_and_a_caret()
    {
        using var run = new CommandRun { IsTerminal = true }.With("gate.yml", Bad);

        var exitCode = await run.RunAsync("validate");

        Assert.That(exitCode, Is.EqualTo(2));
        Snapshot.Match(run.Out.Replace('\e', '^'));
    }

    [Test]
    public async Task Nobody_gets_colour_who_says_no()
    {
        using var run = new CommandRun { IsTerminal = true }.With("gate.yml", Bad).WithVariable("NO_COLOR", "1");

        await run.RunAsync("validate");

        Assert.That(run.Out, Does.Contain("gate.yml:").And.Not.Contain('\e'));
    }

    [Test]
    public async Task In_a_workflow_problems_are_annotations()
    {
        using var run = new CommandRun().With("a,b.yml", Bad).WithVariable("GITHUB_ACTIONS", "true");

        var exitCode = await run.RunAsync("validate", "a,b.yml");

        Assert.That(exitCode, Is.EqualTo(2));
        Snapshot.Match(run.Out);
    }

    [Test]
    public async Task A_manifest_that_is_missing_does_not_hide_the_others()
    {
        using var run = new CommandRun().With("bad.yml", Bad);

        var exitCode = await run.RunAsync("validate", "missing.yml", "bad.yml");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(run.Out,
            Does.Contain("missing.yml:1:1: there is no manifest 'missing.yml'").And.Contain("missing.yml: 1 problem\n").And.Contain(
            "bad.yml: 2 problems"));
    }

    [Test]
    public async Task A_program_gets_json()
    {
        using var run = new CommandRun().With("good.yml", Good).With("bad.yml", Bad);

        var exitCode = await run.RunAsync("validate", "--json", "good.yml", "bad.yml");

        Assert.That(exitCode, Is.EqualTo(2));
        Snapshot.Match(run.Out, "json");
    }

    [Test]
    public async Task Without_a_manifest_one_is_asked_for()
    {
        using var run = new CommandRun();

        var exitCode = await run.RunAsync("validate");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(run.Error,
            Is.EqualTo(
            "gate: no manifest in 'FOLDER': there is neither '.github/gate.yml' nor 'gate.yml'; `gate init` writes a first one\n"));
    }

    [TestCase("nothing.yml", "gate: there is no manifest 'nothing.yml'; `gate init` writes a first one\n")]
    [TestCase(".", "gate: the manifest '.' cannot be read: it is a folder; name the file in it, as in './gate.yml'\n")]
    public async Task A_file_that_cannot_be_read_is_a_sentence(string path, string expected)
    {
        using var run = new CommandRun();

        var exitCode = await run.RunAsync("validate", path);

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(run.Error, Is.EqualTo(expected));
    }

    [Test]
    public async Task An_unknown_option_is_no_file()
    {
        using var run = new CommandRun().With("gate.yml", Good);

        var exitCode = await run.RunAsync("validate", "--jsn");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.StartWith("gate: 'gate validate' has no option '--jsn'; did you mean '--json'; see"));
    }

    [Test]
    public async Task A_huge_file_is_not_read_whole()
    {
        using var run = new CommandRun();
        using (var file = File.Create(Path.Combine(run.Folder, "gate.yml")))
            file.SetLength(20L << 30);

        var exitCode = await run.RunAsync("validate");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(run.Out, Does.Contain("gate.yml:1:1: the file is larger than 256 KiB"));
    }

    [Test]
    public async Task Variables_may_be_unset_where_nothing_is_measured()
    {
        const string manifest =
            "version: 1\nenv: [STAGING_URL]\ntarget: ${STAGING_URL}\nprobes: { a: { http: /x } }\ncriteria: { a: a.status == 200 }\n";
        using var run = new CommandRun().With("gate.yml", manifest);

        Assert.That(await run.RunAsync("validate"), Is.EqualTo(2));
        Assert.That(await run.RunAsync("validate", "--no-env"), Is.Zero);
    }
}
