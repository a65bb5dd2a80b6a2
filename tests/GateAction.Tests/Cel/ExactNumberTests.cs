using GateAction.Cel;
using GateAction.Cel.Values;

namespace GateAction.Tests.Cel;

/// <summary>Numbers of JSON that neither an int nor a double holds.</summary>
internal sealed class ExactNumberTests
{
    [TestCase("x.a == x.b", """{"a":12345678901234567890,"b":12345678901234567891}""", ExpectedResult = "false")]
    [TestCase("x.a != x.b", """{"a":12345678901234567890,"b":12345678901234567891}""", ExpectedResult = "true")]
    [TestCase("x.a < x.b", """{"a":12345678901234567890,"b":12345678901234567891}""", ExpectedResult = "true")]
    [TestCase("x.a == x.b", """{"a":-12345678901234567890,"b":-12345678901234567890}""", ExpectedResult = "true")]
    [TestCase("x.a > 9223372036854775807", """{"a":9223372036854775808}""", ExpectedResult = "true")]
    [TestCase("x.a == 9223372036854775808u", """{"a":9223372036854775808}""", ExpectedResult = "true")]
    [TestCase("x.a > 1.5 && x.a < 1e30", """{"a":12345678901234567890}""", ExpectedResult = "true")]
    [TestCase("x.a in [x.b]", """{"a":12345678901234567890,"b":12345678901234567891}""", ExpectedResult = "false")]
    [TestCase("string(x.a) == '12345678901234567890'", """{"a":12345678901234567890}""", ExpectedResult = "true")]
    [TestCase("[x.a, 2] != [1, 3]", """{"a":1e999}""", ExpectedResult = "true")]
    [TestCase("x.a == [1, 2]", """{"a":[1e999]}""", ExpectedResult = "false")]
    [TestCase("x.a == x.b", """{"a":[1e999],"b":[1e999]}""", ExpectedResult = "true")]
    [TestCase("x.a != x.b", """{"a":{"n":1e999},"b":{"m":1}}""", ExpectedResult = "true")]
    [TestCase("[1] in x.a", """{"a":[[1e999],[1]]}""", ExpectedResult = "true")]
    [TestCase("x.a != \"1\" && x.a != null", """{"a":1e999}""", ExpectedResult = "true")]
    [TestCase("x.a == x.b", """{"a":9223372036854775807,"b":9223372036854775806}""", ExpectedResult = "false")]
    [TestCase("math.greatest(x.a) == x.a[1]", """{"a":[5,12345678901234567891,12345678901234567890]}""", ExpectedResult = "true")]
    [TestCase("math.least(x.a) == x.a[1]", """{"a":[5,-12345678901234567891,1.5]}""", ExpectedResult = "true")]
    [TestCase("'%s %d'.format([x.a, x.a])", """{"a":12345678901234567891}""",
        ExpectedResult = "\"12345678901234567891 12345678901234567891\"")]
    public string Are_compared_by_what_is_written(string condition, string json) => Evaluate(condition, json).ToString();

    [TestCase("x.a >= 95", """{"a":1e999}""")]
    [TestCase("x.a <= 95", """{"a":-1e999}""")]
    [TestCase("x.a != 95", """{"a":1e999}""")]
    [TestCase("x.a == x.b", """{"a":1e999,"b":10e998}""")]
    [TestCase("x.a == 0", """{"a":1e-999}""")]
    [TestCase("!(95 in [x.a])", """{"a":1e999}""")]
    [TestCase("x.a != [1]", """{"a":[1e999]}""")]
    [TestCase("[1] != x.a", """{"a":[1e999]}""")]
    [TestCase("x.a == [1]", """{"a":[1e999]}""")]
    [TestCase("[x.a, 2] != [1, 2]", """{"a":1e999}""")]
    [TestCase("x.a != x.b", """{"a":{"n":1e999},"b":{"n":1}}""")]
    [TestCase("x.a != x.b", """{"a":[{"n":[1e999]}],"b":[{"n":[5]}]}""")]
    [TestCase("!([1] in x.a)", """{"a":[[1e999]]}""")]
    [TestCase("x.a.all(i, i != [1])", """{"a":[[1e999]]}""")]
    [TestCase("x.a + 1.0 > 0.0", """{"a":12345678901234567890}""")]
    [TestCase("x.a * 2 > 0", """{"a":12345678901234567890}""")]
    [TestCase("-x.a < 0.0", """{"a":12345678901234567890}""")]
    [TestCase("math.abs(x.a) > 0.0", """{"a":1e999}""")]
    [TestCase("ratio(x.a, 2) > 0.0", """{"a":1e999}""")]
    [TestCase("math.greatest(x.a) < 10", """{"a":[5,1e999]}""")]
    [TestCase("math.greatest(x.a) < 10", """{"a":[1e999,5]}""")]
    [TestCase("math.greatest(x.a) > 0", """{"a":[5,12345678901234567890.5e300,1e999]}""")]
    [TestCase("math.least(x.a) > 0", """{"a":[5,-1e999,6]}""")]
    [TestCase("math.least(x.a) >= 0", """{"a":[1e-999,0]}""")]
    [TestCase("'%f'.format([x.a]) == 'Infinity'", """{"a":1e999}""")]
    [TestCase("'%.0e'.format([x.a]) != ''", """{"a":12345678901234567891}""")]
    public void What_cannot_be_exact_is_an_error(string condition, string json)
    {
        var value = Evaluate(condition, json);

        Assert.That(value.IsError, value.ToString());
        Assert.That(value.Text, Does.Contain("fits no number that can be compared or calculated with"));
    }

    [TestCase("12345678901234567890")]
    [TestCase("-12345678901234567890")]
    [TestCase("1e999")]
    [TestCase("1e-999")]
    public void Keep_their_text(string number) => Assert.That(ValueJson.Write(ValueJson.Read($"[{number}]")), Is.EqualTo($"[{number}]"));

    [TestCase("1e300")]
    [TestCase("0.1")]
    [TestCase("0e5")]
    [TestCase("0.0")]
    public void Doubles_are_doubles(string number) => Assert.That(ValueJson.Read(number).Exact, Is.Null);

    [TestCase("ratio(1, 4) == 0.25", ExpectedResult = "true")]
    [TestCase("ratio(1, 4) < 30%", ExpectedResult = "true")]
    [TestCase("ratio(3.0, 2u) > 1", ExpectedResult = "true")]
    [TestCase("ratio(0, 5) == 0%", ExpectedResult = "true")]
    public string A_ratio_keeps_its_fraction(string condition) => Evaluate(condition, "{}").ToString();

    [Test]
    public void A_ratio_of_nothing_is_an_error() =>
    Assert.That(Evaluate("ratio(0, 0) < 5%", "{}").Text, Does.Contain("there is nothing to be a part of"));

    private static Value Evaluate(string condition, string json)
    {
        var (parsed, problems) = Condition.Parse(condition);
        Assert.That(problems, Is.Empty);
        return parsed!.Evaluate(new Scope(new Dictionary<string, Value> { ["x"] = ValueJson.Read(json) },
            new Dictionary<string, string>())).Value;
    }
}
