using System.Runtime.Versioning;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources.Results;
using GateAction.Sources.Results.Coverage;
using GateAction.Syntax;

namespace GateAction.Tests.Sources.Results;

/// <summary>A set is clean only where everything that it asks for is there: each pattern's files, folders that can be read, the run's exit
/// code.</summary>
internal sealed class CompleteSetTests : InResultFolder
{
    private const string Good = "<testsuite><testcase name='a'/></testsuite>";

    [SetUp]
    public void AddGood() => Folder.Add("unit/a.xml", Good);

    [TestCase("e2e/**")]
    [TestCase("{e2e,more}/*.xml")]
    [TestCase("unit/b.xml")]
    public async Task A_pattern_that_matches_nothing_beside_one_that_does(string pattern)
    {
        var measured = await Folder.MeasureAsync(Set(["unit/**", pattern]));

        Assert.That((measured.Outcome, measured.Reason), Is.EqualTo((Outcome.Unclean, $"not clean: no file matches '{pattern}'")));
    }

    [Test]
    public async Task A_pattern_whose_files_are_all_taken_out_again()
    {
        Folder.Add("e2e/b.xml", Good.Replace("'a'", "'b'"));

        var measured = await Folder.MeasureAsync(Set(["unit/**", "e2e/**", "!e2e/*.xml"]));

        Assert.That(measured.Reason, Is.EqualTo("not clean: no file matches 'e2e/**'"));
    }

    [TestCase("{unit,e2e}/**")]
    [TestCase("{unit/{a,b},e2e/{c,d}}.xml")]
    public async Task Of_alternatives_in_braces_one_is_enough(string pattern) =>
        Assert.That((await Folder.MeasureAsync(Set([pattern]))).Outcome, Is.EqualTo(Outcome.Measured));

    [Test]
    public async Task A_pattern_of_a_coverage_set_that_matches_nothing()
    {
        Folder.Add("unit/lcov.info", "SF:a.js\nDA:1,1\nend_of_record\n");

        var measured = await new CoverageSet(["unit/*.info", "e2e/*.info"]).MeasureAsync("c", Folder.Path, TimeProvider.System,
            new Scope(new Dictionary<string, Value>()), CancellationToken.None);

        Assert.That((measured.Outcome, measured.Reason), Is.EqualTo((Outcome.Unclean, "not clean: no file matches 'e2e/*.info'")));
    }

    [Test]
    public async Task Files_behind_a_linked_folder_are_missed_and_those_that_are_read_elsewhere_are_not()
    {
        using var other = new ResultFolder();
        other.Add("b.xml", Good.Replace("'a'", "'b'"));
        Directory.CreateSymbolicLink(Path.Combine(Folder.Path, "latest"), Path.Combine(Folder.Path, "unit"));
        Assert.That((await Folder.MeasureAsync(Set(["**/*.xml"]))).Outcome, Is.EqualTo(Outcome.Measured));

        Directory.CreateSymbolicLink(Path.Combine(Folder.Path, "unit", "more"), other.Path);
        var measured = await Folder.MeasureAsync(Set(["**/*.xml"]));

        Assert.That(measured.Reason,
            Does.StartWith("not clean: the folder '").And.Contain(
                "is a link that leads out of the workspace and is not entered, and files that match '**/*.xml' lie behind it"));
    }

    [Test, Platform("Linux"), UnsupportedOSPlatform("windows")]
    public async Task A_folder_that_cannot_be_read_is_missed()
    {
        var closed = Directory.CreateDirectory(Path.Combine(Folder.Path, "unit", "closed"));
        File.SetUnixFileMode(closed.FullName, UnixFileMode.None);
        try
        {
            if (CanList(closed.FullName))
                Missing.User("root reads every folder");
            var measured = await Folder.MeasureAsync(Set(["**/*.xml"]));

            Assert.That(measured.Reason, Does.StartWith("not clean: the folder 'unit/closed' cannot be read, and files may lie in it"));
        }
        finally
        {
            File.SetUnixFileMode(closed.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [TestCase("0", null, 0L)]
    [TestCase("1", "not clean: the run ended with 1 although no test failed: what broke is in no file", 1L)]
    [TestCase("code.txt", "not clean: the run ended with 137 although no test failed: what broke is in no file", 137L)]
    [TestCase("word.txt", "not clean: exit-code: 'word.txt' holds 'done', which is no number", -1L)]
    [TestCase("none.txt", "not clean: exit-code: there is no file '", -1L)]
    public async Task The_exit_code_of_the_run(string written, string? reason, long fact)
    {
        Folder.Add("code.txt", "137\n");
        Folder.Add("word.txt", "done");

        var measured = await Folder.MeasureAsync(Set(["unit/**"]) with { ExitCode = Template.Literal(written) });

        Assert.That(measured.Reason, reason is null ? Is.Null : Does.StartWith(reason));
        Assert.That(ResultFolder.Fact(measured, "exit_code"), Is.EqualTo(fact));
        Assert.That(measured.Facts.AsMap.TryGet("green", out var green) && green.AsBool, Is.EqualTo(reason is null));
    }

    [Test]
    public async Task An_exit_code_beside_a_failing_test_says_nothing_new()
    {
        Folder.Add("unit/b.xml", "<testsuite><testcase name='b'><failure/></testcase></testsuite>");

        Assert.That((await Folder.MeasureAsync(Set(["unit/**"]) with { ExitCode = Template.Literal("1") })).Outcome,
            Is.EqualTo(Outcome.Measured));
    }

    [TestCase(Severity.Error, Outcome.Unclean)]
    [TestCase(Severity.Warning, Outcome.Measured)]
    public async Task A_file_without_a_test_beside_one_that_has_some(object empty, Outcome outcome)
    {
        Folder.Add("unit/b.xml", "<testsuites tests='0'/>");

        Assert.That((await Folder.MeasureAsync(Set(["unit/**"]) with { Empty = (Severity)empty })).Outcome, Is.EqualTo(outcome));
    }

    [Test]
    public async Task Failing_tests_that_share_a_message_are_one_line_and_one_group()
    {
        Folder.Add("unit/b.xml",
            "<testsuite>"
            + string.Concat(Enumerable.Range(0, 9).Select(number => $"<testcase name='t{number}'><failure message='refused'/></testcase>"))
            + "<testcase name='x'><failure message='other'/></testcase></testsuite>");

        var measured = await Folder.MeasureAsync(Set(["unit/**"]));

        Assert.That(measured.Details, Is.EqualTo(["9 tests: refused (first t0; t1, t2, t3, t4 and 4 more)", "x: other"]));
        var group = measured.Facts.AsMap.TryGet("failure_groups", out var groups) ? groups.AsList.Single().AsMap : null;
        Assert.That(group!.TryGet("count", out var count) ? count.AsInt : 0, Is.EqualTo(9));
    }

    private static ResultSet Set(string[] files) => new(files, TestFilter.All, null, TolerateFlaky: false);

    private static bool CanList(string folder)
    {
        try
        {
            return Directory.GetFiles(folder).Length >= 0;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
