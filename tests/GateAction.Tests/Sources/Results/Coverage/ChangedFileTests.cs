using System.Diagnostics;
using System.Globalization;
using GateAction.Sources.Results.Coverage;

namespace GateAction.Tests.Sources.Results.Coverage;

internal sealed class ChangedFileTests
{
    [TestCase("@@ -1,2 +1,3 @@\n a\n+b\n c", 1, new[] { 2 })]
    [TestCase("@@ -0,0 +1,2 @@\n+a\n+b", 2, new[] { 1, 2 }, TestName = "A new file")]
    [TestCase("@@ -1 +1 @@\n-a\n+b", 1, new[] { 1 }, TestName = "Counts of one are left out")]
    [TestCase("@@ -3,2 +2,0 @@ f()\n-a\n-b", 0, new int[0], TestName = "Lines that go away")]
    [TestCase("@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r", 1, new[] { 2 }, TestName = "CRLF")]
    [TestCase("@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n", 1, new[] { 2 }, TestName = "A newline at the end of the file")]
    [TestCase("@@ -1,2 +1,2 @@\n a\n-b\n+c\n\\ No newline at end of file", 1, new[] { 2 }, TestName = "No newline at the end of the file")]
    [TestCase("@@ -1,1 +1,2 @@\n a\n+x\n@@ -9,2 +10,3 @@ void F()\n y\n+@@ -1 +1 @@\n z", 2, new[] { 2, 11 },
        TestName = "A line that looks like a hunk")]
    [TestCase("@@ -1,3 +1,4 @@\n a\n\n+--- b\n c", 1, new[] { 3 }, TestName = "An empty line that lost its blank")]
    public void The_lines_that_a_patch_adds_have_their_numbers_on_the_head(string patch, int added, int[] expected) =>
        Assert.That(new ChangedFile("a", "", added, patch).AddedLines(), Is.EqualTo(expected));

    [TestCase(null, 3)]
    [TestCase("", 3)]
    [TestCase("@@ -1,2 +1,3 @@\n a\n+b", 1, TestName = "Cut within a hunk")]
    [TestCase("@@ -1,2 +1,3 @@\n a\n+b\n c", 2, TestName = "Cut between two hunks")]
    [TestCase("@@ -1,2 +1,3 @@\n a\n+b\n+b\n+b\n c", 3, TestName = "More than the hunk's head counts")]
    [TestCase("@@ -1,1 +1,1 @@\n-a\n*b", 1, TestName = "A line of another kind")]
    [TestCase("@@ -1,1 +1,9999999999 @@\n-a\n+b", 1, TestName = "A number that is none")]
    [TestCase("Binary files a/x and b/x differ", 1)]
    [TestCase("diff --git a/x b/x", 0)]
    public void A_patch_that_is_not_whole_tells_no_lines(string? patch, int added) =>
        Assert.That(new ChangedFile("a", "", added, patch).AddedLines(), Is.Null);

    [Test]
    public void Of_what_git_writes_every_added_line_is_found_whatever_the_change([Values(0, 1, 3)] int around, [Values(1, 2, 3, 4)]
    int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 8; round++)
        {
            var before = Enumerable.Range(0, random.Next(0, 40)).Select(_ => Line(random)).ToList();
            var after = before.SelectMany(line =>
                random.Next(6) switch { 0 => [], 1 => [Line(random)], 2 => [line, Line(random)], _ => (string[])[line] }).ToList();

            var (patch, kept) = Diff(before, after, around, isCut: random.Next(2) == 0);
            var added = patch.Length == 0 ? [] : PatchLines.Added(patch)!;

            // What is not added is what was there before, in its order.
            var rest = after.Where((_, index) => !added.Contains(index + 1)).ToList();
            var from = 0;
            Assert.That(rest.TrueForAll(line => (from = before.IndexOf(line, from) + 1) > 0), Is.True, patch);
            Assert.That(rest, Has.Count.EqualTo(kept), patch);
        }
    }

    private static string Line(Random random) =>
        random.Next(
        8) switch
        { 0 => "", 1 => "+", 2 => "-- a", 3 => "@@ -1 +1 @@", 4 => "\\ b", var other => $"line {other}{random.Next(9)}" };

    /// <summary>The hunks of git's diff, and how many lines stay.</summary>
    private static (string Patch, int Kept) Diff(List<string> before, List<string> after, int around, bool isCut)
    {
        using var folder = new ResultFolder();
        folder.Add("a", Text(before));
        folder.Add("b", Text(after));
        var patch = Git(folder.Path, "diff", "--no-index", $"-U{around}", "a", "b");
        var at = patch.StartsWith("@@", StringComparison.Ordinal) ? 0 : patch.IndexOf("\n@@", StringComparison.Ordinal) + 1;
        var removed = Git(folder.Path, "diff", "--no-index", "--numstat", "a", "b");
        return (at == 0 ? "" : patch[at..].TrimEnd('\n'),
            before.Count - (removed.Length == 0 ? 0 : int.Parse(removed.Split('\t')[1], CultureInfo.InvariantCulture)));

        // A file without a newline at its end has its last line all the same, unless that is empty.
        string Text(List<string> lines) =>
            string.Concat(lines.Select(line => line + "\n")) is var text && isCut && lines.Count > 0 && lines[^1].Length > 0
            ? text[..^1]
            : text;
    }

    private static string Git(string folder, params string[] arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments)
            { WorkingDirectory = folder, RedirectStandardOutput = true })!;
            var text = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return text;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Missing.Tool("git is not installed");
            return "";
        }
    }
}
