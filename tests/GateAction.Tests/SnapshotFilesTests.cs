namespace GateAction.Tests;

/// <summary>Snapshots that no test reads would stay for ever and mean nothing.</summary>
internal sealed class SnapshotFilesTests
{
    private static string Folder => Path.Combine(TestFiles.Repository, "tests", "GateAction.Tests");

    [Test]
    public void Every_snapshot_belongs_to_a_test()
    {
        var snapshots = Directory.GetFiles(Folder, "*.verified.*", SearchOption.AllDirectories);

        var orphans = snapshots.Where(path => !IsRead(path)).Select(path => Path.GetRelativePath(Folder, path));

        Assert.That(snapshots, Has.Length.GreaterThan(20));
        Assert.That(orphans, Is.Empty);
    }

    [Test]
    public void Every_expected_output_lies_beside_its_manifest()
    {
        var outputs = Directory.GetFiles(Folder, "*.out", SearchOption.AllDirectories);

        Assert.That(outputs, Has.Length.GreaterThan(20));
        Assert.That(outputs.Where(path => !File.Exists(Path.ChangeExtension(path, ".yml"))), Is.Empty);
    }

    [TestCase("SnapshotFilesTests.No_such_test.verified.txt", false, TestName = "a test that is gone")]
    [TestCase("NoSuchTests.Some_test.verified.txt", false, TestName = "a class that is gone")]
    [TestCase("Reports/CommentTests.A_passing_gate_is_told.verified.md", true, TestName = "a test and its snapshot")]
    public void A_snapshot_belongs_to_the_test_that_it_is_named_after(string path, bool isRead) =>
        Assert.That(IsRead(Path.Combine(Folder, path)), Is.EqualTo(isRead));

    /// <summary>One command makes all of them again.</summary>
    [Test]
    public void A_test_that_writes_what_is_generated_is_of_the_category_Generated()
    {
        var writing = Directory.GetFiles(Folder, "*Tests.cs", SearchOption.AllDirectories)
            .Where(path => File.ReadAllText(path).Contains("Variable(\"GATE_ACCEPT_SNAPSHOTS\")", StringComparison.Ordinal)).ToArray();

        Assert.That(writing, Has.Length.GreaterThan(5));
        Assert.That(writing.Where(path => !File.ReadAllText(path).Contains("[Category(\"Generated\")]", StringComparison.Ordinal)),
            Is.Empty);
    }

    /// <summary><c>Class.Method[.name].verified.EXT</c> beside the class, whose method takes snapshots.</summary>
    private static bool IsRead(string path)
    {
        if (Path.GetFileName(path).Split('.') is not [var type, var method, ..])
            return false;
        var source = Path.Combine(Path.GetDirectoryName(path)!, $"{type}.cs");
        if (!File.Exists(source))
            return false;
        var text = File.ReadAllText(source);
        var at = text.IndexOf($" {method}(", StringComparison.Ordinal);
        return at >= 0 && text.IndexOf("Snapshot.Match", at, StringComparison.Ordinal) >= 0;
    }
}
