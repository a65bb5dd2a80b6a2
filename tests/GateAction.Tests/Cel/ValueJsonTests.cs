using System.Text;
using System.Text.Json;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Tests.Cel;

internal sealed class ValueJsonTests
{
    [TestCase("1", "int 1")]
    [TestCase("-9223372036854775808", "int -9223372036854775808")]
    [TestCase("9223372036854775808", "double 9.223372036854776E+18")]
    [TestCase("1.0", "double 1")]
    [TestCase("-0.0", "double -0")]
    [TestCase("1e3", "double 1000")]
    [TestCase("true", "bool true")]
    [TestCase("null", "null_type null")]
    [TestCase("\"5s\"", "string \"5s\"")]
    [TestCase("[1,\"a\",{}]", "[int 1, string \"a\", {}]")]
    [TestCase("{\"b\":1,\"a\":{\"c\":[]}}", "{string \"a\": {string \"c\": []}, string \"b\": int 1}")]
    public void Json_is_read_by_its_own_types(string json, string expected) =>
        Assert.That(TaggedValue.Write(ValueJson.Read(json)), Is.EqualTo(expected));

    [TestCase("1", "1")]
    [TestCase("1u", "1")]
    [TestCase("1.0", "1.0")]
    [TestCase("1e300", "1E+300")]
    [TestCase("-0.0", "-0.0")]
    [TestCase("0.0 / 0.0", "\"NaN\"")]
    [TestCase("-1.0 / 0.0", "\"-Infinity\"")]
    [TestCase("duration('812ms')", "\"0.812s\"")]
    [TestCase("duration('-90m')", "\"-5400s\"")]
    [TestCase("timestamp('2027-03-31T12:00:00.5+02:00')", "\"2027-03-31T10:00:00.5Z\"")]
    [TestCase("b'abc'", "\"YWJj\"")]
    [TestCase("type(1)", "\"int\"")]
    [TestCase("[null, true, 'é\"\\n']", "[null,true,\"é\\\"\\n\"]")]
    [TestCase("{1: 'int', 2u: 'uint', true: 'bool', 's': 's'}", "{\"1\":\"int\",\"2\":\"uint\",\"true\":\"bool\",\"s\":\"s\"}")]
    public void Every_type_has_its_form_in_json(string expression, string expected) =>
        Assert.That(ValueJson.Write(CelTesting.Evaluate(expression)), Is.EqualTo(expected));

    [Test]
    public void Facts_survive_a_file_with_their_types()
    {
        var type = FactType.Object("facts",
            ("latency", FactType.Map("by percentile", FactType.Duration("time"))),
            ("samples", FactType.List("each", FactType.Duration("time"))),
            ("at", FactType.Timestamp("when")),
            ("availability", FactType.Ratio("share")),
            ("broken", FactType.Number("any")),
            ("body", FactType.Dynamic("what was answered")));
        var facts = Value.Map(
            ("latency", Value.Map(("p95", Value.Duration(TimeSpan.FromMilliseconds(812))))),
            ("samples", Value.List([Value.Duration(-1, -500_000_000), Value.Duration(0, 1)])),
            ("at", Value.Timestamp(DateTimeOffset.UnixEpoch.AddTicks(-1))),
            ("availability", Value.Double(1)),
            ("broken", Value.Double(double.NegativeInfinity)),
            ("body", Value.String("5s")));

        using var document = JsonDocument.Parse(ValueJson.Write(facts));
        var read = ValueJson.Read(document.RootElement, type);

        Assert.That(TaggedValue.Write(read), Is.EqualTo(TaggedValue.Write(facts)));
    }

    [TestCase("1", "double 1")]
    [TestCase("\"NaN\"", "double NaN")]
    [TestCase("\"many\"", "string \"many\"")]
    public void A_number_is_a_double_however_it_was_written(string json, string expected)
    {
        using var document = JsonDocument.Parse(json);

        Assert.That(TaggedValue.Write(ValueJson.Read(document.RootElement, FactType.Number("any"))), Is.EqualTo(expected));
    }

    [TestCase(@"""\ud800""", @"\ud800")]
    [TestCase(@"""a\uDC0Fb""", @"a\udc0fb")]
    [TestCase(@"""\ude00\ud83d\ude00\ud83d""", @"\ude00😀\ud83d")]
    [TestCase(@"""\ud83d\ude00 \b\f\n\r\t\/\\\""""", "😀 \b\f\n\r\t/\\\"")]
    [TestCase(@"""é \u0041""", "é A")]
    public void Strings_that_are_not_unicode_are_mended(string json, string expected) =>
        Assert.That(ValueJson.Read(json).AsString, Is.EqualTo(expected));

    [Test]
    public void Texts_that_differ_never_become_alike()
    {
        string[] texts =
        [
            @"\ud800", @"\ud801", @"\udbff", @"\udc00", @"\udfff", @"\ufffd", @"\ud800\ud800", @"\udc00\ud800", @"\ud800\udc00",
            @"\ud83d\ude00", @"\ude00\ud83d", @"\ud83d", @"a\ud83d", @"\ud83da", "", "a",
        ];

        Assert.That(texts.Select(text => ValueJson.Read($"\"{text}\"").AsString).Distinct().Count(), Is.EqualTo(texts.Length));
        Assert.That(ValueJson.Read($"{{{string.Join(',', texts.Select(text => $"\"{text}\":1"))}}}").AsMap.Count, Is.EqualTo(texts.Length));
    }

    [Test]
    public void Bytes_that_are_not_utf8_are_mended()
    {
        var value = ValueJson.Read(new byte[] { (byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}' });

        Assert.That(value.AsMap.Entries[0].Key.AsString, Is.EqualTo("\uFFFD"));
    }

    [Test]
    public void Of_a_key_that_comes_twice_the_last_counts() =>
        Assert.That(ValueJson.Read("""{"a":1,"b":2,"a":3}""").ToString(), Is.EqualTo("""{"a": 3, "b": 2}"""));

    [Test]
    public void What_is_not_json_throws()
    {
        Assert.That(() => ValueJson.Read("{"), Throws.InstanceOf<JsonException>());
        Assert.That(() => ValueJson.Read(Encoding.UTF8.GetBytes(new string('[', 100))), Throws.InstanceOf<JsonException>());
    }
}
