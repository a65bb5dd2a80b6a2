using System.Globalization;
using GateAction.Sources.Results.Reading;

namespace GateAction.Tests.Sources.Results.Reading;

/// <summary>Times as producers write them, whichever way they are read.</summary>
internal sealed class NumbersTests
{
    [Test]
    public void A_decimal_of_any_length_is_the_same_time_without_a_string_of_its_own()
    {
        var random = new Random(7);

        for (var round = 0; round < 20_000; round++)
        {
            var digits = random.Next(0, 11);
            var fraction = digits == 0 ? "" : "." + string.Concat(Enumerable.Range(0, digits).Select(_ => random.Next(10)));
            var text = random.Next(0, 1000).ToString(CultureInfo.InvariantCulture) + fraction;

            var expected = (long)(decimal.Parse(text, CultureInfo.InvariantCulture) * TimeSpan.TicksPerSecond);
            Assert.That(Numbers.Seconds(text.AsSpan())!.Value.Ticks, Is.EqualTo(expected).Within(10), text);
        }
    }

    [TestCase("0.002938674", 29386)]
    [TestCase("0.000157164", 1571)]
    [TestCase("12", 120_000_000)]
    [TestCase("0.12345678", 1234567)]
    [TestCase("1.2.3", null)]
    [TestCase("1.23456789.1", null)]
    [TestCase("", null)]
    [TestCase("NaN", null)]
    [TestCase("-1", null)]
    [TestCase(".5", 5_000_000)]
    [TestCase(".", null)]
    [TestCase("99999999999", 999_999_999_990_000_000)]
    [TestCase("999999999999", null)]
    [TestCase("9223372036854775807", null)]
    public void A_time_without_a_string_of_its_own(string text, long? ticks) =>
        Assert.That(Numbers.Seconds(text.AsSpan())?.Ticks, Is.EqualTo(ticks));
}
