namespace GateAction.Tests.Commands;

internal sealed class CommandLineTests
{
    private const string Good = "version: 1\nprobes: { b: { file: x.txt } }\ncriteria: { a: b.exists }\n";

    [TestCase("run staging", "there is no manifest 'staging'; `gate init` writes a first one")]
    [TestCase("doctor gate.yml", "'gate doctor' takes its manifest as an option; write 'gate doctor --manifest gate.yml'; see ")]
    [TestCase("results --jsn x.xml", "'gate results' has no option '--jsn'; did you mean '--json'; see 'gate results --help'")]
    [TestCase("history --jsn", "'gate history' has no option '--jsn'; did you mean '--json'; see 'gate history --help'")]
    [TestCase("publish --only x.json", "'gate publish' has no option '--only'")]
    [TestCase("help nosuch", "there is no command 'nosuch'; there are run, ")]
    [TestCase("help validat", "there is no command 'validat'; did you mean 'validate'; see 'gate --help'")]
    [TestCase("nosuch --help", "there is no command 'nosuch'; there are run, ")]
    [TestCase("run --manifset x.yml", "'gate run' has no option '--manifset'; did you mean '--manifest'; see 'gate run --help'")]
    [TestCase("run --colour", "'gate run' has no option '--colour'; there are --manifest, ")]
    [TestCase("-v", "'-v' is none of its options; write 'gate --version'; see 'gate --help'")]
    [TestCase("version", "'version' is none of its options; write 'gate --version'; see 'gate --help'")]
    [TestCase("nosuch",
        "there is no command 'nosuch'; there are run, collect, decide, publish, doctor, init, validate, eval, results, history, expand, "
        + "schema and "
        + "completion; "
        + "see 'gate --help'")]
    [TestCase("validat", "there is no command 'validat'; did you mean 'validate'; see 'gate --help'")]
    [TestCase("decide",
        "'gate decide' needs EVIDENCE: Evidence files of 'gate collect', folders (every evidence.json in them) or patterns such as "
        + "'shares/**/evidence.json'; they are merged")]
    [TestCase("results", "'gate results' needs FILE: Result files, ")]
    public async Task Each_slip_on_the_command_line_is_told_with_its_repair(string line, string expected)
    {
        using var run = new CommandRun().With("gate.yml", Good).With("part/evidence.json", "{}");

        var exitCode = await run.RunAsync(line.Split(' '));

        Assert.That(run.Error, Does.StartWith($"gate: {expected}"));
        Assert.That(run.Error.TrimEnd('\n'), Does.Not.Contain('\n'));
        Assert.That(exitCode, Is.EqualTo(2));
    }

    private static readonly string[] Empties = ["", " ", "\t"];

    [Test]
    public async Task An_option_that_is_empty_is_a_mistake(
        [Values("out", "timeout", "baseline", "evidence", "manifest", "report-url", "status-name", "comment", "manifest-from")]
            string option,
        [ValueSource(nameof(Empties))] string empty)
    {
        using var run = new CommandRun().With("gate.yml", Good).With("verdict.json", "mine");

        var exitCode = await run.RunAsync("run", $"--{option}", empty);

        Assert.That(run.Error, Does.StartWith($"gate: '--{option}' is empty; is a variable not set?"));
        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(run.Read("verdict.json"), Is.EqualTo("mine"));
    }

    [TestCase("run")]
    [TestCase("validate")]
    [TestCase("expand")]
    public async Task A_token_that_is_not_set_is_none(string command)
    {
        using var run = new CommandRun().With("gate.yml", Good).With("x.txt", "");

        Assert.That(await run.RunAsync(command, "--github-token", "", "--extends-token", " "), Is.Zero, run.Error);
    }

    [TestCase("doctor")]
    [TestCase("history --artifacts 3")]
    public async Task A_command_that_needs_a_token_says_that_an_empty_one_is_none(string line)
    {
        using var run = new CommandRun();

        var exitCode = await run.RunAsync([.. line.Split(' '), "--repository", "octo-org/shop", "--github-token", ""]);

        Assert.That((exitCode, run.Error), Is.EqualTo((2, "gate: there is no token: set GITHUB_TOKEN, or pass '--github-token'\n")));
    }

    [TestCase("help", "Usage:")]
    [TestCase("help help", "Usage:")]
    [TestCase("help --help", "Usage:")]
    [TestCase("help validate", "Exit codes:")]
    public async Task Help_is_a_word_too(string line, string expected)
    {
        using var run = new CommandRun();

        var exitCode = await run.RunAsync(line.Split(' '));

        Assert.That(run.Out, Does.Contain(expected));
        Assert.That(exitCode, Is.Zero);
    }

    [TestCase(".github/gates/web.yml", "there is '.github/gates/web.yml': name one, as in ")]
    [TestCase(".github/gates/api.yaml .github/gates/web.yml",
        "there are '.github/gates/api.yaml', '.github/gates/web.yml': name one, as in ")]
    [TestCase(".github/workflows/gate.yml", "`gate init` writes a first one")]
    public async Task A_manifest_under_a_name_that_is_not_looked_for_is_shown(string files, string expected)
    {
        foreach (var command in new[] { "validate", "run", "collect" })
        {
            using var run = new CommandRun();
            foreach (var file in files.Split(' '))
                run.With(file, Good);

            var exitCode = await run.RunAsync(command);

            Assert.That(run.Error,
                Does.StartWith($"gate: no manifest in 'FOLDER': there is neither '.github/gate.yml' nor 'gate.yml'; {expected}"));
            Assert.That(exitCode, Is.EqualTo(2));
        }
    }

    [Test]
    public async Task A_manifest_can_come_from_the_input()
    {
        using var good = new CommandRun { Input = Good };
        using var bad = new CommandRun { Input = Good.Replace("b.exists", "b.exits", StringComparison.Ordinal) };

        Assert.That(await good.RunAsync("validate", "-"), Is.Zero);
        Assert.That(await bad.RunAsync("validate", "-"), Is.EqualTo(2));
        Assert.That(bad.Out, Does.StartWith("(input):3:18: criteria.a: 'b' has no 'exits'; did you mean 'exists'"));
    }

    [TestCase("run")]
    [TestCase("collect")]
    public async Task A_report_folder_that_takes_no_file_is_told_before_anything_is_measured(string command)
    {
        using var run = new CommandRun().With("gate.yml", Good).With("taken", "a file");

        var exitCode = await run.RunAsync(command, "--out", "taken/reports");

        Assert.That(run.Error, Does.StartWith("gate: no report can be written to 'FOLDER/taken/reports': ")
            .And.Contain("; name another folder with '--out'"));
        Assert.That(run.Out, Does.Not.Contain("file"));
        Assert.That(exitCode, Is.EqualTo(2));
    }
}
