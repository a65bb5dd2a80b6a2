using GateAction.Sources.Results;

namespace GateAction.Tests.Sources.Results;

/// <summary>Ways in which healthy producers count otherwise than their cases stand: none of them is a defect, and none hides one.</summary>
internal sealed class DialectTests
{
    [TestCase(
        "<testsuite name='s' tests='4' failures='4'><testcase "
        + "name='a'><failure/><rerunFailure/><rerunFailure/><rerunFailure/></testcase></testsuite>",
        TestName = "Surefire counts each rerun that failed")]
    [TestCase("<testsuite name='s' tests='3' failures='2'><testcase name='a'><flakyFailure/><flakyFailure/></testcase></testsuite>",
        TestName = "Surefire counts the failures of a flaky test")]
    [TestCase(
        "<testsuites tests='0' errors='1'><testsuite name='a.spec.ts' tests='0' errors='1' failures='0'><testcase "
        + "name='a.spec.ts'><error/></testcase></testsuite></testsuites>", TestName = "Jest does not count a suite that could not load")]
    [TestCase(
        "<testsuite name='s' tests='2' disabled='0'><testcase name='a' status='run' result='skipped'/><testcase name='b' status='run' "
        + "result='completed'/></testsuite>", TestName = "GoogleTest leaves skipped out of disabled")]
    [TestCase("<testsuite name='pytest' tests='2' errors='1'><testcase name='a'><error/></testcase></testsuite>",
        TestName = "pytest counts a test that broke in its tear-down twice")]
    [TestCase(
        "<testsuite name='pytest' tests='1' errors='1' failures='1'><testcase name='a'><failure/></testcase><testcase "
        + "name='a'><error/></testcase></testsuite>", TestName = "pytest counts a test that failed and broke in its tear-down once")]
    public void Figures_that_a_dialect_counts_its_own_way_are_no_problem(string content) =>
        Assert.That(ResultFolder.ReadText(content).Problems, Is.Empty);

    [TestCase(
        "<testsuites name='pytest tests'><testsuite name='pytest' tests='5' failures='0'><testcase name='a'/></testsuite></testsuites>",
        Severity.Warning, TestName = "Passed subtests of pytest are counted and not written")]
    [TestCase("<testsuites><testsuite name='pytest' tests='5' failures='0'><testcase name='a'/></testsuite></testsuites>", Severity.Error,
        TestName = "Before it knew subtests pytest wrote what it counted")]
    [TestCase(
        "<testsuites name='pytest tests'><testsuite name='pytest' tests='5' failures='1'><testcase name='a'/></testsuite></testsuites>",
        Severity.Error, TestName = "A failure of pytest that no case shows")]
    [TestCase("<testsuites name='pytest tests'><testsuite name='pytest' tests='5'/></testsuites>", Severity.Error,
        TestName = "No case of pytest at all")]
    [TestCase("<testsuite name='s' tests='2' disabled='1'><testcase name='a'/><testcase name='b'/></testsuite>", Severity.Error,
        TestName = "A disabled case that is not there")]
    [TestCase("<testsuite name='s' tests='2' skipped='0'><testcase name='a'><skipped/></testcase><testcase name='b'/></testsuite>",
        Severity.Error, TestName = "A skipped case that is not counted")]
    public void Figures_that_no_dialect_explains_are_a_problem(string content, Severity severity) =>
        Assert.That(ResultFolder.ReadText(content).Worst, Is.EqualTo(severity));

    [TestCase("<testsuites><suite><title>s</title><test result='failure'/></suite></testsuites>", Severity.Error)]
    [TestCase("<testsuites><datetime>2027-01-01</datetime><testsuite><testcase name='a'/></testsuite></testsuites>", Severity.Warning)]
    public void A_foreign_element_that_may_hold_tests_is_an_error(string content, Severity severity) =>
        Assert.That(ResultFolder.ReadText(content).Worst, Is.EqualTo(severity));

    [Test]
    public void XML_1_1_is_read()
    {
        var read = ResultFolder.ReadText(
            "<?xml version=\"1.1\" encoding=\"UTF-8\"?>\n<testsuite tests='1'><testcase name='&#x1;a'/></testsuite>");

        Assert.That((read.Counts.Passed, read.Worst), Is.EqualTo((1L, (Severity?)null)));
    }

    [Test]
    public void MSTest_counts_the_test_around_rows_too()
    {
        var read = ResultFolder.ReadText("""
            <TestRun><Results>
            <UnitTestResult testName="a" outcome="Failed"><InnerResults><UnitTestResult testName="a (1)" outcome="Passed"/><UnitTestResult testName="a (2)" outcome="Failed"/></InnerResults></UnitTestResult>
            <UnitTestResult testName="b" outcome="Passed"><InnerResults><UnitTestResult testName="b (1)" outcome="Passed"/></InnerResults></UnitTestResult>
            </Results><ResultSummary outcome="Failed"><Counters total="5" passed="3" failed="2"/></ResultSummary></TestRun>
            """);

        Assert.That((read.Counts.Passed, read.Counts.Failed, read.Worst), Is.EqualTo((2L, 1L, (Severity?)null)));
    }

    [Test]
    public void The_TestRun_of_another_tool_is_no_TRX()
    {
        var read = ResultFolder.ReadText(
            "<TestRun><FailedTests><FailedTest id='3'><Name>testSum</Name></FailedTest></FailedTests><Statistics/></TestRun>");

        Assert.That((read.Format, read.Worst), Is.EqualTo(((string?)null, Severity.Unreadable)));
    }

    [Test]
    public void An_error_is_kept_however_many_warnings_there_are()
    {
        var cases = string.Concat(Enumerable.Repeat("<testcase/>", ResultLimits.Problems + 10));

        var read = ResultFolder.ReadText($"<testsuite tests='99'>{cases}</testsuite>");

        Assert.That(read.Problems.Select(problem => problem.Severity), Has.Some.EqualTo(Severity.Error));
    }
}
