using System.Text;
using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.Core.Reports.Markdown;
using GateAction.Tests.Reports;

namespace GateAction.Tests.Documents;

internal sealed class VerdictJsonTests
{
    [Test]
    public void What_was_written_is_reported_the_same_once_read()
    {
        var read = Read(Write(SampleVerdicts.Failing));

        Assert.That(Write(read), Is.EqualTo(Write(SampleVerdicts.Failing)));
        Assert.That(Comment.Render(read, SampleVerdicts.Context),
            Is.EqualTo(Comment.Render(SampleVerdicts.Failing, SampleVerdicts.Context)));
    }

    [Test]
    public void The_trend_travels_with_the_verdict()
    {
        var verdict = SampleVerdicts.Passing with { Trend = "score 91% → 95%, p95 of backend ▼ 12% against main" };

        Assert.That(Comment.Render(Read(Write(verdict)), SampleVerdicts.Context),
            Does.Contain("\nscore 91% → 95%, p95 of backend ▼ 12% against main\n"));
    }

    [Test]
    public void The_document_is_readable_and_versioned() => Snapshot.Match(Write(SampleVerdicts.Warned), "json");

    [Test]
    public void No_score_stays_no_score() => Assert.That(Read(Write(SampleVerdicts.Failing with { Score = null })).Score, Is.Null);

    [Test]
    public void A_verdict_says_of_which_run_it_is_and_why_a_gate_is_not_concerned()
    {
        var verdict = SampleVerdicts.Passing
            with
        {
            State = VerdictState.NotConcerned,
            Reason = "the change touches nothing of the shop",
            Run = new("acme/shop", "9b1f6c3", 7, 2)
        };

        var read = Read(Write(verdict));

        Assert.That((read.Run, read.Reason), Is.EqualTo((verdict.Run, verdict.Reason)));
        Assert.That(Comment.Render(read, SampleVerdicts.Context),
            Does.StartWith("### ➖ Not concerned: the change touches nothing of the shop"));
    }

    [Test]
    public void An_explanation_stays_data()
    {
        var scope = new Scope(new Dictionary<string, Value>
        {
            ["a"] = Value.Map(("latency", Value.Duration(0, 812_000_000)),
                ("at", Value.Timestamp(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))),
                ("tags", Value.List([Value.String("x"), Value.String("")]))),
        });
        string[] conditions =
            ["a.latency < 500ms && a.latency * 2 < 1s", "a.at > timestamp('2027-01-01T00:00:00Z')", "a.tags.all(tag, tag != '')",
            "a.tags[0].contains('y')", "has(a.gone)", "a.gone == 1", "a.tags == []"];
        var explanation = conditions.SelectMany(condition => Condition.Parse(condition).Condition!.Evaluate(scope).Explanation).ToArray();

        var read = Read(Write(SampleVerdicts.Failing
            with
        { Criteria = [SampleVerdicts.Failing.Criteria[0] with { Explanation = explanation }], Base = "main" }));

        Assert.That(read.Criteria[0].Explanation.Select(part => part.ToString()), Is.EqualTo(explanation.Select(part => part.ToString())));
        Assert.That(read.Criteria[0].Explanation.Select(part => (part.Actual?.Value, part.Operator, part.Limit?.Value, part.Needs)),
            Is.EqualTo(explanation.Select(part => (part.Actual?.Value, part.Operator, part.Limit?.Value, part.Needs))));
        Assert.That(read.Base, Is.EqualTo("main"));
    }

    [Test]
    public void An_older_document_is_refused()
    {
        var text = Write(SampleVerdicts.Passing).Replace("gateaction/verdict/2", "gateaction/verdict/1", StringComparison.Ordinal);

        Assert.That(() => Read(text), Throws.TypeOf<GateException>().With.Message.Contains("which is older than this gate reads"));
    }

    [Test]
    public void A_state_of_another_version_is_refused_by_its_name()
    {
        var text = Write(SampleVerdicts.Passing).Replace("\"state\": \"passed\"", "\"state\": \"splendid\"", StringComparison.Ordinal);

        Assert.That(() => Read(text),
            Throws.TypeOf<GateException>().With.Message.EqualTo(
            "v.json: 'state' is \"splendid\" where one of 'passed', 'warned', 'failed', 'inconclusive', 'not-concerned' is accepted"));
    }

    public static string Write(Verdict verdict)
    {
        using var stream = new MemoryStream();
        VerdictJson.Write(stream, verdict);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static Verdict Read(string text) => VerdictJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "v.json");
}
