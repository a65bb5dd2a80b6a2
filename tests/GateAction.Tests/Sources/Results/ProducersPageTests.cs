namespace GateAction.Tests.Sources.Results;

/// <summary>The table of docs/producers.md is of the runs that <c>.ci/producers</c> makes, each of them and no other.</summary>
internal sealed class ProducersPageTests
{
    [Test]
    public void The_table_has_a_row_for_each_run_that_is_made()
    {
        using var folder = new ResultFolder();

        var listed = Producer.Run(folder, "bash", Path.Combine(TestFiles.Repository, ".ci", "producers"), "--list");

        Assert.That(RowsOfPage(), Is.EqualTo(listed.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Test]
    public void No_run_that_ends_badly_is_green()
    {
        var green = Rows().Where(row => row[3] == "green");

        string[] mayBe =
        [
            "all pass", "one is skipped", "one is disabled", "one is to be written", "one is incomplete", "one is expected to fail",
            "a retry passes",
        ];
        Assert.That(green.Select(row => row[1]).Distinct(), Is.SubsetOf(mayBe));
    }

    private static IEnumerable<string> RowsOfPage() => Rows().Select(row => $"| {row[0]} | {row[1]} |");

    private static IEnumerable<string[]> Rows() => File.ReadLines(Path.Combine(TestFiles.Repository, "docs", "producers.md"))
        .SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal))
        .Skip(1)
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..5]);
}
