using GateAction.Core.Model;
using GateAction.Sources.Results.Coverage;
using GateAction.StandIns.GitHub.State;

namespace GateAction.Tests.Sources.Results.Coverage;

internal sealed class PatchCoverageTests
{
    private const string Source = "one\ntwo\nthree\nfour\nfive\n";
    private const string TwoAdded = "@@ -1,3 +1,5 @@\n one\n+two\n three\n+four\n five";

    private CoverageFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new CoverageFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task The_share_is_of_the_lines_that_the_change_adds_and_that_can_be_covered()
    {
        _folder.Add("src/a.js", Source).Add("lcov.report", "SF:src/a.js\nDA:1,0\nDA:2,1\nDA:3,0\nDA:4,0\nend_of_record\n");

        var measured = await _folder.MeasureChangesAsync([Changed("src/a.js", Source, TwoAdded)]);

        Assert.Multiple(() =>
        {
            Assert.That(Figures(measured), Is.EqualTo((0.5, 1L, 2L)));
            Assert.That(measured.Reason, Is.Null);
            Assert.That(measured.Details, Does.Contain("src/a.js:4: changed and not covered"));
        });
    }

    [Test]
    public async Task A_line_that_one_of_several_reports_ran_is_covered()
    {
        _folder.Add("src/a.js", Source)
            .Add("unit.report", "SF:src/a.js\nDA:2,1\nDA:4,0\nend_of_record\n")
            .Add("e2e.report", $"SF:{_folder.Path}/src/a.js\nDA:2,0\nDA:4,3\nend_of_record\n");

        Assert.That(Figures(await _folder.MeasureChangesAsync([Changed("src/a.js", Source, TwoAdded)])), Is.EqualTo((1.0, 2L, 2L)));
    }

    [Test]
    public async Task Files_that_go_away_or_only_move_or_that_no_report_names_do_not_count()
    {
        _folder.Add("src/a.js", Source).Add("src/b.js", Source).Add("README.md", Source).Add("src/a.test.js", Source)
            .Add("lcov.report", "SF:src/a.js\nDA:2,1\nDA:4,1\nend_of_record\nSF:src/b.js\nDA:1,0\nend_of_record\n");

        var measured = await _folder.MeasureChangesAsync([
            Changed("src/a.js", Source, TwoAdded),
            new ChangedFile("src/b.js", ((StoredFile)Source).Blob, 0, null),
            new ChangedFile("src/gone.js", "", 0, "@@ -1 +0,0 @@\n-a"),
            new ChangedFile("package-lock.json", "", 9000, null),
            Changed("README.md", Source, TwoAdded),
            Changed("src/a.test.js", Source, TwoAdded)]);

        Assert.Multiple(() =>
        {
            Assert.That(Figures(measured), Is.EqualTo((1.0, 2L, 2L)));
            Assert.That(Texts(measured, "changed_unmeasured"), Is.EqualTo(new[] { "src/a.test.js" }));
        });
    }

    [Test]
    public async Task Of_no_line_there_is_no_share_and_the_reason_is_told()
    {
        _folder.Add("src/a.js", Source).Add("README.md", Source).Add("lcov.report", "SF:src/a.js\nDA:1,1\nend_of_record\n");

        var measured = await _folder.MeasureChangesAsync([Changed("src/a.js", Source, TwoAdded), Changed("README.md", Source, TwoAdded)]);

        Assert.Multiple(() =>
        {
            Assert.That(Figures(measured), Is.EqualTo((-1.0, 0L, 0L)));
            Assert.That((measured.Outcome, measured.Reason),
                Is.EqualTo((Outcome.Measured, "none of the lines that the pull request changes can be covered")));
        });
    }

    [Test]
    public async Task A_checkout_with_CRLF_is_the_head_too()
    {
        _folder.Add("src/a.js", Source.Replace("\n", "\r\n", StringComparison.Ordinal))
            .Add("lcov.report", "SF:src\\a.js\r\nDA:2,1\r\nDA:4,0\r\nend_of_record\r\n");

        Assert.That(Figures(await _folder.MeasureChangesAsync([Changed("src/a.js", Source, TwoAdded)])), Is.EqualTo((0.5, 1L, 2L)));
    }

    [Test]
    public async Task Where_the_gate_runs_in_a_folder_of_the_repository_files_are_named_from_its_root()
    {
        _folder.Add(".git/HEAD").Add("web/src/a.js", Source).Add("src/a.js", "other")
            .Add("web/lcov.report", "SF:src/a.js\nDA:2,1\nDA:4,0\nend_of_record\n");

        var measured = await _folder.MeasureChangesAsync(
            [Changed("web/src/a.js", Source, TwoAdded), Changed("src/a.js", "other", "@@ -1 +1 @@\n-a\n+other")], below: "web");

        Assert.That(Figures(measured), Is.EqualTo((0.5, 1L, 2L)));
    }

    [Test]
    public async Task A_package_of_Go_is_found_by_the_module_that_holds_it()
    {
        _folder.Add("backend/go.mod", "// the service\nmodule example.com/shop // v1\n\ngo 1.24\n").Add("backend/pay/a.go", Source)
            .Add("pay/a.go", "other")
            .Add("backend/cover.report", "mode: set\nexample.com/shop/pay/a.go:2.1,2.9 1 1\nexample.com/shop/pay/a.go:4.1,4.9 1 0\n");

        var measured = await _folder.MeasureChangesAsync([Changed("backend/pay/a.go", Source, TwoAdded),
            Changed("pay/a.go", "other", "@@ -1 +1 @@\n-a\n+other")]);

        Assert.That(Figures(measured), Is.EqualTo((0.5, 1L, 2L)));
    }

    private static readonly TestCaseData[] Untold =
    [
        Case("The patch is missing", new ChangedFile("src/a.js", "", 2, null), "GitHub does not give the whole patch of 'src/a.js'"),
        Case("The patch is cut", Changed("src/a.js", Source, TwoAdded) with { Added = 3 },
            "GitHub does not give the whole patch of 'src/a.js'"),
        Case("The patch adds what is not counted", Changed("src/a.js", Source, TwoAdded) with { Added = 0 },
            "GitHub does not give the whole patch of 'src/a.js'"),
        Case("The checkout is another version", Changed("src/a.js", Source + "six", TwoAdded),
            "'src/a.js' is here in another version than on the pull request's head"),
        Case("GitHub names no content", Changed("src/a.js", Source, TwoAdded) with { Blob = "" },
            "'src/a.js' is here in another version than on the pull request's head"),
        Case("Nothing is checked out", Changed("src/x.js", Source, TwoAdded),
            "of the files that the pull request changes none is here, such as 'src/x.js'"),
        Case("The report is of a longer version", Changed("src/a.js", Source, TwoAdded),
            "the reports name line 60 of 'src/a.js', which has 6", "SF:src/a.js\nDA:2,1\nDA:60,1\nend_of_record\n"),
        Case("Lines without numbers", Changed("src/a.js", Source, TwoAdded), "the reports count lines of 'src/a.js' without their numbers",
            "SF:src/a.js\nDA:2,1\nLF:5\nLH:5\nend_of_record\n"),
        Case("A name that leads to two files", Changed("src/a.js", Source, TwoAdded), "'a.js' of the reports may be 'src/a.js' or not",
            "SF:a.js\nDA:2,1\nend_of_record\n", "lib/a.js"),
        Case("A name in other letters", Changed("src/a.js", Source, TwoAdded), "'Src/A.js' of the reports may be 'src/a.js' or not",
            "SF:Src/A.js\nDA:2,1\nend_of_record\n"),
    ];

    [TestCaseSource(nameof(Untold))]
    public async Task What_is_not_known_whole_is_no_share_at_all(ChangedFile file, string reason, string report, string[] others)
    {
        _folder.Add("src/a.js", Source).Add("lcov.report", report);
        foreach (var other in others)
            _folder.Add(other, "other");

        var measured = await _folder.MeasureChangesAsync([file]);

        Assert.Multiple(() =>
        {
            Assert.That(Figures(measured), Is.EqualTo((-1.0, -1L, -1L)));
            Assert.That(measured.Reason, Does.StartWith(reason));
        });
    }

    private static TestCaseData Case(string name, ChangedFile file, string reason,
        string report = "SF:src/a.js\nDA:2,1\nDA:4,1\nend_of_record\n", params string[] others) =>
        new TestCaseData(file, reason, report, others).SetArgDisplayNames(name);

    private static ChangedFile Changed(string path, string content, string patch) =>
        new(path, ((StoredFile)content).Blob, patch.Split('\n').Count(line => line.StartsWith('+')), patch);

    private static (double Share, long Covered, long Total) Figures(Measurement measured) => (
        measured.Facts.AsMap.TryGet("changed", out var share) ? share.AsDouble : -1,
        ResultFolder.Fact(measured, "changed_covered"),
        ResultFolder.Fact(measured, "changed_total"));

    private static string[] Texts(Measurement measured, string name) =>
        measured.Facts.AsMap.TryGet(name, out var list) ? [.. list.AsList.Select(item => item.AsString)] : [];
}
