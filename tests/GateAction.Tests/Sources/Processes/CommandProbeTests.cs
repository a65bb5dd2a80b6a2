using GateAction.Core.Model;
using GateAction.Sources.Processes;
using GateAction.Surroundings;
using GateAction.Syntax;
using GateAction.Tests.EndToEnd;

namespace GateAction.Tests.Sources.Processes;

[Platform("Linux")]
internal sealed class CommandProbeTests
{
    [Test]
    public async Task A_program_that_ends_well_gives_every_fact()
    {
        var measured = await ShellAsync("""sleep 0.1; echo '{"ready": true}'; echo careful >&2""");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.Multiple(() =>
        {
            Assert.That(measured.Reason, Is.Null);
            Assert.That(measured.Fact("exit_code").AsInt, Is.Zero);
            Assert.That(measured.Fact("json.ready").IsTrue);
            Assert.That(measured.Fact("stderr").AsString, Is.EqualTo("careful\n"));
            Assert.That(measured.Fact("duration").Seconds + measured.Fact("duration").Nanos / 1e9, Is.GreaterThan(0.1));
            Assert.That(measured.Fact("peak_memory").AsInt, Is.InRange(100_000, 50_000_000));
            Assert.That(measured.Subject, Does.StartWith("sh -c sleep 0.1"));
        });
    }

    [Test]
    public async Task A_status_other_than_0_is_measured_and_the_last_lines_are_kept()
    {
        var measured = await ShellAsync("for i in $(seq 30); do echo line $i >&2; done; exit 3");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
        Assert.That(measured.Fact("exit_code").AsInt, Is.EqualTo(3));
        Assert.That(measured.Details, Has.Count.EqualTo(10).And.Some.EqualTo("line 30"));
    }

    [Test]
    public async Task A_signal_that_ends_a_program_shows_in_its_status()
    {
        var measured = await ShellAsync("kill -9 $$");

        Assert.That(measured.Fact("exit_code").AsInt, Is.EqualTo(128 + 9));
    }

    [Test]
    public async Task A_program_runs_without_tokens_in_an_environment_of_its_own()
    {
        const string everything = "GITHUB_TOKEN INPUT_GITHUB-TOKEN ACTIONS_RUNTIME_TOKEN STAGING_TOKEN PATH";
        var shell = ProbeTesting.Shell
            with
        { Environment = name => everything.Split(' ').Contains(name) ? name == "PATH" ? "/usr/bin:/bin" : "secret-value" : null };

        var result = await new ProcessRun(
            new ProcessCall(["env"], "/", ProcessEnvironment.From(shell, [("MODE", "smoke")]), TimeSpan.FromSeconds(10)),
            TimeProvider.System).RunAsync(CancellationToken.None);

        var names = result.Stdout.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]);
        Assert.That(names, Is.EquivalentTo(new[] { "PATH", "MODE" }));
    }

    [TestCase("GITHUB_TOKEN")]
    [TestCase("INPUT_GITHUB-TOKEN")]
    [TestCase("ACTIONS_ID_TOKEN_REQUEST_TOKEN")]
    [TestCase("GH_TOKEN")]
    public void A_manifest_cannot_hand_the_workflow_token_to_a_program(string name)
    {
        var problems = ProblemsIn($"{{ command: [env], env: {{ {name}: x }} }}");

        Assert.That(problems,
            Is.EqualTo(new[]
            { $"'{name}' is not given to a command: a change under test may have written it, so it runs without the workflow's own "
            + "variables and tokens" }));
    }

    [Test]
    public void A_command_in_one_text_is_no_list_of_arguments()
    {
        Assert.That(ProblemsIn("command: python -c x").Single(), Does.StartWith("found 'python -c x', expected a list, each item a text"));
    }

    [Test]
    public async Task No_shell_reads_the_arguments_and_input_is_closed()
    {
        var echoed = await ProbeTesting.MeasureAsync("command: [echo, '$HOME; ls `id` > /tmp/x']");
        var read = await ProbeTesting.MeasureAsync("command: [cat]");

        Assert.That(echoed.Fact("stdout").AsString, Is.EqualTo("$HOME; ls `id` > /tmp/x\n"));
        Assert.That(read.Fact("exit_code").AsInt, Is.Zero);
    }

    [Test]
    public async Task A_program_that_is_not_there_says_how_to_get_one()
    {
        var measured = await ProbeTesting.MeasureAsync("command: [no-such-program]");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason,
            Is.EqualTo("'no-such-program' was not found on the PATH; install it in an earlier step, or write where it lies: "
            + "'./tools/no-such-program'"));
    }

    [TestCase("{ command: [no-such-program] }")]
    [TestCase("{ git: . }")]
    public async Task Only_in_the_actions_container_its_emptiness_is_the_reason(string probe)
    {
        var folder = Directory.CreateTempSubdirectory("gate-missing-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "gate.yml"),
            $"version: 1\nprobes: {{ p: {probe} }}\ncriteria: {{ c: p.attempts == 1 }}\n");

        var outside = await RunAsync("/home/runner/work");
        var inside = await RunAsync("/github/workspace");

        Assert.That(outside, Does.Contain("was not found on the PATH; install it in an earlier step"));
        Assert.That(outside, Does.Not.Contain("container"));
        Assert.That(inside, Does.Contain("was not found on the PATH: the action's container holds nothing but gate"));

        Directory.Delete(folder, recursive: true);

        async Task<string> RunAsync(string workspace) => (await ProgramRun.InAsync(folder, name => name switch
        {
            "GITHUB_ACTIONS" => "true",
            "GITHUB_WORKSPACE" => workspace,
            "GITHUB_REPOSITORY" => "acme/shop",
            "GITHUB_EVENT_NAME" => "push",
            "GITHUB_REF" => "refs/heads/main",
            "GITHUB_SHA" => "abc",
            "GITHUB_RUN_ID" => "1",
            "PATH" => folder,
            _ => null,
        }, CancellationToken.None, "run", "--manifest-from", "workspace")).Out.ReplaceLineEndings(" ");
    }

    [TestCase("[/etc/passwd]", "'/etc/passwd' does not exist or may not be run")]
    [TestCase("[./missing]", "'./missing' does not exist or may not be run")]
    public async Task A_program_that_may_not_be_run_is_no_evidence(string arguments, string reason)
    {
        var measured = await ProbeTesting.MeasureAsync($"command: {arguments}");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Is.EqualTo(reason));
    }

    [Test]
    public async Task A_directory_that_is_not_there_is_no_evidence()
    {
        var measured = await ProbeTesting.MeasureAsync("{ command: [env], directory: no/such/folder }");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Does.Match("^the directory '.*/no/such/folder', in which 'env' should run, does not exist$"));
    }

    [Test]
    public async Task Every_signal_is_as_the_system_sets_it_whatever_is_ignored_above()
    {
        var measured = await ShellAsync("grep -E 'Sig(Ign|Blk)' /proc/self/status");

        // The C library keeps signals 32 and 33 for itself.
        Assert.That(measured.Fact("stdout").AsString, Does.Match("^SigBlk:\t0{16}\nSigIgn:\t0{7}[01][08]0{7}\n$"));
    }

    [Test]
    public async Task No_program_that_is_started_gives_more_rights()
    {
        var measured = await ShellAsync("grep NoNewPrivs /proc/self/status");

        Assert.That(measured.Fact("stdout").AsString, Is.EqualTo("NoNewPrivs:\t1\n"));
    }

    [Test]
    public async Task A_character_that_no_argument_can_hold_is_said()
    {
        var evidence = await ProbeTesting.CollectAsync(
            [("first", "command: [printf, '%s', '\"a\\u0000b\"']"), ("second", "command: [echo, '${first.json}']")]);

        Assert.That(
            evidence.Measurements["second"].Reason,
            Is.EqualTo("'echo' cannot be started: an argument or a variable holds the character U+0000, which none can hold"));
    }

    [Test]
    [NonParallelizable] // What other tests allocate would be counted.
    public async Task Endless_output_is_read_in_flat_memory_and_never_taken_for_the_whole()
    {
        var before = GC.GetTotalAllocatedBytes();

        var measured = await ShellAsync("head -c 300000000 /dev/zero; echo done >&2", "timeout: 30s");

        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(30_000_000));
        Assert.That(measured.HasFact("stdout"), Is.False);
        Assert.That(measured.HasFact("json"), Is.False);
        Assert.That(measured.Reason, Is.EqualTo("the program wrote more than 1024 KiB to stdout"));
        Assert.That(measured.Fact("stderr").AsString, Is.EqualTo("done\n"));
    }

    [TestCase("printf '{\"a\": 1'", "the output is not JSON (line 1, byte 8)")]
    [TestCase("true", "the output is empty, so there is no JSON in it")]
    [TestCase("echo '{\"a\": 1, \"a\": 2}'", "the output is not JSON that can be read: a key stands twice")]
    [TestCase("echo NaN", "the output is not JSON (line 1, byte 1)")]
    public async Task Output_that_is_no_JSON_is_no_JSON(string script, string reason)
    {
        var measured = await ShellAsync("sleep 0.05; " + script);

        Assert.That(measured.HasFact("json"), Is.False);
        Assert.That(measured.Reason, Is.EqualTo(reason));
    }

    [Test]
    public async Task Memory_is_that_of_all_processes_together()
    {
        var measured = await ShellAsync("head -c 60000000 /dev/zero | tail -c 50000000 | (sleep 0.5; cat >/dev/null)", "timeout: 20s");

        Assert.That(measured.Fact("peak_memory").AsInt, Is.GreaterThan(40_000_000));
    }

    [Test]
    public async Task A_secret_that_a_program_prints_is_masked()
    {
        var secrets = new Secrets();
        secrets.Add("hunter2-token");

        var evidence = await ProbeTesting.CollectAsync([("probe", "command: [sh, -c, 'echo hunter2-token; exit 1']")], secrets: secrets);

        Assert.That(evidence.Measurements["probe"].Fact("stdout").AsString, Is.EqualTo("***\n"));
        Assert.That(evidence.Measurements["probe"].Subject, Does.Not.Contain("hunter2"));
        Assert.That(evidence.Measurements["probe"].Details, Is.EqualTo(new[] { "***" }));
    }

    private static Task<Measurement> ShellAsync(string script, string more = "timeout: 10s") =>
        ProbeTesting.MeasureAsync($"{{ command: [sh, -c, '{script.Replace("'", "''")}'], {more} }}");

    private static IEnumerable<string> ProblemsIn(string yaml)
    {
        var problems = new Problems();
        var mapping = (MappingNode)YamlTree.Read(new SourceText("gate.yml", yaml), problems)!;
        CommandProbe.Read(Fields.ToRead("command probe", mapping, new Reading(problems, Variables.None)));
        return problems.InOrder().Select(problem => problem.Message);
    }
}
