using GateAction.Cel.Values;
using GateAction.Core.Decisions;
using GateAction.Core.Model;

namespace GateAction.Tests.Decisions;

internal sealed class BaselineMedianTests
{
    [Test]
    public void Of_every_number_and_duration_the_median_counts_and_of_the_rest_what_is_newest()
    {
        var median = BaselineMedian.Of([Run(900, 7, "v3"), Run(100, 3, "v2"), Run(110, 5, "v1")]);

        Assert.That(Facts(median, "latency").AsMap.Entries[0].Value.Nanos, Is.EqualTo(110_000_000));
        Assert.That(Facts(median, "count").AsInt, Is.EqualTo(5));
        Assert.That(Facts(median, "version").AsString, Is.EqualTo("v3"));
    }

    [Test]
    public void Of_two_runs_the_lower_number_counts() =>
    Assert.That(Facts(BaselineMedian.Of([Run(1, 9, ""), Run(1, 4, "")]), "count").AsInt, Is.EqualTo(4));

    [Test]
    public void A_run_that_could_not_measure_does_not_take_part()
    {
        var median = BaselineMedian.Of([Run(1, 9, ""), Run(1, 0, "", Outcome.Unreachable), Run(1, 0, "", Outcome.Unclean)]);

        Assert.That(Facts(median, "count").AsInt, Is.EqualTo(9));
    }

    [Test]
    public void One_run_is_its_own_median() => Assert.That(Facts(BaselineMedian.Of([Run(5, 6, "v")]), "count").AsInt, Is.EqualTo(6));

    private static Value Facts(Evidence evidence, string name)
    {
        Assert.That(evidence.Measurements["backend"].Facts.AsMap.TryGet(name, out var value), Is.True);
        return value;
    }

    private static Evidence Run(int milliseconds, long count, string version, Outcome outcome = Outcome.Measured)
    {
        var facts = Value.Map(
            ("latency", Value.Map(("p95", Value.Duration(TimeSpan.FromMilliseconds(milliseconds))))),
            ("count", Value.Int(count)),
            ("version", Value.String(version)));
        var measurement = new Measurement("http", outcome, null, facts, DateTimeOffset.UnixEpoch, TimeSpan.Zero);
        return new("staging", DateTimeOffset.UnixEpoch, TimeSpan.Zero, Value.Map(), null,
            new Dictionary<string, Measurement> { ["backend"] = measurement });
    }
}
