using System.Text;
using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Tests.Cel;

internal sealed class FunctionTests
{
    [TestCase("size('a😀é') + 'ab'.size() + size(b'abc') + size([1]) + size({1: 2})", "int 10")]
    [TestCase("'😀a'.charAt(0) + 'abc'.charAt(2) + 'abc'.charAt(3)", "string \"😀c\"")]
    [TestCase("'abc'.charAt(4)", "error")]
    [TestCase("'abc'.charAt(-1)", "error")]
    [TestCase("'a😀a'.indexOf('a') == 0 && 'a😀a'.indexOf('a', 1) == 2 && 'abc'.indexOf('x') == -1 && 'abc'.indexOf('', 3) == 3",
        "bool true")]
    [TestCase("'abc'.indexOf('a', 4)", "error")]
    [TestCase("'abc'.indexOf('a', -1)", "error")]
    [TestCase(
        "'a😀a'.lastIndexOf('a') == 2 && 'a😀a'.lastIndexOf('a', 1) == 0 && 'abc'.lastIndexOf('x') == -1 && 'abc'.lastIndexOf('') == 3",
        "bool true")]
    [TestCase("'abc'.lastIndexOf('a', 4)", "error")]
    [TestCase("'abc'.lastIndexOf('a', -1)", "error")]
    [TestCase("'a😀bc'.substring(1) + 'a😀bc'.substring(1, 3) + 'abc'.substring(3)", "string \"😀bc😀b\"")]
    [TestCase("'abc'.substring(4)", "error")]
    [TestCase("'abc'.substring(2, 1)", "error")]
    [TestCase("'abc'.substring(1, 4)", "error")]
    [TestCase("['a', 'b'].join('-') + ['a', 'b'].join() + [].join('x')", "string \"a-bab\"")]
    [TestCase("['a', 1].join()", "error")]
    [TestCase("'a,b,c'.split(',')", "[string \"a\", string \"b\", string \"c\"]")]
    [TestCase("'a,b,c'.split(',', 2)", "[string \"a\", string \"b,c\"]")]
    [TestCase("'a,b'.split(',', 0)", "[]")]
    [TestCase("'a,b'.split(',', 1)", "[string \"a,b\"]")]
    [TestCase("'a,b'.split(',', -1)", "[string \"a\", string \"b\"]")]
    [TestCase("'a😀b'.split('')", "[string \"a\", string \"😀\", string \"b\"]")]
    [TestCase("'abc'.split('', 2)", "[string \"a\", string \"bc\"]")]
    [TestCase("''.split('')", "[]")]
    [TestCase("''.split(',')", "[string \"\"]")]
    [TestCase("',a,'.split(',')", "[string \"\", string \"a\", string \"\"]")]
    [TestCase("'aaa'.replace('a', 'b') + 'aaa'.replace('a', 'b', 2) + 'aaa'.replace('a', 'b', 0) + 'aaa'.replace('a', 'b', -1)",
        "string \"bbbbbaaaabbb\"")]
    [TestCase("'a😀'.replace('', '-') + 'ab'.replace('', '-', 2) + ''.replace('', '-')", "string \"-a-😀--a-b-\"")]
    [TestCase("'aXa'.replace('a', '')", "string \"X\"")]
    [TestCase("' \\t\\u00a0a b\\n'.trim()", "string \"a b\"")]
    [TestCase("'aÉZ@[`{'.lowerAscii() + 'aéz@[`{'.upperAscii()", "string \"aÉz@[`{AéZ@[`{\"")]
    [TestCase("'a😀é'.reverse()", "string \"é😀a\"")]
    [TestCase(@"strings.quote('\a\b\f\n\r\t\v\\""é')", @"string ""\""\\a\\b\\f\\n\\r\\t\\v\\\\\\\""é\""""")]
    [TestCase("'%s %s %s %s %s'.format([1, 1u, 1.5, true, null])", "string \"1 1 1.5 true null\"")]
    [TestCase("'%s %s %s'.format([b'a\\xff\\xfeb', int, 1500ms])", "string \"a\uFFFDb int 1.5s\"")]
    [TestCase("'%s'.format([[1, 'a', {'b': 2, 'a': [3.0]}]])", "string \"[1, a, {a: [3], b: 2}]\"")]
    [TestCase("'%d %d %d'.format([-5, 5u, 1.0 / 0.0])", "string \"-5 5 Infinity\"")]
    [TestCase("'%f %.0f %.0f %.2f %.1f'.format([1, 2.5, 3.5, -1.005, 0.25])", "string \"1.000000 2 4 -1.00 0.2\"")]
    [TestCase("'%f %f'.format([0.0 / 0.0, -1.0 / 0.0])", "string \"NaN -Infinity\"")]
    [TestCase("'%e %.0e %.2e %.1e %.3e'.format([1234.5678, 0.0, 0.00012345, 9.96, -1e100])",
        "string \"1.234568e+03 0e+00 1.23e-04 1.0e+01 -1.000e+100\"")]
    [TestCase("'%x %X %x %x %X'.format([255, 255u, -255, 'é', b'\\x0f'])", "string \"ff FF -ff c3a9 0F\"")]
    [TestCase("'%o %o %b %b %b'.format([8, -8, 5, true, false])", "string \"10 -10 101 1 0\"")]
    [TestCase("'%b'.format([-9223372036854775808])", "string \"-1000000000000000000000000000000000000000000000000000000000000000\"")]
    [TestCase("'%%'.format([])", "string \"%\"")]
    [TestCase("'%s'.format([])", "error")]
    [TestCase("'%'.format([1])", "error")]
    [TestCase("'%q'.format([1])", "error")]
    [TestCase("'%.f'.format([1])", "error")]
    [TestCase("'%.1001f'.format([1])", "error")]
    [TestCase("'%.1000f'.format([1]).size()", "int 1002")]
    [TestCase("'%d'.format(['a'])", "error")]
    [TestCase("'%f'.format(['a'])", "error")]
    [TestCase("'%e'.format([true])", "error")]
    [TestCase("'%x'.format([1.5])", "error")]
    [TestCase("'%o'.format([true])", "error")]
    [TestCase("'%b'.format([1.5])", "error")]
    [TestCase("int('-5') + int(5u) + int(5.9) + int(-5.9) + int(timestamp(5)) + int(1)", "int 6")]
    [TestCase("int('5.0')", "error")]
    [TestCase("int(' 5')", "error")]
    [TestCase("int(9223372036854775808u)", "error")]
    [TestCase("int(9223372036854775807.0)", "error")]
    [TestCase("int(-9223372036854775808.0)", "error")]
    [TestCase("int(0.0 / 0.0)", "error")]
    [TestCase("int(1s)", "error")]
    [TestCase("uint('5') + uint(5) + uint(5.9) + uint(5u)", "uint 20")]
    [TestCase("uint(-1)", "error")]
    [TestCase("uint(-1.0)", "error")]
    [TestCase("uint('-1')", "error")]
    [TestCase("uint(18446744073709551616.0)", "error")]
    [TestCase("double('1.5e3') + double('-.5') + double(1) + double(1u) + double(0.5)", "double 1502")]
    [TestCase("[double('NaN'), double('inf'), double('-Infinity'), double('+Inf')]",
        "[double NaN, double Infinity, double -Infinity, double Infinity]")]
    [TestCase("double('1,5')", "error")]
    [TestCase("double('1e999')", "error")]
    [TestCase("double('')", "error")]
    [TestCase(
        "['true', 'True', 'TRUE', 't', '1'].all(s, bool(s)) && !['false', 'False', 'FALSE', 'f', '0'].exists(s, bool(s)) && bool(true)",
        "bool true")]
    [TestCase("bool('yes')", "error")]
    [TestCase("string(1) + string(1u) + string(1.5) + string(true) + string('a') + string(b'b') + string(90s) + string(timestamp(0))",
        "string \"111.5trueab90s1970-01-01T00:00:00Z\"")]
    [TestCase("string(b'\\xff')", "error")]
    [TestCase("string(1e21) + ' ' + string(123456789012345680000.0) + ' ' + string(0.000001) + ' ' + string(1e-7) + ' ' + string(-0.0)",
        "string \"1e+21 123456789012345680000 0.000001 1e-07 -0\"")]
    [TestCase("bytes('é') + bytes(b'a')", "bytes b\"c3a961\"")]
    [TestCase(
        "duration('1h2m3.5s') == 3723.5s && duration('-5ms') == -5ms && duration('+1us') == 1us && duration('0') == 0s && duration('1µs') "
        + "== 1us && duration(1s) == 1s", "bool true")]
    [TestCase("duration('1')", "error")]
    [TestCase("duration('')", "error")]
    [TestCase("duration('-')", "error")]
    [TestCase("duration('1d')", "error")]
    [TestCase("duration('1.5.5s')", "error")]
    [TestCase("duration('9223372037s')", "error")]
    [TestCase("duration('1h-1m')", "error")]
    [TestCase("string(duration('9223372036.854775807s')) + string(-1.5s) + string(0s) + string(-500ms)",
        "string \"9223372036.854775807s-1.5s0s-0.5s\"")]
    [TestCase(
        "timestamp('2027-03-31T12:00:00.123456789-02:30') == timestamp('2027-03-31T14:30:00.123456789Z') && timestamp(timestamp(5)) == "
        + "timestamp(5)", "bool true")]
    [TestCase("string(timestamp('0001-01-01T00:00:00Z')) + string(timestamp(-1)) + string(timestamp('1969-12-31T23:59:59.5z'))",
        "string \"0001-01-01T00:00:00Z1969-12-31T23:59:59Z1969-12-31T23:59:59.5Z\"")]
    [TestCase("timestamp('2027-03-31')", "error")]
    [TestCase("timestamp('2027-03-31 12:00:00Z')", "error")]
    [TestCase("timestamp('2027-02-30T12:00:00Z')", "error")]
    [TestCase("timestamp('2027-03-31T12:00:00')", "error")]
    [TestCase("timestamp('2027-03-31T12:00:00+24:00')", "error")]
    [TestCase("timestamp('2027-03-31T12:00:00+02:60')", "error")]
    [TestCase("timestamp('2027-03-31T12:00:00.Z')", "error")]
    [TestCase("timestamp('0001-01-01T00:00:00+01:00')", "error")]
    [TestCase("timestamp(253402300800)", "error")]
    [TestCase("timestamp('2027-03-31T12:34:56.789Z').getFullYear()", "int 2027")]
    [TestCase(
        "cel.bind(t, timestamp('2027-03-31T12:34:56.789Z'), [t.getMonth(), t.getDate(), t.getDayOfMonth(), t.getDayOfWeek(), "
        + "t.getDayOfYear()])", "[int 2, int 31, int 30, int 3, int 89]")]
    [TestCase("cel.bind(t, timestamp('2027-03-31T12:34:56.789Z'), [t.getHours(), t.getMinutes(), t.getSeconds(), t.getMilliseconds()])",
        "[int 12, int 34, int 56, int 789]")]
    [TestCase(
        "cel.bind(t, timestamp('2027-03-31T23:34:56Z'), [t.getHours('+01:30'), t.getHours('-02:00'), t.getHours('02:00'), "
        + "t.getHours('UTC'), t.getHours('Europe/Paris'), t.getDate('Europe/Paris')])", "[int 1, int 21, int 1, int 23, int 1, int 1]")]
    [TestCase("timestamp(0).getHours('Nowhere/City')", "error")]
    [TestCase("timestamp(0).getHours('../etc/passwd')", "error")]
    [TestCase("timestamp(0).getHours('')", "error")]
    [TestCase("timestamp('0001-01-01T00:00:00Z').getFullYear('-01:00')", "int 1")]
    [TestCase("cel.bind(d, 3723.5s, [d.getHours(), d.getMinutes(), d.getSeconds(), d.getMilliseconds()])",
        "[int 1, int 62, int 3723, int 500]")]
    [TestCase("math.greatest(1, 2u, 2.5) == 2.5 && math.least(1, 2u, 0.5) == 0.5 && math.greatest([3, 1]) == 3 && math.least(-1) == -1",
        "bool true")]
    [TestCase("math.greatest([])", "error")]
    [TestCase("math.greatest([1, 'a'])", "error")]
    [TestCase("math.greatest(1, 'a')", "error")]
    [TestCase("[math.ceil(1.2), math.floor(-1.2), math.round(2.5), math.round(-2.5), math.trunc(-1.9)]",
        "[double 2, double -2, double 3, double -3, double -1]")]
    [TestCase("math.ceil(1)", "error")]
    [TestCase("[math.sqrt(16), math.sqrt(2.25), math.sqrt(4u)]", "[double 4, double 1.5, double 2]")]
    [TestCase("[math.abs(-1), math.abs(-1.5), math.abs(1u), math.sign(-5), math.sign(5u), math.sign(0u), math.sign(-0.5)]",
        "[int 1, double 1.5, uint 1, int -1, uint 1, uint 0, double -1]")]
    [TestCase(
        "math.isNaN(math.sign(0.0 / 0.0)) && math.isInf(1.0 / 0.0) && !math.isFinite(1.0 / 0.0) && math.isFinite(1.0) && !math.isNaN(1.0) "
        + "&& !math.isInf(1.0)", "bool true")]
    [TestCase(
        "[math.bitAnd(6, 3), math.bitOr(6, 3), math.bitXor(6, 3), math.bitNot(0), math.bitShiftLeft(1, 3), math.bitShiftRight(-8, 1), "
        + "math.bitShiftLeft(1, 64)]", "[int 2, int 7, int 5, int -1, int 8, int 9223372036854775804, int 0]")]
    [TestCase("[math.bitAnd(6u, 3u), math.bitOr(6u, 3u), math.bitXor(6u, 3u), math.bitShiftLeft(1u, 63), math.bitShiftRight(8u, 2)]",
        "[uint 2, uint 7, uint 5, uint 9223372036854775808, uint 2]")]
    [TestCase("math.bitAnd(1, 1u)", "error")]
    [TestCase("math.bitShiftLeft(1, -1)", "error")]
    [TestCase("base64.encode(b'a') + base64.encode(b'')", "string \"YQ==\"")]
    [TestCase("base64.decode('YQ==') + base64.decode('YQ') + base64.decode('')", "bytes b\"6161\"")]
    [TestCase("base64.decode('*')", "error")]
    [TestCase("dyn(1) == 1", "bool true")]
    [TestCase("[math.greatest(1, 1.0), math.greatest(1.0, 1), math.least(1, 1u), math.greatest([2]), math.least([3, 2u, 2])]",
        "[int 1, double 1, int 1, int 2, uint 2]")]
    [TestCase(
        "[math.bitShiftLeft(1, 63), math.bitShiftRight(-1, 63), math.bitShiftRight(-1, 64), math.bitShiftLeft(5, 0), "
        + "math.bitShiftRight(5u, 0)]", "[int -9223372036854775808, int 1, int 0, int 5, uint 5]")]
    [TestCase("[math.sign(0), math.sign(7), math.sign(2.5), math.sign(0.0)]", "[int 0, int 1, double 1, double 0]")]
    [TestCase("'%e %.0e %.2e'.format([0.0, 5e-324, 9.996])", "string \"0.000000e+00 5e-324 1.00e+01\"")]
    [TestCase("'%.0f %.0f %.0f %.1f %.3f'.format([0.5, 1.5, 2.5, 0.25, 5e-324])", "string \"0 2 2 0.2 0.000\"")]
    [TestCase("'%.0f'.format([9007199254740993.0 * 1024.0])", "string \"9223372036854775808\"")]
    [TestCase("'%x %X %o %b'.format([255, 255, 8, 5]) + '%x'.format([-255]) + '%b'.format([-5])", "string \"ff FF 10 101-ff-101\"")]
    [TestCase("['a,b,c'.split(',', 2), 'a,b,c'.split(',', 1), 'a,b'.split(',', 0), 'a,b'.split(',', -1), 'ab'.split(''), ''.split(',')]",
        "[[string \"a\", string \"b,c\"], [string \"a,b,c\"], [], [string \"a\", string \"b\"], [string \"a\", string \"b\"], [string "
        + "\"\"]]")]
    [TestCase("['a😀b'.split(''), '😀'.split('')]", "[[string \"a\", string \"😀\", string \"b\"], [string \"😀\"]]")]
    [TestCase(
        "['abc'.substring(3), 'abc'.substring(0, 0), 'abc'.substring(1, 3), 'abc'.charAt(3), 'abcabc'.lastIndexOf('c', 4), "
        + "'abc'.lastIndexOf(''), 'abab'.replace('b', 'x', 1), 'abab'.replace('b', 'x', 0)]",
        "[string \"\", string \"\", string \"bc\", string \"\", int 2, int 3, string \"axab\", string \"abab\"]")]
    [TestCase("[int('-9223372036854775808'), int('9223372036854775807')]", "[int -9223372036854775808, int 9223372036854775807]")]
    [TestCase("[int(9223372036854774784.0), uint(18446744073709549568.0)]", "[int 9223372036854774784, uint 18446744073709549568]")]
    [TestCase("int(9223372036854775808.0)", "error")]
    [TestCase("uint(18446744073709551616.0)", "error")]
    [TestCase("uint(-0.5)", "error")]
    public void A_function_gives_its_value(string expression, string value) =>
        Assert.That(TaggedValue.Write(CelTesting.Evaluate(expression)), Is.EqualTo(value));

    [Test]
    public void No_two_functions_share_a_name()
    {
        var names = FunctionTable.All.Select(function => $"{(function.IsMember ? "." : "")}{function.Name}").ToList();

        Assert.That(names, Is.Unique);
        Assert.That(names, Has.Count.GreaterThanOrEqualTo(60));
    }

    [TestCase(0, "0s")]
    [TestCase(1, "1ns")]
    [TestCase(1500, "1.5us")]
    [TestCase(812_000_000, "812ms")]
    [TestCase(89_420_000, "89.4ms")]
    [TestCase(999_960, "1ms")]
    [TestCase(999_600_000, "1s")]
    [TestCase(1_234_567_890, "1.23s")]
    [TestCase(-2_500_000_000, "-2.5s")]
    [TestCase(59_940_000_000, "59.9s")]
    [TestCase(59_990_000_000, "1m")]
    [TestCase(60_000_000_000, "1m")]
    [TestCase(90_500_000_000, "1m31s")]
    [TestCase(3_600_000_000_000, "1h")]
    [TestCase(3_605_000_000_000, "1h")]
    [TestCase(90_061_000_000_000, "1d1h")]
    [TestCase(long.MaxValue, "106751d23h")]
    [TestCase(long.MinValue, "-106751d23h")]
    public void A_duration_is_shown_as_people_write_it(long nanos, string text) =>
        Assert.That(ValueText.Short(Durations.FromNanos(nanos)), Is.EqualTo(text));

    [TestCase(499_600_000, 500_000_000, "499.6ms", "500ms")]
    [TestCase(500_000_001, 500_000_000, "500.000001ms", "500ms")]
    [TestCase(3_605_000_000_000, 3_600_000_000_000, "1h5s", "1h")]
    [TestCase(90_061_000_000_000, 90_060_000_000_000, "1d1h1m1s", "1d1h1m")]
    [TestCase(60_000_000_001, 60_000_000_000, "1m0.000000001s", "1m")]
    public void A_value_never_reads_like_the_limit_that_it_misses(long nanos, long limit, string text, string limitText)
    {
        var scope = new Scope(new Dictionary<string, Value> { ["a"] = Durations.FromNanos(nanos), ["b"] = Durations.FromNanos(limit) });

        var explanation = CelTesting.Parse("a == b").Evaluate(scope).Explanation[0];

        Assert.That((explanation.Actual!.Text, explanation.Limit!.Text), Is.EqualTo((text, limitText)));
    }

    [TestCase(0, "0%")]
    [TestCase(0.00041, "0.04%")]
    [TestCase(0.9999, "99.9%")]
    [TestCase(0.9312, "93.1%")]
    [TestCase(0.715, "71.5%")]
    [TestCase(0.29, "29%")]
    [TestCase(1, "100%")]
    [TestCase(1e-12, "<0.0001%")]
    public void A_share_never_reads_better_than_it_is(double ratio, string text) => Assert.That(UnitText.Ratio(ratio), Is.EqualTo(text));

    [Test]
    public void Long_values_are_cut_between_characters()
    {
        var text = ValueText.Short(Value.String(new string('a', 78) + "😀😀"));
        var list = ValueText.Short(Value.List([.. Enumerable.Range(1000, 100).Select(i => Value.Int(i))]));
        var map = ValueText.Short(Value.Map(Enumerable.Range(1000, 100).Select(i => ($"k{i}", Value.Int(i)))));
        var bytes = ValueText.Short(Value.Bytes(new byte[100]));

        Assert.That(text, Is.EqualTo($"\"{new string('a', 78)}…\""));
        Assert.That(list, Is.EqualTo("[1000, 1001, 1002, 1003, 1004, 1005, 1006, …] (100 items)"));
        Assert.That(map, Does.EndWith("…} (100 entries)").And.Length.LessThan(100));
        Assert.That(bytes, Has.Length.EqualTo(80));
        Assert.That(ValueText.Short(Value.String("a\"\\\n\r\t\u0001\u007f")), Is.EqualTo("\"a\\\"\\\\\\n\\r\\t\\u0001\\u007f\""));
    }

    [Test]
    public void Random_doubles_are_written_exactly()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var number = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (!double.IsFinite(number))
                continue;
            Assert.That(double.Parse(DecimalText.Scientific(number, 17), System.Globalization.CultureInfo.InvariantCulture),
                Is.EqualTo(number));
            var small = random.NextDouble() * 1000;
            Assert.That(decimal.Parse(DecimalText.Fixed(small, 9), System.Globalization.CultureInfo.InvariantCulture),
                Is.EqualTo((decimal)small).Within(0.000000001m));
        }
    }

    [Test]
    public void Positions_count_code_points()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var runes = Enumerable.Range(0, random.Next(6)).Select(_ => new Rune[] { new('a'), new('é'), new(0x1F600) }[random.Next(3)])
                .ToArray();
            var text = string.Concat(runes);

            Assert.That(CodePoints.Count(text), Is.EqualTo(runes.Length));
            Assert.That(CodePoints.Reverse(text), Is.EqualTo(string.Concat(runes.Reverse())));
            for (var index = 0; index <= runes.Length; index++)
                Assert.That(CodePoints.ToIndex(text, CodePoints.ToOffset(text, index)), Is.EqualTo(index));
        }
    }
}
