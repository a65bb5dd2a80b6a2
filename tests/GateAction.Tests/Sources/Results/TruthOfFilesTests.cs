using GateAction.Core.Model;
using GateAction.Sources.Results;
using GateAction.Syntax;

namespace GateAction.Tests.Sources.Results;

/// <summary>What is not green, one test each: files that are missing, foreign, damaged or old.</summary>
internal sealed class TruthOfFilesTests : InResultFolder
{
    [Test]
    public async Task No_file_matches()
    {
        var measured = await Folder.MeasureAsync("results/**/*.xml");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Is.EqualTo("no file matches 'results/**/*.xml'"));
    }

    [Test]
    public async Task An_empty_file()
    {
        Folder.Add("a.xml", "");

        await Folder.AssertUncleanAsync("not clean: a.xml:1: the file is empty: the test run wrote nothing");
    }

    [Test]
    public async Task An_empty_file_beside_a_good_one()
    {
        Folder.Add("a.xml", "<testsuite tests='1'><testcase name='a'/></testsuite>");
        Folder.Add("b.xml", " \n");

        var measured = await Folder.AssertUncleanAsync("not clean: b.xml:1: the file is empty: the test run wrote nothing");

        Assert.That(ResultFolder.Fact(measured, "passed"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_file_of_NULs_as_a_full_disk_leaves_it()
    {
        Folder.Add("a.xml", new byte[4096]);

        await Folder.AssertUncleanAsync("not clean: a.xml:1: the file is empty: the test run wrote nothing");
    }

    [Test]
    public async Task A_truncated_file()
    {
        Folder.Add("a.xml", "<testsuite>\n<testcase name='a'/>\n<testcase name='b'>");

        var measured = await Folder.AssertUncleanAsync(
            "not clean: a.xml:3: the file breaks off in the middle: Unexpected end of file has occurred. The following elements are not "
            + "closed: "
            + "testcase, testsuite.");

        Assert.That(ResultFolder.Fact(measured, "passed"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_file_cut_before_its_root_element_ends()
    {
        Folder.Add("a.xml", "<?xml version='1.0'?>\n<testsu");

        await Folder.AssertUncleanAsync(
            "not clean: a.xml:1: the file is XML that breaks off or is damaged before its root element ends; known are ");
    }

    [Test]
    public async Task A_foreign_file()
    {
        Folder.Add("a.xml", "<html><body>502 Bad Gateway</body></html>");

        await Folder.AssertUncleanAsync(
            "not clean: a.xml:1: the file is XML with the root element <html>, no format of test results; known are ");
    }

    [Test]
    public async Task A_foreign_text()
    {
        Folder.Add("a.xml", "404: Not Found");

        await Folder.AssertUncleanAsync("not clean: a.xml:1: the file is in no known format of test results; known are ");
    }

    [Test]
    public async Task A_file_of_an_earlier_run()
    {
        var path = Folder.Add("a.xml", "<testsuite><testcase name='a'/></testsuite>");
        File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc));

        var measured = await Folder.MeasureAsync(new ResultSet(["*.xml"], TestFilter.All, Template.Literal("2h"), TolerateFlaky: false));

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unclean));
        Assert.That(measured.Reason, Does.StartWith("not clean: a.xml: was written at 2020-01-02T03:04:05Z, before "));
    }

    [Test]
    public async Task A_file_whose_time_is_yet_to_come()
    {
        var path = Folder.Add("a.xml", "<testsuite><testcase name='a'/></testsuite>");
        File.SetLastWriteTimeUtc(path, new DateTime(2300, 1, 2, 3, 4, 5, DateTimeKind.Utc));

        var measured = await Folder.MeasureAsync(new ResultSet(["*.xml"], TestFilter.All, Template.Literal("2h"), TolerateFlaky: false));

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unclean));
        Assert.That(measured.Reason, Does.Contain("was written at 2300-01-02T03:04:05Z, which is yet to come"));
    }

    [Test]
    public async Task The_same_file_under_two_names_counts_once()
    {
        Folder.Add("a.xml", "<testsuite><testcase name='a'/></testsuite>");
        Folder.Add("b/a.xml", "<testsuite><testcase name='a'/></testsuite>");

        var measured = await Folder.MeasureAsync("**/*.xml");

        Assert.That(ResultFolder.Fact(measured, "passed"), Is.EqualTo(1));
        Assert.That(measured.Details, Has.Some.EqualTo("b/a.xml: the file has the same content as 'a.xml' and is not counted again"));
    }

    [Test]
    public async Task Entities_are_refused()
    {
        Folder.Add("a.xml", "<!DOCTYPE t [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<testsuite><testcase name='&x;'/></testsuite>");

        await Folder.AssertUncleanAsync("not clean: a.xml:1: the file has a document type declaration; entities are never expanded");
    }

    [Test]
    public async Task An_entity_bomb_is_refused()
    {
        Folder.Add("a.xml",
            "<!DOCTYPE t [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><testsuite><testcase name='&b;'/></testsuite>");

        await Folder.AssertUncleanAsync("not clean: a.xml:1: the file has a document type declaration");
    }

    [Test]
    public async Task A_clean_file_is_measured()
    {
        Folder.Add("a.xml",
            "<testsuite tests='2' failures='0' errors='0' skipped='1'><testcase name='a'/><testcase "
            + "name='b'><skipped/></testcase></testsuite>");

        var measured = await Folder.MeasureAsync();

        Assert.That((measured.Outcome, measured.Reason, measured.Caveat), Is.EqualTo((Outcome.Measured, (string?)null, (string?)null)));
    }
}
