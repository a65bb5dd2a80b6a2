using GateAction.Syntax;

namespace GateAction.Tests.Syntax;

internal sealed class DurationNotationTests
{
    [TestCase("0s", 0)]
    [TestCase("500ms", 500)]
    [TestCase("1.5s", 1_500)]
    [TestCase("1h30m", 5_400_000)]
    [TestCase("1d2h3m4s5ms", 93_784_005)]
    public void Units_follow_each_other_from_large_to_small(string text, long milliseconds)
    {
        Assert.That(DurationNotation.TryParse(text, out var value), Is.True);
        Assert.That(value, Is.EqualTo(TimeSpan.FromMilliseconds(milliseconds)));
    }

    [TestCase("")]
    [TestCase("5")]
    [TestCase("s")]
    [TestCase(".5s")]
    [TestCase("-5s")]
    [TestCase("5 s")]
    [TestCase("30m1h")]
    [TestCase("1s1s")]
    [TestCase("1.2.3s")]
    [TestCase("4000d")]
    [TestCase("99999999999999999999d")]
    [TestCase("999999999999999999999999999999999999d")]
    [TestCase("1h30")]
    public void Anything_else_is_no_duration(string text) => Assert.That(DurationNotation.TryParse(text, out _), Is.False);

    [TestCase(0, "0s")]
    [TestCase(500, "500ms")]
    [TestCase(90_000, "1m30s")]
    [TestCase(86_400_000, "1d")]
    public void It_is_written_as_it_is_read(long milliseconds, string text) =>
        Assert.That(DurationNotation.Format(TimeSpan.FromMilliseconds(milliseconds)), Is.EqualTo(text));
}
