using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources.Results;

namespace GateAction.Tests.Sources.Results;

internal sealed class BaselineFactsTests
{
    private static readonly ResultSet Set = new(["*.xml"], TestFilter.All, null, TolerateFlaky: false);

    [Test]
    public async Task Compares_each_test_with_the_baseline()
    {
        var before = await MeasureAsync(
            "<testcase name='a'/><testcase name='b'><failure/></testcase><testcase name='c'/><testcase name='d'/><testcase "
            + "name='f'><failure/></testcase>", null);

        var now = await MeasureAsync(
            "<testcase name='a'><failure message='broke'/></testcase><testcase name='b'/><testcase "
            + "name='d'><skipped/></testcase><testcase name='e'/><testcase name='f'><failure/></testcase>", before);

        Assert.That(Names(now, "fixed"), Is.EqualTo(["s.b"]));
        Assert.That(Names(now, "vanished"), Is.EqualTo(["s.c"]));
        Assert.That(Names(now, "newly_skipped"), Is.EqualTo(["s.d"]));
        Assert.That(Fact(now, "new_failures").AsList.Select(test => test.AsMap.TryGet("name", out var name) ? name.AsString : ""),
            Is.EqualTo(["s.a"]));
        Assert.That(Fact(now, "added").AsInt, Is.EqualTo(1));
    }

    [Test]
    public async Task Without_a_baseline_the_facts_are_missing_and_so_a_condition_over_them_is_inconclusive()
    {
        var now = await MeasureAsync("<testcase name='a'/>", null);

        Assert.That(now.Facts.AsMap.TryGet("vanished", out _), Is.False);
    }

    [TestCase("")]
    [TestCase("2:not base64")]
    [TestCase("2:AAAA")]
    [TestCase("1:AAAA")]
    [TestCase("2:future")]
    public async Task A_damaged_index_of_a_baseline_is_none(string index)
    {
        var before = (await MeasureAsync("<testcase name='a'/>", null)) with { Facts = Value.Map(("index", Value.String(index))) };

        var now = await MeasureAsync("<testcase name='a'/>", before);

        Assert.That(now.Facts.AsMap.TryGet("vanished", out _), Is.False);
    }

    private static async Task<Measurement> MeasureAsync(string cases, Measurement? baseline)
    {
        using var folder = new ResultFolder();
        folder.Add("a.xml", $"<testsuite name='s'>{cases}</testsuite>");
        return await folder.MeasureAsync(Set, baseline);
    }

    private static Value Fact(Measurement measured, string name) => measured.Facts.AsMap.TryGet(name, out var value) ? value : Value.Null;

    private static IEnumerable<string> Names(Measurement measured, string name) =>
        Fact(measured, name).AsList.Select(value => value.AsString);
}
