using FsCheck;
using FsCheck.Fluent;
using GateAction.Sources.Results.Coverage;

namespace GateAction.Tests.Sources.Results.Coverage;

internal sealed class FileCoverageTests
{
    [TestCase(false, TestName = "What is packed and merged is what was added, of lines side by side")]
    [TestCase(true, TestName = "What is packed and merged is what was added, of lines far apart")]
    public void What_is_packed_and_merged_is_what_was_added(bool isApart) => Prop.ForAll(
        (Line[] first, Line[] second) =>
        {
            var (store, expected, found) = (new FileStore(), new FileCoverage(), new FileCoverage());
            var file = store.FindOrAdd("a");
            foreach (var part in new[] { first, second })
            {
                var coverage = new FileCoverage();
                Add(coverage, part, isApart);
                Add(expected, part, isApart);
                store.Add(file, coverage);
            }
            found.Add(store.LinesOf(file));
            Line[] all = [.. first, .. second];
            return (found.Figures, found.LastLine) == (expected.Figures, expected.LastLine)
                && all.All(line => found.IsHit(LineOf(line, isApart)) == all.Any(other => LineOf(other, isApart) == LineOf(line, isApart)
                && other.IsHit));
        }).QuickCheckThrowOnFailure();

    [Test]
    public void Names_are_found_again_however_many_there_are()
    {
        var store = new FileStore();

        var files = Enumerable.Range(0, 200_000).Select(i => store.FindOrAdd($"src/folder{i % 100}/file{i}.cs")).ToArray();

        Assert.That(files, Is.EqualTo(Enumerable.Range(0, 200_000)));
        Assert.That(store.Find("src/folder7/file107.cs"), Is.EqualTo(107));
        Assert.That((store.NameOf(107), store.Find("src/folder8/file107.cs")), Is.EqualTo(("src/folder7/file107.cs", -1)));
    }

    private static void Add(FileCoverage coverage, Line[] lines, bool isApart)
    {
        foreach (var line in lines)
        {
            coverage.AddLine(LineOf(line, isApart), line.IsHit);
            coverage.AddBranches(LineOf(line, isApart), line.Branches, Math.Min(line.Branches, line.Taken));
        }
    }

    private static int LineOf(Line line, bool isApart) =>
        isApart ? 1 + (Math.Abs(line.Number % 10_000) * 200_003) : 1 + Math.Abs(line.Number % 300);

    internal sealed record Line(int Number, bool IsHit, byte Branches, byte Taken);
}
