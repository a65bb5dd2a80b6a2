using System.Text.Json;
using GateAction.StandIns.GitHub;
using GateAction.Surroundings;
using GateAction.Tests.GitHub;

namespace GateAction.Tests.EndToEnd;

/// <summary>The action's input <c>command</c>: the container starts with <c>gate run</c>, and the input says what is done.</summary>
internal sealed class ActionCommandTests
{
    private GateScene _scene = null!;
    private StandInJob _job = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _scene = await GateScene.StartAsync();
        _scene.GitHub.Repository.AddCommit("main", (".github/gate.yml", """
            version: 1
            name: staging
            probes: { arch: { file: compliance.json }, notes: { file: notes.txt } }
            criteria: { compliant: arch.json.violations == 0, noted: notes.exists }
            """));
        _job = StandInJob.PullRequest(_scene.GitHub, _scene.Pull);
        await File.WriteAllTextAsync(Path.Combine(_job.Directory, "compliance.json"), """{ "violations": 0 }""");
        await File.WriteAllTextAsync(Path.Combine(_job.Directory, "notes.txt"), "x");
    }

    [TearDown]
    public async Task StopAsync()
    {
        _job.Dispose();
        await _scene.DisposeAsync();
    }

    [Test]
    public async Task Jobs_of_a_matrix_collect_and_one_publishes([Values("shares", "shares/**/evidence.json", "shares/a\nshares/b c\n")]
        string evidence)
    {
        Assert.That(await RunAsync("collect", ("only", "arch"), ("out", "shares/a")), Is.Zero, _scene.Error.ToString());
        Assert.That(await RunAsync(" Collect ", ("only", "notes"), ("out", "shares/b c")), Is.Zero, _scene.Error.ToString());
        Assert.That(_scene.GitHub.Repository.Statuses, Is.Empty, "collecting says nothing");

        Assert.That(await RunAsync("decide", ("evidence", evidence)), Is.Zero, _scene.Error.ToString());
        Assert.That(_scene.GitHub.Repository.Statuses, Is.Empty, "deciding says nothing");
        Assert.That(File.Exists(Path.Combine(_job.Directory, "gate-report/verdict.json")));

        Assert.That(await RunAsync("publish", ("evidence", evidence)), Is.Zero, _scene.Error.ToString());
        Assert.That(_scene.GitHub.Repository.Statuses.Select(status => status.State), Is.EqualTo(["pending", "success"]));
        Assert.That(_scene.GitHub.Repository.Comments, Has.Exactly(1).Items);
    }

    [TestCase("run")]
    [TestCase("RUN")]
    [TestCase("")]
    [TestCase(null)]
    public async Task Run_is_what_is_done_if_nothing_else_is_said(string? command)
    {
        Assert.That(await RunAsync(command), Is.Zero, _scene.Error.ToString());
        Assert.That(_scene.GitHub.Repository.Statuses.Select(status => status.State), Is.EqualTo(["pending", "success"]));
    }

    [TestCase("colect", null, "'command' is 'colect'; accepted are 'run', 'collect', 'decide', 'publish'")]
    [TestCase("gate run", null, "'command' is 'gate run'; accepted are 'run', 'collect', 'decide', 'publish'")]
    [TestCase("validate", null, "'command' is 'validate'; accepted are 'run', 'collect', 'decide', 'publish'")]
    [TestCase("1", null, "'command' is '1'; accepted are 'run', 'collect', 'decide', 'publish'")]
    [TestCase("collect", "shares", "'evidence' is given, and 'command' is 'collect', which measures: ")]
    [TestCase("decide", null, "'command' is 'decide', which decides on evidence: name its files with 'evidence', as in 'shares/")]
    [TestCase("publish", null, "'command' is 'publish', which decides on evidence: name its files with 'evidence', as in 'shares/")]
    [TestCase("publish", "nosuch/*.json", "no file matches 'nosuch/*.json'")]
    [TestCase("publish", "a.json b.json", "the evidence 'a.json b.json' cannot be read: there is no such file")]
    [TestCase("decide", "artifact", "'evidence' names an artifact of the run that this one follows, but the event is 'pull_request'")]
    [TestCase("run", "shares", "'evidence' is 'shares'; accepted is 'artifact' or 'artifact:NAME'; files are for 'decide' and 'publish'")]
    public async Task What_cannot_be_done_is_one_sentence_and_never_green(string command, string? evidence, string sentence)
    {
        Assert.That(await RunAsync(command, ("evidence", evidence)), Is.EqualTo(2));

        Assert.That(_scene.Error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Last(), Does.StartWith($"gate: {sentence}"));
        Assert.That(_scene.FinalStatuses.Select(status => status.State), Has.None.EqualTo("success"));
    }

    [Test]
    public async Task Evidence_that_is_not_there_is_told_on_the_status()
    {
        Assert.That(await RunAsync("publish", ("evidence", "nosuch/*.json")), Is.EqualTo(2));
        Assert.That(_scene.FinalStatuses.Select(status => status.State), Is.EqualTo(["error"]));
    }

    [TestCase("open", "gateaction/verdict/2", "state")]
    [TestCase("closed", "gateaction/outcome/1", "nothing_to_judge")]
    public async Task With_JSON_everything_else_of_a_workflow_goes_to_the_error_output(string state, string schema, string member)
    {
        _scene.Pull.State = state;

        var shell = _scene.Shell(_job);
        Assert.That(await Program.RunAsync(["run", "--json"], shell, CancellationToken.None), Is.Zero, _scene.Error.ToString());

        using var document = JsonDocument.Parse(_scene.Out.ToString());
        Assert.That(document.RootElement.GetProperty("schema").GetString(), Is.EqualTo(schema));
        Assert.That(document.RootElement.GetProperty(member).GetString(), Is.Not.Empty);
    }

    [Test]
    public async Task A_baseline_that_is_none_is_told_on_the_status([Values("nosuch.json", "artifact@many")] string baseline)
    {
        _job["INPUT_BASELINE"] = baseline;

        Assert.That(await RunAsync("run"), Is.EqualTo(2));
        Assert.That(_scene.FinalStatuses.Select(status => status.State), Is.EqualTo(["error"]));
    }

    /// <summary>Each command is reached through the input, and by its own name on the command line.</summary>
    [Test]
    public async Task Every_word_is_a_command()
    {
        using var output = new StringWriter();
        await Program.RunAsync(["help"], Shell.FromProcess() with { Out = output }, CancellationToken.None);

        foreach (var word in ActionInput.Command.Words)
            Assert.That(output.ToString(), Does.Match($@"(?m)^  {word} "));
    }

    private Task<int> RunAsync(string? command, params (string Name, string? Value)[] inputs)
    {
        foreach (var name in new[] { "only", "out", "evidence" })
            _job[$"INPUT_{name.ToUpperInvariant()}"] = inputs.FirstOrDefault(input => input.Name == name).Value ?? "";
        _job["INPUT_COMMAND"] = command ?? "";
        return Program.RunAsync(["run"], _scene.Shell(_job), CancellationToken.None);
    }
}
