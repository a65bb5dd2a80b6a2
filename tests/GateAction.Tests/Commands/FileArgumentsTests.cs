namespace GateAction.Tests.Commands;

/// <summary>Files, folders, patterns and the input, wherever a command reads what was written before.</summary>
internal sealed class FileArgumentsTests
{
    private const string Manifest =
        "version: 1\nname: two\nprobes: { a: { file: a.txt }, b: { file: b.txt } }\ncriteria: { a: a.exists, b: b.exists }\n";

    private const string Passed = "<testsuite name=\"s\"><testcase name=\"one\"/></testsuite>";

    private static async Task<CommandRun> SharesAsync(string input = "")
    {
        var run = new CommandRun { Input = input }.With("gate.yml", Manifest).With("a.txt", "x").With("b.txt", "x");
        Assert.That(await run.RunAsync("collect", "--only", "a", "--out", "shares/one"), Is.Zero, run.Error);
        Assert.That(await run.RunAsync("collect", "--only", "b", "--out", "shares/with space"), Is.Zero, run.Error);
        return run;
    }

    [TestCase("shares")]
    [TestCase("./shares/")]
    [TestCase("shares/one", "shares/with space")]
    [TestCase("shares/**/evidence.json")]
    [TestCase("shares/{one,with space}/*.json")]
    [TestCase("shares/**/*.json", "!**/verdict.json")]
    [TestCase("shares/one/evidence.json", "shares/**/evidence.json")]
    [TestCase("shares/with space/evidence.json", "shares/one/evidence.json")]
    public async Task Evidence_is_named_by_files_folders_and_patterns(params string[] arguments)
    {
        using var run = await SharesAsync();

        Assert.That(await run.RunAsync(["decide", "--quiet", .. arguments]), Is.Zero, run.Error);
        Assert.That(run.Out, Does.Contain("100% measured"));
    }

    [TestCase("the evidence 'nosuch' cannot be read: there is no such file", "nosuch")]
    [TestCase("no file matches 'nosuch/*.json'; give files, folders, or patterns such as ", "nosuch/*.json")]
    [TestCase("no file matches 'shares/*/verdict.json'", "shares", "shares/*/verdict.json")]
    [TestCase("an empty argument names no file; is a variable not set?", "")]
    [TestCase("an empty argument names no file", "shares", " ")]
    [TestCase("no 'evidence.json' lies in the folder 'empty'; name the files, as in 'empty/*.json'", "empty")]
    [TestCase("'!shares/**' takes out every file of 'shares'", "shares", "!shares/**")]
    [TestCase("'!shares/one/**' only takes files out", "!shares/one/**")]
    [TestCase("'gate decide' has no option '--ot'; did you mean '--out'", "shares", "--ot")]
    public async Task What_names_nothing_is_one_sentence_and_removes_nothing(string expected, params string[] arguments)
    {
        using var run = (await SharesAsync()).With("empty/x.txt", "");

        Assert.That(await run.RunAsync(["decide", "--out", "shares/one", .. arguments]), Is.EqualTo(2));

        Assert.That(run.Error, Does.StartWith($"gate: {expected}"));
        Assert.That(run.Error.TrimEnd('\n'), Does.Not.Contain('\n'));
        // What could not be decided on is left to its owner: the file was named, or nothing was.
        Assert.That(File.Exists(Path.Combine(run.Folder, "shares/with space/evidence.json")));
    }

    [Test]
    public async Task A_share_that_a_pattern_left_out_is_not_measured_and_blocks()
    {
        using var run = await SharesAsync();

        Assert.That(await run.RunAsync("decide", "shares", "!shares/one/**"), Is.EqualTo(3));
        Assert.That(run.Out, Does.Contain("'a' was not measured in this run"));
    }

    [Test]
    public async Task What_is_read_stays_where_the_reports_go()
    {
        using var run = await SharesAsync();

        foreach (var named in new[] { "shares/one", "shares/one/evidence.*" })
            Assert.That(await run.RunAsync("decide", named, "shares/with space", "--out", "shares/one"), Is.Zero, run.Error);
    }

    [TestCase("nights")]
    [TestCase("nights/*/evidence.json")]
    [TestCase("nights/1/evidence.json")]
    public async Task A_baseline_is_a_file_or_the_median_of_the_runs_in_a_folder(string baseline)
    {
        using var run = new CommandRun()
            .With("gate.yml", "version: 1\nprobes: { a: { file: a.txt } }\ncriteria: { same: a.size == baseline.a.size }\n");
        foreach (var (night, size) in new[] { (1, 5), (2, 5), (3, 900) })
        {
            run.With("a.txt", new string('x', size));
            Assert.That(await run.RunAsync("collect", "--out", $"nights/{night}"), Is.Zero, run.Error);
        }
        run.With("a.txt", "12345");

        Assert.That(await run.RunAsync("run", "--baseline", baseline), Is.Zero, run.Out + run.Error);
    }

    [TestCase("run", "-")]
    [TestCase("run", "--manifest", "-")]
    [TestCase("collect", "-")]
    [TestCase("validate", "-")]
    [TestCase("expand", "-")]
    public async Task A_manifest_comes_from_the_input(params string[] command)
    {
        using var run = new CommandRun { Input = Manifest }.With("a.txt", "x").With("b.txt", "x");

        Assert.That(await run.RunAsync(command), Is.Zero, run.Error);
    }

    [TestCase("decide", "-", "shares/with space")]
    [TestCase("history", "-")]
    [TestCase("eval", "a.exists", "--evidence", "-")]
    public async Task Evidence_comes_from_the_input(params string[] command)
    {
        using var shares = await SharesAsync();
        using var run = (await SharesAsync(shares.Read("shares/one/evidence.json"))).With("x", "");

        Assert.That(await run.RunAsync(command), Is.Zero, run.Error);
    }

    [Test]
    public async Task A_baseline_comes_from_the_input()
    {
        using var before = await SharesAsync();
        await before.RunAsync("collect", "--out", "whole");
        using var run = await SharesAsync(before.Read("whole/evidence.json"));

        Assert.That(await run.RunAsync("decide", "shares", "--baseline", "-"), Is.Zero, run.Error);
    }

    [TestCase(0, "x.xml", Passed)]
    [TestCase(0, "-", Passed)]
    [TestCase(2, "-", "")]
    [TestCase(2, "-", "no results")]
    public async Task Results_come_from_the_input(int expected, string argument, string input)
    {
        using var run = new CommandRun { Input = input }.With("x.xml", Passed);

        Assert.That(await run.RunAsync("results", argument), Is.EqualTo(expected), run.Error);
        Assert.That(run.Out, Does.Contain(argument == "-" ? "(input)" : "x.xml"));
    }

    [TestCase("run", "-", "--baseline", "-")]
    [TestCase("decide", "shares", "--manifest", "-", "--baseline", "-")]
    public async Task The_input_can_be_read_once(params string[] command)
    {
        using var shares = await SharesAsync();
        var isManifest = command[0] == "run" || command.Contains("--manifest");
        using var run = await SharesAsync(isManifest ? Manifest : shares.Read("shares/one/evidence.json"));

        Assert.That(await run.RunAsync(command), Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("'-' is the input, which can be read once: name the other file by its path"));
    }

    [TestCase("gate.yml")]
    [TestCase("gate.yaml")]
    [TestCase(".github/gate.yml")]
    [TestCase(".github/gate.yaml")]
    public async Task A_manifest_of_either_spelling_is_found(string path)
    {
        using var run = new CommandRun().With(path, Manifest).With("a.txt", "x").With("b.txt", "x");

        foreach (var command in new[] { "validate", "expand", "run", "collect" })
            Assert.That(await run.RunAsync(command), Is.Zero, $"{command}: {run.Error}");
        Assert.That(await run.RunAsync("init"), Is.EqualTo(2));
        Assert.That(run.Error, Does.StartWith($"gate: there is a manifest '{path}' already"));
    }

    [TestCase("run", "other.yml")]
    [TestCase("run", "--manifest", "other.yml")]
    [TestCase("collect", "other.yml")]
    [TestCase("run", "--quiet", "other.yml")]
    [TestCase("run", "other.yml", "--json")]
    [TestCase("run", "--json", "other.yml")]
    public async Task The_manifest_that_is_named_is_the_one_that_judges(params string[] command)
    {
        using var run = new CommandRun().With("gate.yml", "version: 2\n").With("other.yml", Manifest).With("a.txt", "x").With("b.txt", "x");

        Assert.That(await run.RunAsync(command), Is.Zero, run.Error);
    }

    [TestCase("two manifests are named, 'a.yml' and 'b.yml'; run the gate once for each", "run", "a.yml", "--manifest", "b.yml")]
    [TestCase("'gate run' takes one manifest, and 'b.yml' is one more word; run it once for each; see 'gate run --help'", "run", "a.yml",
        "b.yml")]
    [TestCase("the name of the manifest is empty; is a variable not set?", "collect", "")]
    [TestCase("there is no manifest 'nosuch'; `gate init` writes a first one", "run", "nosuch")]
    [TestCase("the manifest 'folder' cannot be read: it is a folder; name the file in it, as in 'folder/gate.yml'", "run", "folder")]
    public async Task A_manifest_that_is_not_one_is_one_sentence(string expected, params string[] command)
    {
        using var run = new CommandRun().With("gate.yml", Manifest).With("folder/gate.yml", Manifest);

        Assert.That(await run.RunAsync(command), Is.EqualTo(2));
        Assert.That(run.Error, Is.EqualTo($"gate: {expected}\n"));
    }
}
