using FsCheck;
using FsCheck.Fluent;
using GateAction.Cel.Parsing;

namespace GateAction.Tests.Cel;

/// <summary>Quantities are a superset: what is an expression of plain CEL keeps its tree, whatever stands next to a number in it.</summary>
internal sealed class SupersetTests
{
    [Test]
    public void Every_expression_of_plain_cel_keeps_its_meaning() =>
    Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var (text, tree) = RandomCondition.Make(seed);

        var (root, _) = Parser.Parse(text);

        Assert.That(Tree.Write(root), Is.EqualTo(tree), text);
    }));

    [TestCase("1in[1]", "(in <int 1> (list <int 1>))")]
    [TestCase("1uin[1u]", "(in <uint 1> (list <uint 1>))")]
    [TestCase("0x1in[1]", "(in <int 1> (list <int 1>))")]
    [TestCase("1.5in[1]", "(in <double 1.5> (list <int 1>))")]
    [TestCase("1e1in[1]", "(in <double 10> (list <int 1>))")]
    [TestCase("95%x", "(% <int 95> x)")]
    [TestCase("95% x", "(% <int 95> x)")]
    [TestCase("95%-x", "(% <int 95> (neg x))")]
    [TestCase("95%-1", "(% <int 95> <int -1>)")]
    [TestCase("95%(1)", "(% <int 95> <int 1>)")]
    [TestCase("95%[1]", "(% <int 95> (list <int 1>))")]
    [TestCase("95%{1:2}", "(% <int 95> (map <int 1> <int 2>))")]
    [TestCase("95%.5", "(% <int 95> <double 0.5>)")]
    [TestCase("95%.x", "(% <int 95> x)")]
    [TestCase("95%'a'", "(% <int 95> <string \"a\">)")]
    [TestCase("95%b'a'", "(% <int 95> <bytes b\"61\">)")]
    [TestCase("95%true", "(% <int 95> <bool true>)")]
    [TestCase("95%null", "(% <int 95> <null_type null>)")]
    [TestCase("95%!x", "(% <int 95> (! x))")]
    [TestCase("95%5%x", "(% (% <int 95> <int 5>) x)")]
    [TestCase("1.size()", "(.size() <int 1>)")]
    [TestCase("-1.f()", "(.f() <int -1>)")]
    [TestCase("- 1", "<int -1>")]
    [TestCase("!-1", "(! <int -1>)")]
    [TestCase("x-1", "(- x <int 1>)")]
    [TestCase("x--1", "(- x <int -1>)")]
    public void What_stands_next_to_a_number_is_read_as_cel_reads_it(string text, string tree) =>
        Assert.That(Tree.Write(Parser.Parse(text).Root), Is.EqualTo(tree));

    [TestCase("500ms", "duration('0.5s')")]
    [TestCase("1ns + 1us", "duration('1001ns')")]
    [TestCase("2s", "duration('2s')")]
    [TestCase("1.5s", "duration('1500ms')")]
    [TestCase("5m", "duration('300s')")]
    [TestCase("24h", "duration('86400s')")]
    [TestCase("7d", "duration('604800s')")]
    [TestCase("1h30m", "duration('5400s')")]
    [TestCase("1h30.5s", "duration('3630.5s')")]
    [TestCase("-1.5s", "duration('-1500ms')")]
    [TestCase("-(1s)", "duration('-1s')")]
    [TestCase("512B", "512")]
    [TestCase("1kB + 1KB", "2000")]
    [TestCase("20MB", "20000000")]
    [TestCase("1GB", "1000000000")]
    [TestCase("2TB", "2000000000000")]
    [TestCase("1Ki", "1024")]
    [TestCase("512Mi", "536870912")]
    [TestCase("1GiB", "1073741824")]
    [TestCase("1.5Gi", "1610612736")]
    [TestCase("1Ti", "1099511627776")]
    [TestCase("1KiB + 1MiB + 1TiB", "1099512677376 + 1024 - 1024 + 1024 - 1024")]
    [TestCase("-1Ki", "-1024")]
    [TestCase("95%", "0.95")]
    [TestCase("99.5%", "0.995")]
    [TestCase("-5%", "-0.05")]
    [TestCase("0x10%", "0.16")]
    [TestCase("1e1%", "0.1")]
    [TestCase("[95%, 5%][0]", "0.95")]
    [TestCase("{'a': 95%}.a", "0.95")]
    [TestCase("(95%)", "0.95")]
    [TestCase("95% + 5.0", "5.95")]
    [TestCase("95% * 2.0", "1.9")]
    [TestCase("true ? 95% : 5%", "0.95")]
    [TestCase("95%// of all", "0.95")]
    public void A_quantity_is_a_number_with_its_unit(string quantity, string value) =>
        Assert.That(TaggedValue.Write(CelTesting.Evaluate(quantity)), Is.EqualTo(TaggedValue.Write(CelTesting.Evaluate(value))));

    [TestCase("0.95 >= 95%")]
    [TestCase("0.95 == 95% && 95% <= 0.95 || false")]
    [TestCase("95% in [0.95]")]
    [TestCase("95% != 0.5 && 95% > 0.5 && 95% < 1.0")]
    [TestCase("500ms in [duration('500ms')]")]
    [TestCase("500ms.getMilliseconds() == 500")]
    public void A_quantity_may_stand_wherever_a_value_may(string condition) =>
        Assert.That(CelTesting.Evaluate(condition).IsTrue, condition);
}
