using GateAction.Core.Model;
using GateAction.Surroundings;
using GateAction.Terminal;
using GateAction.Tests.Reports;

namespace GateAction.Tests.Terminal;

internal sealed class TerminalReportTests
{
    [TestCase(60)]
    [TestCase(100)]
    [TestCase(200)]
    public void A_failing_gate_fits_any_width(int width)
    {
        var text = Render(SampleVerdicts.Failing, Scene.Of(width: width));

        Assert.That(text.Split('\n').Select(line => line.Length), Is.All.LessThanOrEqualTo(width));
        Snapshot.Match(text, name: $"{width}");
    }

    [Test]
    public async Task A_passing_gate_is_short() => Snapshot.Match(Render(SampleVerdicts.Passing, Scene.Of()));

    [Test]
    public async Task The_trend_stands_below_the_score() =>
        Assert.That(Render(SampleVerdicts.Passing with { Trend = "score 91% → 95% [against main]" }, Scene.Of()),
        Does.Match(@"score.* measured\r?\nscore 91% → 95% \[against main\]"));

    [Test]
    public void Colour_is_for_terminals_that_want_it()
    {
        var coloured = Render(SampleVerdicts.Failing, Scene.Of(isTerminal: true));
        var plain = Render(SampleVerdicts.Failing, Scene.Of(isTerminal: true, environment: ("NO_COLOR", "1")));

        Assert.That(coloured, Does.Contain("\u001b[").And.Match("\u001b\\[[0-9;]*9?1m"));
        Assert.That(plain, Does.Not.Match("\u001b\\[(?:[0-9]+;)*(?:3|9)[0-9]"));
        Assert.That(Render(SampleVerdicts.Failing, Scene.Of()), Does.Not.Contain("\u001b"));
    }

    [Test]
    public void What_tests_wrote_is_no_markup_no_escape_and_no_workflow_command()
    {
        var hostile = SampleVerdicts.Failing with
        {
            Criteria = [SampleVerdicts.Criterion("x", "[red]x[/] \u001b[2J", "testing", CriterionState.Failed, "a: was 1\n::error::b",
                "##[error]c") with { Reason = "[/]" }],
        };

        var text = Render(hostile, Scene.Of(environment: ("GITHUB_ACTIONS", "true")));

        Assert.That(text, Does.Contain("[red]x[/]").And.Not.Contain("\u001b[2J").And.Contain("\u001b["));
        Assert.That(text, Does.Not.Contain("::").And.Not.Contain("##["));
    }

    private static string Render(Verdict verdict, Shell shell) =>
        TerminalReport.Render(shell, verdict, SampleVerdicts.Context with { Previous = SampleVerdicts.Previous });
}
