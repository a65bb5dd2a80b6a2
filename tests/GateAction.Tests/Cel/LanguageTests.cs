using GateAction.Cel.Values;

namespace GateAction.Tests.Cel;

/// <summary>What expressions come to. The official cases (<see cref="ConformanceTests"/>) say more; these are there without them.</summary>
internal sealed class LanguageTests
{
    [TestCase(@"'\a\b\f\n\r\t\v\\\?\""\'\`'.size()", "int 12")]
    [TestCase(@"'\x41\X42\u0043\U00000044\105'", "string \"ABCDE\"")]
    [TestCase(@"b'\x41\303\277é\\'", "bytes b\"41c3bfc3a95c\"")]
    [TestCase(@"r'\d\'+R""\w""", "string \"\\\\d\\\\\\\\w\"")]
    [TestCase("'''it's''' + \"\"\"a\"b\"\"\"", "string \"it'sa\\\"b\"")]
    [TestCase("br'\\x' + B\"y\"", "bytes b\"5c7879\"")]
    [TestCase("0x1F + 0xffu", "error")]
    [TestCase("0x1F", "int 31")]
    [TestCase("-0x8000000000000000", "int -9223372036854775808")]
    [TestCase("-9223372036854775808", "int -9223372036854775808")]
    [TestCase("18446744073709551615u", "uint 18446744073709551615")]
    [TestCase("1e3 + .5 + 1.5E-1", "double 1000.65")]
    [TestCase("1 + 2 * 3 - 4 / 2 % 3", "int 5")]
    [TestCase("2 - 3 - 4", "int -5")]
    [TestCase("(2 - 3) * -4", "int 4")]
    [TestCase("-7 / 2", "int -3")]
    [TestCase("-7 % 3", "int -1")]
    [TestCase("7u % 4u - 1u", "uint 2")]
    [TestCase("1u - 2u", "error")]
    [TestCase("1u / 0u", "error")]
    [TestCase("1u % 0u", "error")]
    [TestCase("1 % 0", "error")]
    [TestCase("9223372036854775807 * 2", "error")]
    [TestCase("-9223372036854775807 - 2", "error")]
    [TestCase("-9223372036854775808 % -1", "error")]
    [TestCase("-(-9223372036854775807 - 1)", "error")]
    [TestCase("-(5) + -(-2) - -(1)", "int -2")]
    [TestCase("-(1.5)", "double -1.5")]
    [TestCase("-9223372036854775808 / 1 + -4 / -1 - -4 % -3", "int -9223372036854775803")]
    [TestCase("18446744073709551615u - 18446744073709551614u + 2u * 3u", "uint 7")]
    [TestCase("18446744073709551615u + 1u", "error")]
    [TestCase("1.0 / 0.0", "double Infinity")]
    [TestCase("1.5 % 1.0", "error")]
    [TestCase("'a' + 'b' == 'ab'", "bool true")]
    [TestCase("'a' - 'b'", "error")]
    [TestCase("b'a' + b'b' == b'ab'", "bool true")]
    [TestCase("[1] + ['a'] == [1, 'a']", "bool true")]
    [TestCase("[1] - [1]", "error")]
    [TestCase("1 == 1u && 1u == 1.0 && 1 != 1.5", "bool true")]
    [TestCase("-1 < 0u && 0u > -1 && 1u < 2 && 2 > 1u", "bool true")]
    [TestCase("0.0 / 0.0 == 0.0 / 0.0 || 0.0 / 0.0 < 1.0 || 0.0 / 0.0 >= 1.0", "bool false")]
    [TestCase("0.0 / 0.0 != 0.0 / 0.0", "bool true")]
    [TestCase("'1' == 1 || null == false || [] == {}", "bool false")]
    [TestCase("[1, 2] == [1.0, 2u] && [1] != [1, 2] && [1, 2] != [2, 1]", "bool true")]
    [TestCase("{1: 'a', 'b': 2} == {'b': 2.0, 1u: 'a'} && {1: 2} != {1: 3} && {1: 2} != {2: 2}", "bool true")]
    [TestCase("false < true && 'B' < 'a' && 'é' < '😀' && '\uFFFD' < '😀' && b'a' < b'b'", "bool true")]
    [TestCase("'a' < 'ab' && 'ab' > 'a' && 'a' <= 'a' && 'a' >= 'a' && !('a' < 'a') && !('a' > 'a')", "bool true")]
    [TestCase("1 < 'a'", "error")]
    [TestCase("[1] < [2]", "error")]
    [TestCase("null < null", "error")]
    [TestCase("1 in [1.0] && !(1 in ['1']) && 'a' in {'a': 1} && !('b' in {'a': 1}) && 1u in {1: 2}", "bool true")]
    [TestCase("'a' in 'abc'", "error")]
    [TestCase("[[1], [2]][1][0]", "int 2")]
    [TestCase("[1, 2][1u] + [1, 2][0.0]", "int 3")]
    [TestCase("[1, 2][0.5]", "error")]
    [TestCase("[1, 2][2]", "error")]
    [TestCase("[1, 2][-1]", "error")]
    [TestCase("[1, 2]['0']", "error")]
    [TestCase("{1: 'a'}[1u] + {true: 'b'}[true] + {'c': 'c'}.c", "string \"abc\"")]
    [TestCase("{'a': 1, 'a': 2}", "error")]
    [TestCase("{1: 1, 1u: 2}", "error")]
    [TestCase("{1.5: 1}", "error")]
    [TestCase("{1: 1 / 0}", "error")]
    [TestCase("[1 / 0]", "error")]
    [TestCase("[1,] + [2,] == [1, 2] && {1: 2,} == {1: 2}", "bool true")]
    [TestCase("!true || !!true", "bool true")]
    [TestCase("!1", "error")]
    [TestCase("-'a'", "error")]
    [TestCase("-1u", "error")]
    [TestCase("true && 1", "error")]
    [TestCase("false && 1", "bool false")]
    [TestCase("1 && false", "bool false")]
    [TestCase("1 || true", "bool true")]
    [TestCase("false || 1", "error")]
    [TestCase("true ? 1 : 1 / 0", "int 1")]
    [TestCase("false ? 1 / 0 : 2", "int 2")]
    [TestCase("1 ? 2 : 3", "error")]
    [TestCase("false ? 1 : true ? 2 : 3", "int 2")]
    [TestCase("has({'a': null}.a) && !has({'a': 1}.b)", "bool true")]
    [TestCase("has([1].a)", "error")]
    [TestCase("has((1 / 0).a)", "error")]
    [TestCase("{'a': {'b': 1}}.a.b + {'x y': 1}.`x y`", "int 2")]
    [TestCase("{'a': 1}.b", "error")]
    [TestCase("'a'.b", "error")]
    [TestCase("[1, 2, 3].all(x, x > 0) && ![1, 2, 3].all(x, x > 1) && [].all(x, false)", "bool true")]
    [TestCase("[0, 1].all(x, 1 / x > 5)", "bool false")]
    [TestCase("[0, 1].all(x, 1 / x > 0)", "error")]
    [TestCase("[1].all(x, x)", "error")]
    [TestCase("1.all(x, true)", "error")]
    [TestCase("[0, 1].exists(x, 1 / x > 0)", "bool true")]
    [TestCase("[0, 1].exists(x, 1 / x > 5)", "error")]
    [TestCase("[1, 2].exists_one(x, x > 1) && ![1, 2].exists_one(x, x > 0) && ![].exists_one(x, true)", "bool true")]
    [TestCase("[1, 0].exists_one(x, 1 / x > 0)", "error")]
    [TestCase("{'a': 1, 'b': 2}.all(k, k in ['a', 'b']) && {'a': 1}.exists(k, v, k == 'a' && v == 1)", "bool true")]
    [TestCase("['x', 'y'].all(i, x, i < 2 && x != 'z') && ['x'].existsOne(i, x, i == 0 && x == 'x')", "bool true")]
    [TestCase("[1, 2, 3].map(x, x * x)", "[int 1, int 4, int 9]")]
    [TestCase("[1, 2, 3].map(x, x > 1, x * x)", "[int 4, int 9]")]
    [TestCase("[1, 0].map(x, 1 / x)", "error")]
    [TestCase("[1].map(x, 1, x)", "error")]
    [TestCase("{'b': 1, 'a': 2}.map(k, k)", "[string \"b\", string \"a\"]")]
    [TestCase("[1, 2, 3].filter(x, x % 2 == 1)", "[int 1, int 3]")]
    [TestCase("{'b': 1, 'a': 2}.filter(k, k == 'a')", "[string \"a\"]")]
    [TestCase("[1].filter(x, 1)", "error")]
    [TestCase("['a', 'b'].transformList(i, x, x + string(i))", "[string \"a0\", string \"b1\"]")]
    [TestCase("{'a': 1, 'b': 2}.transformList(k, v, v > 1, k)", "[string \"b\"]")]
    [TestCase("{'a': 1}.transformMap(k, v, v + 1)", "{string \"a\": int 2}")]
    [TestCase("['a'].transformMap(i, x, x)", "{int 0: string \"a\"}")]
    [TestCase("{'a': 'x', 'b': 'y'}.transformMapEntry(k, v, {v: k})", "{string \"x\": string \"a\", string \"y\": string \"b\"}")]
    [TestCase("{'a': 'x', 'b': 'x'}.transformMapEntry(k, v, {v: k})", "error")]
    [TestCase("{'a': 'x'}.transformMapEntry(k, v, v)", "error")]
    [TestCase("[1].map(x, [2].map(y, x + y))", "[[int 3]]")]
    [TestCase("[1].map(x, [2].map(x, x))[0][0] + [3].map(x, x)[0]", "int 5")]
    [TestCase("cel.bind(x, 2, x * x + cel.bind(x, 3, x))", "int 7")]
    [TestCase("cel.bind(x, 1 / 0, true || x > 1)", "bool true")]
    [TestCase("cel.bind(x, 1 / 0, x)", "error")]
    [TestCase("type(1) == int && type(type(1)) == type && type([]) == list && type({}) == map && type(null) == null_type", "bool true")]
    [TestCase("type(1u) == uint && type(1.0) == double && type('') == string && type(b'') == bytes && type(true) == bool", "bool true")]
    [TestCase("type(1s) == google.protobuf.Duration && type(timestamp(0)) == google.protobuf.Timestamp", "bool true")]
    [TestCase("1 // one\n+ 1 // two", "int 2")]
    [TestCase("1s + 500ms == 1.5s && 1s - 1500ms == -500ms && -(1s) == -1s", "bool true")]
    [TestCase("1s * 2 == 2s && 2u * 1s == 2s && 1s * 0.5 == 500ms && 3s / 2 == 1.5s && 3s / 1500ms == 2.0", "bool true")]
    [TestCase("1s / 0", "error")]
    [TestCase("100000d * 100000", "error")]
    [TestCase("1s + 1", "error")]
    [TestCase("1s % 1s", "error")]
    [TestCase("timestamp('2027-03-31T12:00:00Z') + 1h == timestamp('2027-03-31T15:00:00+02:00')", "bool true")]
    [TestCase("1h + timestamp(0) - timestamp(0) == 1h && timestamp(3600) - 1h == timestamp(0)", "bool true")]
    [TestCase("1h - timestamp(0)", "error")]
    [TestCase("timestamp(0) + timestamp(0)", "error")]
    [TestCase("timestamp('9999-12-31T23:59:59Z') + 1s", "error")]
    [TestCase("timestamp(0) < timestamp(1) && 1s < 2s && 1s <= 1s && -1s < -500ms", "bool true")]
    public void An_expression_comes_to_its_value(string expression, string value)
    {
        var actual = TaggedValue.Write(CelTesting.Evaluate(expression));

        Assert.That(actual, Is.EqualTo(value));
    }

    [TestCase("a.b.c", "int 1")]
    [TestCase("a.b.d", "int 2")]
    [TestCase("a.x", "int 4")]
    [TestCase("has(a.b.c) && has(a.b.d) && has(a.x)", "bool true")]
    [TestCase("has(a.b.e)", "bool false")]
    [TestCase("[9].map(a, a)[0]", "int 9")]
    [TestCase("[9].map(x, .x)[0]", "int 5")]
    [TestCase("[{'b': 7}].map(a, a.b)[0]", "int 7")]
    public void The_longest_name_that_is_a_variable_counts(string expression, string value)
    {
        var scope = new Scope(new Dictionary<string, Value>
        {
            ["a.b.c"] = Value.Int(1),
            ["a.b"] = Value.Map(("c", Value.Int(0)), ("d", Value.Int(2))),
            ["a"] = Value.Map(("b", Value.Int(3)), ("x", Value.Int(4))),
            ["x"] = Value.Int(5),
        });

        Assert.That(TaggedValue.Write(CelTesting.Parse(expression).Evaluate(scope).Value), Is.EqualTo(value));
    }

    [TestCase("a && b", "true", "true", "a b")]
    [TestCase("a && b", "false", "true", "a")]
    [TestCase("a && b", "true", "false", "b")]
    [TestCase("a && b", "1", "true", "a")]
    [TestCase("a && b", "true", "1", "b")]
    [TestCase("a && b", "1", "1", "a b")]
    [TestCase("a && b", "1", "false", "b")]
    [TestCase("a || b", "false", "false", "a b")]
    [TestCase("a || b", "true", "false", "a")]
    [TestCase("a || b", "1", "true", "b")]
    [TestCase("a || b", "1", "false", "a")]
    [TestCase("!a", "true", "1", "a")]
    [TestCase("a == b", "1", "2", "a b")]
    [TestCase("a.x == b", "1", "2", "a")]
    [TestCase("a == b.x", "1", "2", "b")]
    [TestCase("a + b > 0", "1", "\"x\"", "a b")]
    [TestCase("a + b.x > 0", "1", "2", "b")]
    [TestCase("a in b", "1", "[1]", "a b")]
    [TestCase("a in b.x", "1", "[1]", "b")]
    [TestCase("b[a]", "0", "[true]", "a b")]
    [TestCase("b[a.x]", "0", "[true]", "a")]
    [TestCase("a ? b : c", "true", "1", "a b")]
    [TestCase("a ? c : b", "false", "1", "a b")]
    [TestCase("a ? b : c", "1", "1", "a")]
    [TestCase("size([a, b]) > 0", "1", "2", "a b")]
    [TestCase("[a, b.x] == []", "1", "2", "b")]
    [TestCase("{a: b} == {}", "1", "2", "a b")]
    [TestCase("{a: b.x} == {}", "1", "2", "b")]
    [TestCase("{a.x: b} == {}", "1", "2", "a")]
    [TestCase("math.greatest(a, b) > 0", "1", "2", "a b")]
    [TestCase("math.greatest(a, b.x) > 0", "1", "2", "b")]
    [TestCase("a.all(x, x < b)", "[1, 2]", "3", "a b")]
    [TestCase("a.all(x, x > 5 || b)", "[9, 8]", "true", "a")]
    [TestCase("a.all(x, x.y)", "[1]", "3", "a")]
    [TestCase("a.exists(x, x == 1 || b)", "[1, 2]", "3", "a")]
    [TestCase("a.exists(x, b.y == x)", "[1, 2]", "3", "a b")]
    [TestCase("a.exists_one(x, b == x)", "[1, 2]", "2", "a b")]
    [TestCase("a.map(x, x + b) == [2]", "[1]", "1", "a b")]
    [TestCase("a.filter(x, x == b) == [2]", "[1]", "1", "a b")]
    [TestCase("cel.bind(x, a, true || x)", "1", "1", "")]
    [TestCase("cel.bind(x, a, x == b)", "1", "1", "a b")]
    [TestCase("has(a.b)", "{}", "1", "a")]
    [TestCase("a == a", "1", "1", "a")]
    [TestCase("a + a > a", "1", "1", "a")]
    [TestCase("a in [a, a]", "1", "1", "a")]
    [TestCase("{1: a, 2: a} != {}", "1", "1", "a")]
    [TestCase("a[a[0]] == 0", "[0]", "1", "a")]
    [TestCase("math.greatest(a, a) > 0", "1", "1", "a")]
    [TestCase("a && a", "true", "1", "a")]
    [TestCase("a ? a : b", "true", "1", "a")]
    [TestCase("a.filter(x, x == a[0]) == a", "[0]", "1", "a")]
    [TestCase("a.exists(x, b == 1)", "[0]", "1", "a b")]
    [TestCase("a.all(x, b)", "[0]", "false", "a b")]
    [TestCase("1 == 1", "1", "1", "")]
    public void A_value_rests_on_the_variables_that_made_it(string expression, string a, string b, string support)
    {
        var evaluation = CelTesting.Evaluate(expression, new() { ["a"] = a, ["b"] = b });

        Assert.That(string.Join(' ', evaluation.Support.Order()), Is.EqualTo(support));
    }

    [Test]
    public void More_than_64_variables_are_supported_too()
    {
        var names = Enumerable.Range(0, 70).Select(i => $"v{i}").ToList();
        var facts = names.ToDictionary(name => name, _ => "true");

        var all = CelTesting.Evaluate(string.Join(" && ", names), facts);
        var first = CelTesting.Evaluate(string.Join(" || ", names), facts);
        facts["v66"] = "false";
        var late = CelTesting.Evaluate(string.Join(" && ", names), facts);

        Assert.That(all.Support, Is.EqualTo(names));
        Assert.That(first.Support, Is.EqualTo(new[] { "v0" }));
        Assert.That(late.Support, Is.EqualTo(names.Skip(62)));
    }

    [Test]
    public void Roots_are_the_free_variables_in_order_of_appearance()
    {
        var condition = CelTesting.Parse(
            "b.x > 1 && a.all(x, x == c && .x) && cel.bind(y, d, y) && math.abs(b) > 1 && type(e) == int && size(now) > 1 && has(f.g)");

        Assert.That(condition.Roots, Is.EqualTo(new[] { "b", "a", "c", "x", "d", "e", "now", "f" }));
    }
}
