using GateAction.Cel.Values;

namespace GateAction.Tests.Cel;

/// <summary>Numbers and durations at the edges of what fits: a condition never holds of what they do not say.</summary>
internal sealed class NumberEdgeTests
{
    [TestCase("math.greatest([1.0, double('NaN')]) < 5.0")]
    [TestCase("math.greatest([double('NaN'), 1.0]) < 5.0")]
    [TestCase("math.greatest(1, double('NaN'), 7) != 7")]
    [TestCase("math.least([7, double('NaN')]) > 5.0")]
    [TestCase("math.least([double('NaN')]) != 5.0")]
    public void Nothing_is_the_greatest_beside_NaN(string condition) =>
        Assert.That(CelTesting.Evaluate(condition).Text, Does.Contain("takes numbers; one was NaN"));

    [TestCase("5s / 0s > 1.0", "division by zero: 5s / 0s")]
    [TestCase("0s / 0s != 1.0", "division by zero: 0s / 0s")]
    [TestCase("-90s / (3s - 3s) < 1.0", "division by zero: -1m30s / 0s")]
    public void A_duration_is_not_divided_by_none(string condition, string error) =>
        Assert.That(CelTesting.Evaluate(condition).Text, Does.Contain(error));

    [TestCase("d > 5m && d > 100000d && d == d")]
    [TestCase("!(d < 5m)")]
    [TestCase("d / 1s > 1e11")]
    [TestCase("d.getHours() > 200000000")]
    [TestCase("-0s < d")]
    public void A_time_longer_than_any_duration_is_compared(string condition) => Assert.That(WithLongest(condition).IsTrue, condition);

    [TestCase("d * 2 < 5m")]
    [TestCase("d / 2 < 5m")]
    [TestCase("d + 1s < 5m")]
    [TestCase("d - 1s < 5m")]
    [TestCase("-d < 5m")]
    [TestCase("1s - d < 5m")]
    public void A_time_longer_than_any_duration_is_not_calculated_with(string condition) =>
        Assert.That(WithLongest(condition).Text, Does.Contain("the duration is out of range"));

    [Test]
    public void A_time_longer_than_any_duration_is_shown_as_it_is() =>
        Assert.That(ValueText.Short(Value.Duration(TimeSpan.MaxValue)), Is.EqualTo("10675199d2h"));

    [TestCase("size(x) > -9223372036854775808")]
    [TestCase("size(x) >= -9223372036854775808 && size(x) < 9223372036854775807")]
    [TestCase("x[0] > 9223372036854775807 || x[0] < -9223372036854775808")]
    [TestCase("x[0] > -9223372036854775807")]
    [TestCase("!(x[0] <= -9223372036854775808)")]
    public void A_limit_at_the_end_of_the_ints_is_checked(string condition)
    {
        var names = new Dictionary<string, FactType> { ["x"] = FactType.List("", FactType.Int("")) };

        Assert.That(() => CelTesting.Parse(condition).Check(names), Throws.Nothing);
    }

    private static Value WithLongest(string condition) => CelTesting.Parse(condition)
        .Evaluate(new Scope(new Dictionary<string, Value> { ["d"] = Value.Duration(TimeSpan.MaxValue) })).Value;
}
