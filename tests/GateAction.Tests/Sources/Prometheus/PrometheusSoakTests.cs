using System.Globalization;
using System.Text;
using GateAction.Core.Model;
using GateAction.StandIns.Staging;
using GateAction.Tests.Decisions;

namespace GateAction.Tests.Sources.Prometheus;

/// <summary>A condition over several samples holds only where it holds for each of them, whatever the newest one is.</summary>
internal sealed class PrometheusSoakTests
{
    private const string Pod = """{"metric":{"pod":"a"},"value":[1806480000,"V"]}""";

    // One answer each: values of pods a and b as 'a', 'a/b', or '-' for none.
    [TestCase("1 1 1 1", "s.value < 5", CriterionState.Passed)]
    [TestCase("1 9 1 1", "s.value < 5", CriterionState.Failed)]
    [TestCase("9 1 1 1", "s.value < 5", CriterionState.Failed)]
    [TestCase("1 2 3 4", "s.value < 5", CriterionState.Passed)]
    [TestCase("1 2 3 4", "!(s.value > 3)", CriterionState.Failed)]
    [TestCase("1 9 1 1", "s.min < 5", CriterionState.Passed)]
    [TestCase("1 9 1 1", "s.max < 5", CriterionState.Failed)]
    [TestCase("1 - 1 1", "s.value < 5", CriterionState.Inconclusive)]
    [TestCase("1 NaN 1 1", "s.value < 5", CriterionState.Inconclusive)]
    [TestCase("1 - 9 1", "s.value < 5", CriterionState.Failed)]
    [TestCase("1/1 1/9 1/1 1/1", "s.series.all(x, x.value < 5)", CriterionState.Failed)]
    [TestCase("1/1 1/2 1/3 2/1", "s.series.all(x, x.value < 5)", CriterionState.Passed)]
    [TestCase("1/1 1 1/1 1/1", "s.series.all(x, x.value < 5)", CriterionState.Inconclusive)]
    [TestCase("1/1 1 1/1 1/1", "s.count == 2", CriterionState.Failed)]
    [TestCase("1/1 1/2 1/3 2/1", "s.count == 2", CriterionState.Passed)]
    [TestCase("1/1 1/2 1/9 2/1", "s.series.all(x, x.max < 10 && x.samples.all(v, v < 10))", CriterionState.Passed)]
    [TestCase("1 1 9 1", "s.samples.all(v, v < 5)", CriterionState.Failed)]
    public async Task Each_sample_is_judged(string answers, string condition, CriterionState state)
    {
        Assert.That((await JudgeAsync(answers, condition)).State, Is.EqualTo(state));
    }

    [TestCase("1 - 1 1", "s.value < 5", CriterionState.Passed)]
    [TestCase("1 - - 1", "s.value < 5", CriterionState.Inconclusive)]
    [TestCase("- 1 1 9", "s.value < 5", CriterionState.Failed)]
    [TestCase("1/1 1 1/1 1/1", "s.series.all(x, x.value < 5)", CriterionState.Passed)]
    [TestCase("1/1 1 1 1/1", "s.series.all(x, x.value < 5)", CriterionState.Inconclusive)]
    public async Task As_many_gaps_as_may_be_are_left_out(string answers, string condition, CriterionState state)
    {
        Assert.That((await JudgeAsync(answers, condition, "allow-missing: 1")).State, Is.EqualTo(state));
    }

    [Test]
    public async Task It_says_for_how_many_samples_it_did_not_hold()
    {
        var criterion = await JudgeAsync("1 1 9 1", "s.value < 5");

        Assert.That(criterion.Reason, Does.Contain("it holds for 3 of 4 samples of 's': 1 × ").And.Contain("3 × "));
    }

    private static async Task<CriterionVerdict> JudgeAsync(string answers, string condition, string more = "")
    {
        var bodies = new Queue<string>(answers.Split(' ').Select(Answer));
        using var server = new WireServer(async stream =>
        {
            while (await WireServer.ReadHeadAsync(stream) is { } head)
            {
                await stream.ReadExactlyAsync(new byte[LengthIn(head)]);
                await stream.WriteAsync(WireServer.Answer(Encoding.ASCII.GetBytes(bodies.Dequeue())));
            }
        });
        var source = ProbeTesting.SourceOf("s",
            $"prometheus: up\nurl: {server.Url}\nsamples: {answers.Split(' ').Length}\nevery: 1ms\n{more}");
        var measured = await ProbeTesting.CollectAsync([source]);
        return Gates.Gate(Gates.Criterion("it", condition)).Decide(("s", measured.Measurements["s"])).Criteria.Single();
    }

    private static int LengthIn(string head) => int.Parse(head.Split("ontent-Length:")[1].Split('\r')[0], CultureInfo.InvariantCulture);

    private static string Answer(string values)
    {
        var series = values == "-"
            ? []
            : values.Split('/').Select((value, i) => Pod.Replace("V", value).Replace("\"a\"", $"\"{(char)('a' + i)}\""));
        return """{"status":"success","data":{"resultType":"vector","result":[SERIES]}}""".Replace("SERIES", string.Join(',', series));
    }
}
