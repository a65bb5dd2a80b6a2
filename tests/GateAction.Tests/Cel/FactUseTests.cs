using GateAction.Cel;

namespace GateAction.Tests.Cel;

internal sealed class FactUseTests
{
    [TestCase("p.json.status == 'ok'", "json.status", "json.items|body")]
    [TestCase("p[\"json\"][\"a b\"] > 1", "json.a b", "json.a")]
    [TestCase("has(p.json.a.b)", "json.a.b", "json.a.c")]
    [TestCase("p.json.items[0].id == 1", "json.items.id", "json.status")]
    [TestCase("p.json[key].id == 1", "json.anything.id", "body")]
    [TestCase("p.json.items.all(item, item.ok && p.json.limit > item.n)", "json.items.ok|json.limit", "json.other")]
    [TestCase("size(p.json) == 2", "json.anything", "body")]
    [TestCase("p == q", "json.anything|body", "")]
    [TestCase("cel.bind(j, p.json.deep, j.a.b) == 1", "json.deep.other", "json.status")]
    [TestCase("baseline.p.json.status == 'ok'", "", "json.status")]
    [TestCase("q.json.p == 1 ? p.json.x : p.json.y", "json.x|json.y", "json.z")]
    public void A_condition_reads_what_it_names_and_all_below_it(string text, string read, string unread)
    {
        var use = new FactUse().Add(Condition.Parse(text).Condition!);

        foreach (var path in read.Split('|', StringSplitOptions.RemoveEmptyEntries))
            Assert.That(use.Under(["p", .. path.Split('.')]), Is.Not.Null, path);
        foreach (var path in unread.Split('|', StringSplitOptions.RemoveEmptyEntries))
            Assert.That(use.Under(["p", .. path.Split('.')]), Is.Null, path);
    }

    [Test]
    public void Trees_are_taken_together()
    {
        var use = new FactUse().Add(Condition.Parse("p.json.a == 1").Condition!);

        var both = new FactUse().Add(use).Add(new FactUse().Add(Condition.Parse("p.json.b == 1").Condition!));

        Assert.That(both.Under("p", "json", "a")!.IsWhole && both.Under("p", "json", "b")!.IsWhole);
        Assert.That(both.Under("p", "json", "c"), Is.Null);
        Assert.That(use.Under("p", "json", "b"), Is.Null);
        Assert.That(both.Add(FactUse.Whole).Under("p", "json", "c"), Is.Not.Null);
        Assert.That(new FactUse().Under("p"), Is.Null);
    }
}
