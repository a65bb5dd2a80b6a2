using GateAction.Cel.Values;

namespace GateAction.Tests.Cel;

/// <summary>One reader for all notations; each accepts what it says and nothing else.</summary>
internal sealed class QuantityNotationTests
{
    private static readonly Dictionary<string, QuantityNotation> Notations = new()
    {
        ["condition"] = QuantityNotation.Duration,
        ["manifest"] = QuantityNotation.OrderedDuration,
        ["go"] = QuantityNotation.GoDuration,
        ["size"] = QuantityNotation.Size,
    };

    [TestCase("500ms", "condition manifest go")]
    [TestCase("1h30m", "condition manifest go")]
    [TestCase("1.5s", "condition manifest go")]
    [TestCase("0s", "condition manifest go")]
    [TestCase("7d", "condition manifest")]
    [TestCase("30m1h", "condition go")]
    [TestCase("1s1s", "condition go")]
    [TestCase("5us", "condition go")]
    [TestCase("5µs", "go")]
    [TestCase("5μs", "go")]
    [TestCase("-5s", "go")]
    [TestCase("+5s", "go")]
    [TestCase(".5s", "go")]
    [TestCase("0", "go")]
    [TestCase("512Mi", "size")]
    [TestCase("1GiB", "size")]
    [TestCase("20MB", "size")]
    [TestCase("0.5KiB", "size")]
    [TestCase("1GiB512MiB", "")]
    [TestCase("", "")]
    [TestCase("-", "")]
    [TestCase("5", "")]
    [TestCase("s", "")]
    [TestCase("5 s", "")]
    [TestCase("5s ", "")]
    [TestCase("1h30", "")]
    [TestCase("1.2.3s", "")]
    [TestCase(".s", "")]
    [TestCase("1h-1m", "")]
    [TestCase("5S", "")]
    [TestCase("5mS", "")]
    [TestCase("٥s", "")]
    [TestCase("1e3s", "")]
    [TestCase("1,5s", "")]
    [TestCase("5sek", "")]
    [TestCase("0.00000000000000000000000000000001s", "")]
    public void Each_notation_takes_its_own(string text, string accepted) =>
        Assert.That(Notations.Where(notation => notation.Value.TryRead(text, out _)).Select(notation => notation.Key),
            Is.EqualTo(accepted.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [TestCase("9999999999999999999999999999d", "condition manifest")]
    [TestCase("9999999999999999999999999999h", "condition manifest go")]
    [TestCase("9999999999999999999999999999TiB", "size")]
    public void What_is_far_too_much_stays_so_and_never_comes_around(string text, string notations) =>
        Assert.That(notations.Split(' ').Select(name => (Notations[name].TryRead(text, out var amount), amount > long.MaxValue)),
            Is.All.EqualTo((true, true)));

    [Test]
    public void Many_parts_are_added_up_without_an_overflow()
    {
        var text = string.Concat(Enumerable.Repeat("9999999999999999999999999999h", 10_000));

        Assert.That(QuantityNotation.GoDuration.TryRead("-" + text, out var amount), Is.True);
        Assert.That(amount, Is.LessThan((decimal)long.MinValue));
    }

    [Test]
    public void What_a_duration_is_written_as_is_read_again([Random(0L, 9_000_000_000_000_000_000L, 50)] long nanos)
    {
        var text = Durations.Exactly(Durations.FromNanos(nanos));

        Assert.That(QuantityNotation.Duration.TryRead(text, out var amount), Is.True, text);
        Assert.That(amount, Is.EqualTo((decimal)nanos));
    }
}
