using System.Text;
using GateAction.Cel.Values;
using GateAction.Sources.Results.Coverage;

namespace GateAction.Tests.Sources.Results.Coverage;

[Category("Generated")]
internal sealed class CoveragePageTests
{
    private const string Marker = "<!-- generated from the code: run the tests of this page with GATE_ACCEPT_SNAPSHOTS=1 -->\n";

    [Test]
    public void The_tables_of_the_page_are_those_of_the_code()
    {
        var path = Path.Combine(TestFiles.Repository, "docs", "coverage.md");
        var page = File.ReadAllText(path);
        var written = page[..(page.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length)] + "\n" + Tables();

        if (Environment.GetEnvironmentVariable("GATE_ACCEPT_SNAPSHOTS") == "1")
            File.WriteAllText(path, written);

        Assert.That(File.ReadAllText(path), Is.EqualTo(written));
    }

    private static string Tables()
    {
        var page = new StringBuilder("| format | written by | what counts |\n|---|---|---|\n");
        foreach (var format in CoverageFormats.All)
            page.Append($"| {format.Title} (`{format.Name}`) | {format.WrittenBy} | {format.Counts} |\n");
        page.Append("\n| fact | |\n|---|---|\n");
        AddFacts(page, CoverageFacts.Facts.Type, "");
        return page.ToString();
    }

    private static void AddFacts(StringBuilder page, FactType facts, string prefix)
    {
        foreach (var (name, fact) in facts.Fields!)
        {
            page.Append($"| `{prefix}{name}` | {fact.Description} |\n");
            if (fact.Element?.Fields is not null)
                AddFacts(page, fact.Element, $"{prefix}{name}[].");
        }
    }
}
