using GateAction.Manifests;
using GateAction.Syntax;

namespace GateAction.Tests.Manifests;

internal sealed class ForEachTests
{
    [TestCaseSource(typeof(ManifestCases), nameof(ManifestCases.In), new object[] { "ok" })]
    public void What_is_written_out_is_the_same_manifest(string path)
    {
        var reading = ManifestCases.Read(path);

        var again = ManifestCases.Read(System.Text.Encoding.UTF8.GetBytes(YamlWriter.Write(reading.Root!)));

        Assert.That(WithoutLines(again), Is.EqualTo(WithoutLines(reading)));
    }

    [Test]
    public void A_key_that_comes_twice_once_it_is_filled_in_is_told()
    {
        var reading = ManifestCases.Read("""
            version: 1
            probes:
              p_${a}:
                for-each: { a: [x], b: [x] }
                http: https://example.com
                headers: { "X-${a}": one, "X-${b}": two }
            criteria:
              c: p_x.status == 200
            """u8);

        Assert.That(reading.Problems.Select(problem => problem.Message),
            Has.Some.EqualTo("key 'X-x' comes a second time here once `for-each` is filled in"));
    }

    [TestCase("api", "api")]
    [TestCase("$${x}", "$${x}", TestName = "Two dollars stand for the characters themselves")]
    [TestCase("${y}-${x}", "${y}-v", TestName = "What for-each does not name stays")]
    [TestCase("${x}${x}", "vv", TestName = "One variable twice")]
    [TestCase("${ x }", "${ x }", TestName = "No spaces")]
    public void Texts_are_filled_in(string written, string expected)
    {
        var problems = new Problems();
        var text = $"probes:\n  p_${{x}}:\n    for-each: {{ x: [v] }}\n    field: '{written}'\n";

        var root = ForEachExpansion.Expand((MappingNode)YamlTree.Read(new SourceText("gate.yml", text), problems)!, problems);

        var probes = (MappingNode)root!.Find("probes")!;
        Assert.That(((ScalarNode)((MappingNode)probes.Find("p_v")!).Find("field")!).Text, Is.EqualTo(expected));
    }

    [Test]
    public void A_manifest_without_it_is_the_tree_that_was_read()
    {
        var problems = new Problems();
        var root = (MappingNode)YamlTree.Read(new SourceText("gate.yml", "probes: { a: { http: https://example.com } }"), problems)!;

        Assert.That(ForEachExpansion.Expand(root, problems), Is.SameAs(root));
    }

    private static string WithoutLines(ManifestReading reading) => System.Text.RegularExpressions.Regex.Replace(
        ManifestDump.Write(reading.Manifest!), @" at \S+", "");
}
