using System.Text;
using System.Text.Json;
using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Http;
using GateAction.Sources;

namespace GateAction.Tests.Http;

internal sealed class JsonSieveTests
{
    private const string Document =
        """{"status":"ok","n":1.5,"big":18446744073709551616,"deep":{"a":[1,{"b":"\u00e9\ud800"}],"c":null},"items":[{"id":1},{"id":2}],"":true}""";

    [Test]
    public void Whatever_the_pieces_the_whole_is_what_a_whole_reading_gives([Values(1, 2, 3, 7, 64, 4096)] int piece)
    {
        var sieve = Sieve(FactUse.Whole, "\uFEFF" + Document, piece);

        var kept = sieve.Finish();

        Assert.That(sieve.Fault, Is.Null);
        Assert.That(ValueJson.Write(kept), Is.EqualTo(ValueJson.Write(ValueJson.Read(Document))));
    }

    [TestCase("p.status == 'ok'", """{"status":"ok"}""")]
    [TestCase("p.deep.c == null && p.missing", """{"deep":{"c":null}}""")]
    [TestCase("p.items[1].id == 2", """{"items":[{"id":1},{"id":2}]}""")]
    [TestCase("p.items.id == 2", """{"items":[]}""")]
    [TestCase("p.status.length", """{"status":"ok"}""")]
    [TestCase("p.other", "{}")]
    public void What_is_not_read_is_not_kept(string condition, string expected)
    {
        var use = new FactUse().Add(Condition.Parse(condition).Condition!).Under("p")!;

        var kept = Sieve(use, Document, 5).Finish();

        Assert.That(ValueJson.Write(kept), Is.EqualTo(expected));
    }

    [TestCase("[1, 2", "the body is not JSON (line 1, byte 6)")]
    [TestCase("{\"a\": 1} x", "the body is not JSON (line 1, byte 10)")]
    [TestCase("{\"a\":\n NaN}", "the body is not JSON (line 2, byte 2)")]
    [TestCase("{\"skipped\": {\"a\": 1, \"a\": 2}}", "the body is not JSON that can be read: a key stands twice")]
    [TestCase("{\"a\": 1, \"\\u0061\": 2}", "the body is not JSON that can be read: a key stands twice")]
    [TestCase("{\"skipped\": \"\xC3\x28\"}", "the body is not text in utf-8")]
    [TestCase("{\"skipped\": \"\xC3", "the body is not text in utf-8")]
    public void What_is_wrong_is_said_also_of_what_is_not_kept(string text, string expected)
    {
        var sieve = new JsonSieve(new FactUse().Add(Condition.Parse("p.other").Condition!).Under("p")!);
        foreach (var one in Encoding.Latin1.GetBytes(text))
            sieve.Write([one]);

        var kept = JsonFact.Read("the body", sieve, out var reason);

        Assert.That(kept, Is.Null);
        Assert.That(reason, Is.EqualTo(expected));
    }

    [Test]
    public void A_key_that_stands_twice_among_many_is_found()
    {
        var many = string.Join(",", Enumerable.Range(0, 1000).Select(i => $"\"k{i}\":{i}"));

        var once = Sieve(FactUse.Whole, $"{{{many}}}", 100);
        var twice = Sieve(FactUse.Whole, $"{{{many},\"k17\":0}}", 100);

        Assert.That(once.Finish().AsMap, Has.Count.EqualTo(1000));
        twice.Finish();
        Assert.That(twice.Fault, Is.TypeOf<JsonException>());
    }

    [Test]
    public void Nesting_has_a_limit()
    {
        var sieve = Sieve(FactUse.Whole, new string('[', 65), 10);

        sieve.Finish();

        Assert.That(sieve.Fault, Is.InstanceOf<JsonException>());
    }

    private static JsonSieve Sieve(FactUse use, string text, int piece)
    {
        var sieve = new JsonSieve(use);
        foreach (var bytes in Encoding.UTF8.GetBytes(text).Chunk(piece))
            sieve.Write(bytes);
        return sieve;
    }
}
