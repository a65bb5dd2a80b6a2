using GateAction.Core.Model;
using GateAction.Platform;

namespace GateAction.Tests.Sources.Processes;

/// <summary>What a program starts ends with it, by its deadline and when the run is stopped.</summary>
[Platform("Linux")]
internal sealed class ProcessEndTests
{
    [TestCase("sleep 61.7", TestName = "a child")]
    [TestCase("trap '' TERM INT HUP; sleep 61.7", TestName = "one that ignores signals")]
    [TestCase("(sleep 61.7 &) ; (sleep 61.7 & sleep 61.7) & sleep 61.7", TestName = "children of children")]
    [TestCase("setsid sh -c 'trap \"\" TERM; sleep 61.7' & sleep 61.7", TestName = "a session of its own")]
    [TestCase("setsid sh -c 'setsid sleep 61.7 </dev/null >/dev/null 2>&1 & exit' ; sleep 61.7", TestName = "a daemon")]
    [TestCase("setsid env -i sh -c 'setsid sleep 61.7 </dev/null >/dev/null 2>&1 & exit' ; sleep 61.7",
        TestName = "a daemon without a variable")]
    [TestCase("sh -c 'sleep 61.7 & kill -STOP $!; sleep 61.7 &' ; sleep 61.7", TestName = "one that stands still")]
    [TestCase("kill -TERM $PPID; kill -HUP $PPID; kill -INT $PPID; kill -QUIT $PPID; sleep 61.7",
        TestName = "one that wants its watcher to end")]
    public async Task The_deadline_kills_everything_that_was_started(string script)
    {
        var measured = await ShellAsync(script, "timeout: 400ms");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason,
            Does.Match(@"^'sh' did not end within 400ms and was killed( with the .*)?; raise 'timeout' if it needs longer$"));
        Assert.That(Sleepers(), Is.Empty);
    }

    [Test]
    public async Task What_a_program_leaves_running_ends_with_it()
    {
        var measured = await ShellAsync("sleep 61.7 & setsid sleep 61.7 & echo started");

        Assert.That(measured.Fact("stdout").AsString, Is.EqualTo("started\n"));
        Assert.That(Sleepers(), Is.Empty);
    }

    [Test]
    public async Task What_it_started_ends_with_a_program_also_as_an_orphan_without_a_variable_in_a_session_of_its_own()
    {
        var measured = await ShellAsync("setsid env -i sh -c 'setsid sleep 61.7 </dev/null >/dev/null 2>&1 &'; echo started");

        Assert.That(measured.Fact("stdout").AsString, Is.EqualTo("started\n"));
        Assert.That(Sleepers(), Is.Empty);
    }

    [Test]
    public async Task A_process_that_is_always_another_one_does_not_run_away()
    {
        var script = Path.Combine(Directory.CreateTempSubdirectory("gate-chain-").FullName, "chain.sh");
        await File.WriteAllTextAsync(script, "setsid env -i sh \"$0\" </dev/null >/dev/null 2>&1 &\n");

        try
        {
            var measured = await ShellAsync($"sh {script}; sleep 0.2; echo started");

            Assert.That(measured.Fact("stdout").AsString, Is.EqualTo("started\n"), measured.Reason);
            await Eventually.TrueAsync(
                () => !ProcessEntry.All().Any(entry => CommandLine(entry.Id).Contains(script, StringComparison.Ordinal)),
                "none of the chain is left");
        }
        finally
        {
            // Without its script the chain breaks, also where the probe did not break it.
            File.Delete(script);
        }
    }

    [Test]
    public async Task What_one_program_leaves_is_not_taken_for_what_another_started()
    {
        var evidence = await ProbeTesting.CollectAsync(
            [("first", "command: [sh, -c, 'setsid sleep 0.3 & exit 0']"),
            ("second", "command: [sh, -c, 'setsid sleep 0.4 & wait; echo whole']")]);

        Assert.That(evidence.Measurements["first"].Fact("exit_code").AsInt, Is.Zero);
        Assert.That(evidence.Measurements["second"].Fact("stdout").AsString, Is.EqualTo("whole\n"));
    }

    [Test]
    public async Task An_orphan_that_ends_is_not_taken_for_the_program()
    {
        var measured = await ShellAsync("(sleep 0.1 & exit 7) & (sleep 0.2; exit 9) & sleep 0.3; exit 5");

        Assert.That(measured.Fact("exit_code").AsInt, Is.EqualTo(5));
    }

    [Test]
    public async Task A_run_that_is_stopped_kills_its_programs()
    {
        using var stop = new CancellationTokenSource();
        var measuring = ProbeTesting.MeasureAsync("command: [sh, -c, 'sleep 61.7; true']", cancellation: stop.Token);
        await Eventually.TrueAsync(() => Sleepers().Length > 0, "the program runs");

        await stop.CancelAsync();

        Assert.That((await measuring).Reason, Is.EqualTo("was not measured: the run was stopped"));
        await Eventually.TrueAsync(() => Sleepers().Length == 0, "the program has ended");
    }

    private static Task<Measurement> ShellAsync(string script, string more = "timeout: 10s") =>
        ProbeTesting.MeasureAsync($"{{ command: [sh, -c, '{script.Replace("'", "''")}'], {more} }}");

    private static int[] Sleepers() =>
        [.. ProcessEntry.All().Where(entry => CommandLine(entry.Id) == "sleep\u000061.7\u0000").Select(entry => entry.Id)];

    private static string CommandLine(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
