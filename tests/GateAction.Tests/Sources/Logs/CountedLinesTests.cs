using GateAction.Tests.Commands;

namespace GateAction.Tests.Sources.Logs;

/// <summary>Where a count fails, each report shows the lines that were counted, however many patterns and files there are.</summary>
internal sealed class CountedLinesTests
{
    private static readonly string[] Reports = ["report.md", "report.html", "comment.md", "verdict.json"];

    [TestCase("log.counts.p7 == 0", "a line that fits seven")]
    [TestCase("log.counts[\"p7\"] < 1", "a line that fits seven")]
    [TestCase("log.counts.all(name, log.counts[name] == 0)", "a line that fits seven")]
    [TestCase("log.counts.p1 == 0 && log.counts.p7 == 0", "a line that fits seven")]
    [TestCase("!(log.counts.p7 > 0) && log.total > 0", "a line that fits seven")]
    public async Task They_are_shown_under_the_criterion(string condition, string line)
    {
        using var run = RunOf(condition);

        var exitCode = await run.RunAsync("run");

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(run.Out, Does.Contain(line));
        foreach (var report in Reports)
            Assert.That(run.Read($"gate-report/{report}"), Does.Contain($"p7: {line}"), report);
    }

    [Test]
    public async Task A_criterion_that_is_met_shows_none()
    {
        using var run = RunOf("log.counts.p7 == 1");

        Assert.That(await run.RunAsync("run"), Is.Zero, run.Error);

        Assert.That(run.Out, Does.Not.Contain("a line that fits seven"));
        Assert.That(run.Read("gate-report/verdict.json"), Does.Not.Contain("\"lines\""));
    }

    [Test]
    public async Task What_is_secret_shows_in_none()
    {
        using var run = RunOf("log.counts.p7 == 0", "secrets: [TOKEN]\n").WithVariable("TOKEN", "fits seven");

        await run.RunAsync("run");

        Assert.That(run.Out + string.Concat(Reports.Select(report => run.Read($"gate-report/{report}"))),
            Does.Not.Contain("fits seven").And.Contain("line that ***"));
    }

    private static CommandRun RunOf(string condition, string more = "")
    {
        var patterns = string.Join(", ", Enumerable.Range(0, 9).Select(number => $"p{number}: 'fits {Words[number]}'"));
        var run = new CommandRun().With("gate.yml",
            $"version: 1\n{more}probes:\n  log: {{ log-file: 'logs/*.log', count: {{ {patterns} }} }}\ncriteria:\n  a: '{condition}'\n");
        foreach (var number in Enumerable.Range(0, 9))
            run.With($"logs/{number}.log", string.Concat(Enumerable.Repeat("all is well\n", 20))
                + (number == 4 ? "a line that fits seven\n" : ""));
        return run;
    }

    private static readonly string[] Words = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight"];
}
