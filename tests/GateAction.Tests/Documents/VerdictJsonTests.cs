using System.Text;
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
        Assert.That(Comment.Render(read, SampleVerdicts.Context), Is.EqualTo(Comment.Render(SampleVerdicts.Failing, SampleVerdicts.Context)));
    }

    [Test]
    public void The_trend_travels_with_the_verdict()
    {
        var verdict = SampleVerdicts.Passing with { Trend = "score 91% → 95%, p95 of backend ▼ 12% against main" };

        Assert.That(Comment.Render(Read(Write(verdict)), SampleVerdicts.Context), Does.Contain("\nscore 91% → 95%, p95 of backend ▼ 12% against main\n"));
    }

    [Test]
    public void The_document_is_readable_and_versioned() => Snapshot.Match(Write(SampleVerdicts.Warned), "json");

    [Test]
    public void No_score_stays_no_score() => Assert.That(Read(Write(SampleVerdicts.Failing with { Score = null })).Score, Is.Null);

    [Test]
    public void A_state_of_another_version_is_refused_by_its_name()
    {
        var text = Write(SampleVerdicts.Passing).Replace("\"state\": \"passed\"", "\"state\": \"splendid\"", StringComparison.Ordinal);

        Assert.That(() => Read(text), Throws.TypeOf<GateException>().With.Message.EqualTo("v.json: 'state' is \"splendid\" where one of 'passed', 'warned', 'failed', 'inconclusive' is accepted"));
    }

    public static string Write(Verdict verdict)
    {
        using var stream = new MemoryStream();
        VerdictJson.Write(stream, verdict);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static Verdict Read(string text) => VerdictJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "v.json");
}
