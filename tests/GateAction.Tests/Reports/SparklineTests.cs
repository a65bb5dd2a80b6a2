using GateAction.Core.Reports.Markdown;

namespace GateAction.Tests.Reports;

internal sealed class SparklineTests
{
    [TestCase("", ExpectedResult = "")]
    [TestCase("5", ExpectedResult = "")]
    [TestCase("1 2 3 4 5 6 7 8", ExpectedResult = "▂▃▄▅▆▇██")]
    [TestCase("5 5 5", ExpectedResult = "███")]
    [TestCase("0 0", ExpectedResult = "▁▁")]
    [TestCase("5 x 5", ExpectedResult = "█×█")]
    [TestCase("x x", ExpectedResult = "××")]
    public string Samples_are_drawn_from_zero(string samples) => Sparkline.Of(Read(samples));

    [Test]
    public void A_long_series_keeps_its_peak()
    {
        var samples = Enumerable.Range(0, 1000).Select(index => (TimeSpan?)TimeSpan.FromMilliseconds(index == 500 ? 900 : 100)).ToArray();

        Assert.That(Sparkline.Of(samples), Has.Length.EqualTo(24).And.Contains("█"));
    }

    private static TimeSpan?[] Read(string samples) =>
        [.. samples.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(sample => sample == "x" ? (TimeSpan?)null : TimeSpan.FromMilliseconds(int.Parse(sample)))];
}
