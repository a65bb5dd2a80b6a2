using GateAction.Cel.Values;

namespace GateAction.Tests.Cel;

/// <summary>Nothing is decided by what a masked value looks like: what a condition says of it, it says of the real one too, or it is an
/// error.</summary>
internal sealed class WithheldTests
{
    private static readonly Value Masked = Value.Withheld("***");

    private static readonly Scope Scope = new(new Dictionary<string, Value>
    {
        ["a"] = Value.Map(
            ("token", Masked),
            ("text", Value.Withheld("status: ready, key: ***; HttpOnly")),
            ("list", Value.List([Masked, Value.Int(7)])),
            ("map", Value.Map(new ValueMap([KeyValuePair.Create(Masked, Masked), KeyValuePair.Create(Value.String("x"), Value.Int(1))]))),
            ("stars", Value.String("***")),
            ("none", Value.Null)),
        ["b"] = Value.Map(("token", Masked), ("list", Value.List([Masked, Value.Int(7)]))),
    });

    [TestCase("a.token == b.token")]
    [TestCase("a.token != b.token")]
    [TestCase("a.token == a.token")]
    [TestCase("a.token == a.stars")]
    [TestCase("a.token == '***'")]
    [TestCase("a.token == 3")]
    [TestCase("a.token != 'changeme'")]
    [TestCase("a.token < 5")]
    [TestCase("a.token >= ''")]
    [TestCase("a.token")]
    [TestCase("!a.token")]
    [TestCase("a.token && true")]
    [TestCase("a.token ? true : true")]
    [TestCase("a.token.size() == 3")]
    [TestCase("size(a.token) > 0")]
    [TestCase("a.token.contains('*')")]
    [TestCase("a.token.contains('')")]
    [TestCase("a.token.startsWith('***')")]
    [TestCase("a.token.matches('^.{3}$')")]
    [TestCase("a.token.matches('')")]
    [TestCase("type(a.token) == string")]
    [TestCase("string(a.token) == '***'")]
    [TestCase("a.token + 'x' == '***x'")]
    [TestCase("a.token + b.token == '******'")]
    [TestCase("a.token.lowerAscii() == '***'")]
    [TestCase("a.token in ['***']")]
    [TestCase("'***' in a.list")]
    [TestCase("8 in a.list")]
    [TestCase("a.token in b.list")]
    [TestCase("a.list == b.list")]
    [TestCase("a.list == ['***', 7]")]
    [TestCase("a.list.exists(x, x == '***')")]
    [TestCase("a.list.all(x, x != 'changeme')")]
    [TestCase("a.list.exists_one(x, x == 7)")]
    [TestCase("a.list.filter(x, x == '***').size() == 1")]
    [TestCase("a.list.map(x, [x]) == b.list.map(x, [x])")]
    [TestCase("[a.token] == [b.token]")]
    [TestCase("{'k': a.token} == {'k': b.token}")]
    [TestCase("{a.token: 1}.size() == 1")]
    [TestCase("['a', a.token].join(',') == 'a,***'")]
    [TestCase("'%s'.format([a.token]) == '***'")]
    [TestCase("cel.bind(t, a.token, t == b.token)")]
    [TestCase("a.map == a.map")]
    [TestCase("a.map['***'] == 1")]
    [TestCase("has(a.map.y)")]
    [TestCase("!has(a.map.y)")]
    [TestCase("'y' in a.map")]
    [TestCase("a.map.all(k, k != 'y')")]
    [TestCase("a.map.all(k, v, v != 2)")]
    [TestCase("has(a.token.x)")]
    [TestCase("a.token.x == 1")]
    [TestCase("a.token[0] == '*'")]
    [TestCase("a.text == 'status: ready, key: ***; HttpOnly'")]
    [TestCase("!a.text.contains('error')")]
    [TestCase("a.text.contains('key: ***')")]
    [TestCase("a.text.endsWith('ready')")]
    [TestCase("a.text.startsWith('key')")]
    [TestCase("a.text.matches('^HttpOnly$')")]
    [TestCase("a.text.matches('; HttpOnly$')")]
    [TestCase("a.text.size() == 33")]
    [TestCase("a.text.split(';').size() == 2")]
    [TestCase("dyn(a.token) == '***'")]
    public void What_a_mask_hides_decides_nothing(string condition)
    {
        var value = CelTesting.Parse(condition).Evaluate(Scope).Value;

        Assert.That(value.IsError || value.IsWithheld, Is.True, value.ToString());
        if (value.IsError)
            Assert.That(value.Text, Does.Contain("is masked"));
    }

    [TestCase("has(a.token)", true)]
    [TestCase("has(a.tokens)", false)]
    [TestCase("a.token != ''", true)]
    [TestCase("a.token == ''", false)]
    [TestCase("null != a.token", true)]
    [TestCase("a.token == null", false)]
    [TestCase("a.none == null", true)]
    [TestCase("a.token in ['', null]", false)]
    [TestCase("a.list == []", false)]
    [TestCase("a.list.size() == 2", true)]
    [TestCase("7 in a.list", true)]
    [TestCase("a.list[1] == 7", true)]
    [TestCase("a.list.exists(x, x == 7)", true)]
    [TestCase("a.list == ['x', 8]", false)]
    [TestCase("a.map.size() == 2", true)]
    [TestCase("a.map.x == 1", true)]
    [TestCase("has(a.map.x) && 'x' in a.map", true)]
    [TestCase("type(a.list) == list", true)]
    [TestCase("a.stars == '***'", true)]
    [TestCase("a.text.contains('ready')", true)]
    [TestCase("a.text.lowerAscii().contains('; httponly')", true)]
    [TestCase("a.text.matches('(?i)httponly')", true)]
    [TestCase("a.text.startsWith('status')", true)]
    [TestCase("a.text.endsWith('; HttpOnly')", true)]
    [TestCase("a.token == b.token || true", true)]
    [TestCase("a.token == b.token && false", false)]
    public void What_is_known_of_a_masked_value_is_said(string condition, bool expected)
    {
        Assert.That(CelTesting.Parse(condition).Evaluate(Scope).Value.ToString(), Is.EqualTo(expected ? "true" : "false"));
    }

    [Test]
    public void Whatever_is_asked_of_masked_facts_their_real_values_say_the_same()
    {
        var decided = 0;

        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var real = RealFacts(random);
            var condition = CelTesting.Parse(MaskedQuestion.Make(random, depth: 3));
            var masked = condition.Evaluate(new(new Dictionary<string, Value> { ["f"] = Mask(real) })).Value;
            if (masked.IsError || masked.IsWithheld || masked.Kind != ValueKind.Bool)
                continue;
            decided++;
            var value = condition.Evaluate(new(new Dictionary<string, Value> { ["f"] = real })).Value;

            Assert.That(value.ToString(), Is.EqualTo(masked.ToString()), $"{seed}: {condition.Text} over {ValueJson.Write(real)}");
        }

        Assert.That(decided, Is.GreaterThan(2_000), "most questions have no answer, and not all");
    }

    private static Value RealFacts(Random random) => Value.Map(
        ("s", Value.String(Secret(random))),
        ("t", random.Next(3) == 0 ? Value.Int(3) : Value.String(Secret(random))),
        ("text", Value.String($"ok {Secret(random)} end")),
        ("list", Value.List([Value.String(Secret(random)), Value.String("plain")])),
        ("map", Value.Map((Secret(random), Value.Int(1)), ("plain", Value.String(Secret(random))))),
        ("plain", Value.String("plain")));

    private static string Secret(Random random) => random.Next(4) switch { 0 => "secret", 1 => "other", 2 => "***x", _ => "ok end" };

    // As the gate does: each secret, and the number that is masked.
    private static Value Mask(Value facts) => Value.Map(facts.AsMap.With((key, value) => key.AsString switch
    {
        "s" or "t" => Masked,
        "text" => Value.Withheld("ok *** end"),
        "list" => Value.List([Masked, value.AsList[1]]),
        "map" => Value.Map(new ValueMap([KeyValuePair.Create(Masked, Masked), KeyValuePair.Create(Value.String("plain"), Masked)])),
        _ => value,
    }));
}

/// <summary>Random conditions over facts of which some are masked.</summary>
file static class MaskedQuestion
{
    private static readonly string[] Operands =
    [
        "f.s", "f.t", "f.text", "f.list", "f.map", "f.plain", "f.list[0]", "f.list[1]", "f.map.plain", "f.map['***']", "f.missing", "'***'",
        "'plain'", "'secret'", "''", "null", "3", "0",
        "[f.s]", "[f.s, 'plain']", "{'plain': f.s}", "f.text.lowerAscii()", "f.text.trim()", "f.s + f.s", "size(f.s)", "f.list.size()",
        "f.map.size()", "f.text.size()",
        "f.list.map(x, x + 'a')", "f.list.filter(x, x == 'plain')", "f.text.split(' ')", "string(f.t)", "type(f.t)", "string",
        "f.text.replace('*', '')", "f.list.join('')", "'%s'.format([f.s])",
    ];

    private static readonly string[] Tests =
    [
        "A == B", "A != B", "A < B", "A >= B", "A in B", "has(f.s)", "has(f.map.plain)", "has(f.map.missing)", "A.contains(B)",
        "A.startsWith(B)", "A.endsWith(B)",
        "A.matches('plain|end')", "A.matches('^ok')", "A.matches('.*')", "A.exists(x, x == B)", "A.all(x, x != B)",
        "A.exists_one(x, x == B)", "A.exists(k, v, v == B)", "cel.bind(v, A, v == B)",
    ];

    public static string Make(Random random, int depth) => depth > 0 && random.Next(3) == 0
        ? random.Next(4) switch
        {
            0 => $"({Make(random, depth - 1)}) && ({Make(random, depth - 1)})",
            1 => $"({Make(random, depth - 1)}) || ({Make(random, depth - 1)})",
            2 => $"!({Make(random, depth - 1)})",
            _ => $"({Make(random, depth - 1)}) ? ({Make(random, depth - 1)}) : ({Make(random, depth - 1)})",
        }
        : Tests[random.Next(Tests.Length)].Replace("A", Operand(random)).Replace("B", Operand(random));

    private static string Operand(Random random) => Operands[random.Next(Operands.Length)];
}
