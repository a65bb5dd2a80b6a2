using GateAction.Sources.Results;

namespace GateAction.Tests.Sources.Results;

[Category("Generated")]
internal sealed class ResultsPageTests
{
    private const string Marker = "<!-- generated from the code: run the tests of this page with GATE_ACCEPT_SNAPSHOTS=1 -->\n";

    [Test]
    public void The_tables_of_the_page_are_the_generated_ones()
    {
        var path = Path.Combine(TestFiles.Repository, "docs", "results.md");
        var page = File.ReadAllText(path);
        var written = page[..(page.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length)] + "\n" + ResultsPage.Write().TrimEnd()
            + "\n";

        if (Environment.GetEnvironmentVariable("GATE_ACCEPT_SNAPSHOTS") == "1")
            File.WriteAllText(path, written);

        Assert.That(File.ReadAllText(path), Is.EqualTo(written));
    }

    [Test]
    public void No_state_of_a_format_stands_twice()
    {
        var twice = ResultFormats.All.SelectMany(format =>
            format.States.States.GroupBy(state => state.Name).Where(group => group.Count() > 1)
            .Select(group => $"{format.Name}: {group.Key}"));

        Assert.That(twice, Is.Empty);
    }
}
