using GateAction.Core;
using GateAction.Core.Conditions;
using GateAction.Manifests.Syntax;
using GateAction.Results;

namespace GateAction.Tests.Results;

/// <summary>What is not green, one test each: the list of design §5.</summary>
internal sealed class TruthTableTests
{
    private ResultFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task No_file_matches()
    {
        var measured = await _folder.MeasureAsync("results/**/*.xml");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(measured.Reason, Is.EqualTo("no file matches 'results/**/*.xml'"));
    }

    [Test]
    public async Task An_empty_file()
    {
        _folder.Add("a.xml", "");

        await AssertUnclean("not clean: a.xml:1: is empty: the test run wrote nothing");
    }

    [Test]
    public async Task An_empty_file_beside_a_good_one()
    {
        _folder.Add("a.xml", "<testsuite tests='1'><testcase name='a'/></testsuite>");
        _folder.Add("b.xml", " \n");

        var measured = await AssertUnclean("not clean: b.xml:1: is empty: the test run wrote nothing");

        Assert.That(Fact(measured, "passed"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_file_of_NULs_as_a_full_disk_leaves_it()
    {
        _folder.Add("a.xml", new byte[4096]);

        await AssertUnclean("not clean: a.xml:1: is empty: the test run wrote nothing");
    }

    [Test]
    public async Task A_truncated_file()
    {
        _folder.Add("a.xml", "<testsuite>\n<testcase name='a'/>\n<testcase name='b'>");

        var measured = await AssertUnclean("not clean: a.xml:3: breaks off in the middle: Unexpected end of file has occurred. The following elements are not closed: testcase, testsuite.");

        Assert.That(Fact(measured, "passed"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_file_cut_before_its_root_element_ends()
    {
        _folder.Add("a.xml", "<?xml version='1.0'?>\n<testsu");

        await AssertUnclean("not clean: a.xml:1: is XML that breaks off or is damaged before its root element ends; known are ");
    }

    [Test]
    public async Task A_foreign_file()
    {
        _folder.Add("a.xml", "<html><body>502 Bad Gateway</body></html>");

        await AssertUnclean("not clean: a.xml:1: is XML with the root element <html>, no format of test results; known are ");
    }

    [Test]
    public async Task A_foreign_text()
    {
        _folder.Add("a.xml", "404: Not Found");

        await AssertUnclean("not clean: a.xml:1: is no format of test results; known are ");
    }

    [Test]
    public async Task Zero_tests()
    {
        _folder.Add("a.xml", "<testsuites tests='0'><testsuite name='s' tests='0'/></testsuites>");

        await AssertUnclean("not clean: no test ran: the files hold no test case");
    }

    [Test]
    public async Task Tests_that_were_all_skipped()
    {
        _folder.Add("a.xml", "<testsuite><testcase name='a'><skipped/></testcase><testcase name='b'><skipped/></testcase></testsuite>");

        await AssertUnclean("not clean: no test ran: all 2 cases were skipped");
    }

    [Test]
    public async Task Zero_tests_after_the_filter()
    {
        _folder.Add("a.xml", "<testsuite tests='1'><testcase name='a'/></testsuite>");

        var measured = await _folder.MeasureAsync("*.xml", new TestFilter([new("e2e*")], [], []));

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unclean));
        Assert.That(measured.Reason, Is.EqualTo("not clean: no test case is left after include and exclude"));
    }

    [Test]
    public async Task Nested_suites_with_a_failure()
    {
        _folder.Add("a.xml", "<testsuites><testsuite><testsuite><testsuite><testcase name='a'><failure/></testcase></testsuite></testsuite></testsuite></testsuites>");

        var measured = await _folder.MeasureAsync();

        Assert.That(Fact(measured, "failed"), Is.EqualTo(1));
    }

    [Test]
    public async Task Cases_directly_under_testsuites()
    {
        _folder.Add("a.xml", "<testsuites><testcase name='a'><error/></testcase><testcase name='b'/></testsuites>");

        var measured = await _folder.MeasureAsync();

        Assert.That((Fact(measured, "errors"), Fact(measured, "passed")), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Attributes_that_say_no_failure_over_a_failing_case()
    {
        _folder.Add("a.xml", "<testsuite tests='2' failures='0'><testcase name='a'><failure/></testcase><testcase name='b'/></testsuite>");

        var measured = await AssertUnclean("not clean: a.xml:1: <testsuite> says 0 failures and errors, its cases are 1");

        Assert.That(Fact(measured, "failed"), Is.EqualTo(1));
    }

    [Test]
    public async Task Attributes_that_say_a_failure_no_case_shows()
    {
        _folder.Add("a.xml", "<testsuite tests='1' failures='1'><testcase name='a'/></testsuite>");

        await AssertUnclean("not clean: a.xml:1: <testsuite> says 1 failures and errors, its cases are 0");
    }

    [Test]
    public async Task Fewer_cases_than_the_attributes_say()
    {
        _folder.Add("a.xml", "<testsuite name='s' tests='6'><testcase name='a'/></testsuite>");

        await AssertUnclean("not clean: a.xml:1: <testsuite> 's' says 6 tests, its cases are 1");
    }

    [Test]
    public async Task Skipped_beside_failure()
    {
        _folder.Add("a.xml", "<testsuite><testcase name='a'><skipped/><failure/></testcase></testsuite>");

        var measured = await _folder.MeasureAsync();

        Assert.That((Fact(measured, "failed"), Fact(measured, "skipped")), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task A_failure_and_an_error_are_an_error()
    {
        _folder.Add("a.xml", "<testsuite><testcase name='a'><error/><failure/></testcase></testsuite>");

        var measured = await _folder.MeasureAsync();

        Assert.That((Fact(measured, "failed"), Fact(measured, "errors")), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task A_suite_level_error_without_cases()
    {
        _folder.Add("a.xml", "<testsuite name='s'><testcase name='a'/><error message='fixture died'/></testsuite>");

        await AssertUnclean("not clean: a.xml:1: suite 's' has an <error> outside of its cases: fixture died");
    }

    [TestCase("Aborted")]
    [TestCase("Error")]
    [TestCase("Timeout")]
    [TestCase("Disconnected")]
    [TestCase("InProgress")]
    public async Task A_TRX_whose_run_did_not_complete(string outcome)
    {
        _folder.Add("a.trx", TrxFiles.Of(outcome, ("a", "Passed")));

        await AssertUnclean($"not clean: a.trx:3: the run's outcome is '{outcome}'");
    }

    [Test]
    public async Task A_TRX_whose_host_crashed_while_every_finished_test_passed()
    {
        _folder.Add("a.trx", TrxFiles.Of("Failed", ("a", "Passed")));

        await AssertUnclean("not clean: a.trx:3: the run's outcome is 'Failed' although no test failed: the test host crashed or the run was cut short");
    }

    [Test]
    public async Task A_TRX_that_reports_an_error_of_the_run()
    {
        const string Info = "<RunInfos><RunInfo outcome='Error'><Text>The active test run was aborted. Reason: Test host process crashed</Text></RunInfo></RunInfos>";
        _folder.Add("a.trx", TrxFiles.Of("Completed", ("a", "Passed")).Replace("</ResultSummary>", Info + "</ResultSummary>"));

        await AssertUnclean("not clean: a.trx:3: the run reports (Error): The active test run was aborted. Reason: Test host process crashed");
    }

    [Test]
    public async Task A_TRX_without_a_summary()
    {
        var text = TrxFiles.Of("Completed", ("a", "Passed"));
        _folder.Add("a.trx", text[..text.IndexOf("<ResultSummary", StringComparison.Ordinal)] + "</TestRun>");

        await AssertUnclean("not clean: a.trx: has no <ResultSummary>: the run did not end");
    }

    [TestCase("Failed")]
    [TestCase("Error")]
    [TestCase("Timeout")]
    [TestCase("Aborted")]
    [TestCase("Disconnected")]
    [TestCase("NotRunnable")]
    [TestCase("PassedButRunAborted")]
    [TestCase("InProgress")]
    [TestCase("Pending")]
    [TestCase("Warning")]
    public async Task A_TRX_outcome_that_says_the_test_did_not_finish_well(string outcome)
    {
        _folder.Add("a.trx", TrxFiles.Of("Failed", ("a", outcome), ("b", "Passed")));

        var measured = await _folder.MeasureAsync();

        Assert.That(Fact(measured, "failed") + Fact(measured, "errors"), Is.EqualTo(1));
    }

    [TestCase("Inconclusive")]
    [TestCase("NotExecuted")]
    [TestCase("Completed")]
    public async Task A_TRX_outcome_that_says_nothing_was_judged_is_not_a_pass(string outcome)
    {
        _folder.Add("a.trx", TrxFiles.Of("Completed", ("a", outcome), ("b", "Passed")));

        var measured = await _folder.MeasureAsync();

        Assert.That((Fact(measured, "passed"), Fact(measured, "skipped")), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task A_TRX_outcome_nobody_knows_is_an_error()
    {
        _folder.Add("a.trx", TrxFiles.Of("Completed", ("a", "Splendid"), ("b", "Passed")));

        var measured = await AssertUnclean("not clean: a.trx:2: outcome 'Splendid' is not one of Passed, Failed, ");

        Assert.That(Fact(measured, "errors"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_required_test_is_missing()
    {
        _folder.Add("a.xml", "<testsuite><testcase name='a'/></testsuite>");

        var measured = await _folder.MeasureAsync("*.xml", new TestFilter([], [], [new("*golden_path*")]));

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unclean));
        Assert.That(measured.Reason, Is.EqualTo("not clean: required test '*golden_path*' is missing"));
    }

    [Test]
    public async Task A_required_test_was_skipped_beside_others_that_ran()
    {
        _folder.Add("a.xml", "<testsuite><testcase name='golden_path_1'/><testcase name='golden_path_2'><skipped/></testcase></testsuite>");

        var measured = await _folder.MeasureAsync("*.xml", new TestFilter([], [], [new("*golden_path*")]));

        Assert.That(measured.Reason, Is.EqualTo("not clean: required test 'golden_path_2' was skipped"));
    }

    [Test]
    public async Task A_file_of_an_earlier_run()
    {
        var path = _folder.Add("a.xml", "<testsuite><testcase name='a'/></testsuite>");
        File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc));

        var measured = await _folder.MeasureAsync(new ResultSet(["*.xml"], TestFilter.All, Template.Literal("2h"), TolerateFlaky: false));

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unclean));
        Assert.That(measured.Reason, Does.StartWith("not clean: a.xml: was written at 2020-01-02T03:04:05Z, before "));
    }

    [Test]
    public async Task The_same_file_under_two_names_counts_once()
    {
        _folder.Add("a.xml", "<testsuite><testcase name='a'/></testsuite>");
        _folder.Add("b/a.xml", "<testsuite><testcase name='a'/></testsuite>");

        var measured = await _folder.MeasureAsync("**/*.xml");

        Assert.That(Fact(measured, "passed"), Is.EqualTo(1));
        Assert.That(measured.Details, Has.Some.EqualTo("b/a.xml: has the same content as 'a.xml' and is not counted again"));
    }

    [Test]
    public async Task Entities_are_refused()
    {
        _folder.Add("a.xml", "<!DOCTYPE t [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<testsuite><testcase name='&x;'/></testsuite>");

        await AssertUnclean("not clean: a.xml:1: has a document type declaration; entities are never expanded");
    }

    [Test]
    public async Task An_entity_bomb_is_refused()
    {
        _folder.Add("a.xml", "<!DOCTYPE t [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><testsuite><testcase name='&b;'/></testsuite>");

        await AssertUnclean("not clean: a.xml:1: has a document type declaration");
    }

    [Test]
    public async Task A_test_that_both_failed_and_passed_counts_as_it_stands()
    {
        _folder.Add("a.xml", "<testsuite><testcase name='a'><failure/></testcase><testcase name='a'/></testsuite>");

        var measured = await _folder.MeasureAsync();

        Assert.That((Fact(measured, "failed"), Fact(measured, "passed")), Is.EqualTo((1, 1)));
        Assert.That(measured.Details, Has.Some.Contains("test 'a' stands several times and both passed and failed"));
    }

    [Test]
    public async Task A_flaky_test_passed_with_a_caveat()
    {
        _folder.Add("a.xml", "<testsuite><testcase name='a'><flakyFailure/></testcase></testsuite>");

        var measured = await _folder.MeasureAsync();

        Assert.That((Fact(measured, "passed"), Fact(measured, "flaky")), Is.EqualTo((1, 1)));
        Assert.That(measured.Caveat, Is.EqualTo("1 test is flaky: it passed only on a rerun"));
    }

    [Test]
    public async Task A_clean_file_is_measured()
    {
        _folder.Add("a.xml", "<testsuite tests='2' failures='0' errors='0' skipped='1'><testcase name='a'/><testcase name='b'><skipped/></testcase></testsuite>");

        var measured = await _folder.MeasureAsync();

        Assert.That((measured.Outcome, measured.Reason, measured.Caveat), Is.EqualTo((Outcome.Measured, (string?)null, (string?)null)));
    }

    private async Task<Measurement> AssertUnclean(string reason)
    {
        var measured = await _folder.MeasureAsync("**/*");

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unclean));
        Assert.That(measured.Reason, Does.StartWith(reason));
        return measured;
    }

    private static long Fact(Measurement measured, string name) =>
        measured.Facts.AsMap.TryGet(name, out var value) && value.Kind == ValueKind.Int ? value.AsInt : -1;
}
