using GateAction.Core.Model;

namespace GateAction.Tests.Sources.Results;

/// <summary>What is not green, one test each: what the cases of a file and its own figures come to.</summary>
internal sealed class TruthOfCasesTests : InResultFolder
{
    [Test]
    public async Task Nested_suites_with_a_failure()
    {
        Folder.Add("a.xml",
            "<testsuites><testsuite><testsuite><testsuite><testcase "
            + "name='a'><failure/></testcase></testsuite></testsuite></testsuite></testsuites>");

        var measured = await Folder.MeasureAsync();

        Assert.That(ResultFolder.Fact(measured, "failed"), Is.EqualTo(1));
    }

    [Test]
    public async Task Cases_directly_under_testsuites()
    {
        Folder.Add("a.xml", "<testsuites><testcase name='a'><error/></testcase><testcase name='b'/></testsuites>");

        var measured = await Folder.MeasureAsync();

        Assert.That((ResultFolder.Fact(measured, "errors"), ResultFolder.Fact(measured, "passed")), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Attributes_that_say_no_failure_over_a_failing_case()
    {
        Folder.Add("a.xml", "<testsuite tests='2' failures='0'><testcase name='a'><failure/></testcase><testcase name='b'/></testsuite>");

        var measured = await Folder.AssertUncleanAsync("not clean: a.xml:1: <testsuite> says 0 failures and errors, its cases are 1");

        Assert.That(ResultFolder.Fact(measured, "failed"), Is.EqualTo(1));
    }

    [Test]
    public async Task Attributes_that_say_a_failure_no_case_shows()
    {
        Folder.Add("a.xml", "<testsuite tests='1' failures='1'><testcase name='a'/></testsuite>");

        await Folder.AssertUncleanAsync("not clean: a.xml:1: <testsuite> says 1 failures and errors, its cases are 0");
    }

    [Test]
    public async Task Fewer_cases_than_the_attributes_say()
    {
        Folder.Add("a.xml", "<testsuite name='s' tests='6'><testcase name='a'/></testsuite>");

        await Folder.AssertUncleanAsync("not clean: a.xml:1: <testsuite> 's' says 6 tests, its cases are 1");
    }

    [Test]
    public async Task Skipped_beside_failure()
    {
        Folder.Add("a.xml", "<testsuite><testcase name='a'><skipped/><failure/></testcase></testsuite>");

        var measured = await Folder.MeasureAsync();

        Assert.That((ResultFolder.Fact(measured, "failed"), ResultFolder.Fact(measured, "skipped")), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task A_failure_and_an_error_are_an_error()
    {
        Folder.Add("a.xml", "<testsuite><testcase name='a'><error/><failure/></testcase></testsuite>");

        var measured = await Folder.MeasureAsync();

        Assert.That((ResultFolder.Fact(measured, "failed"), ResultFolder.Fact(measured, "errors")), Is.EqualTo((0, 1)));
    }

    [TestCase("<faalure type='Assert'>no</faalure>")]
    [TestCase("<eror/>")]
    [TestCase("<broken message='no'/>")]
    public async Task A_child_of_a_case_that_looks_like_a_failure_and_is_none(string child)
    {
        Folder.Add("a.xml", $"<testsuite><testcase name='a'>\n{child}</testcase></testsuite>");

        await Folder.AssertUncleanAsync(
            $"not clean: a.xml:2: <{child[1..].Split(' ', '/', '>')[0]}> is not an element of JUnit XML and is not read");
    }

    [Test]
    public async Task A_child_of_a_case_that_a_dialect_has_of_its_own_is_said_once()
    {
        Folder.Add("a.xml",
            "<testsuite><testcase name='a'><steps type='x'/></testcase><testcase name='b'><steps/><system-out/></testcase></testsuite>");

        var measured = await Folder.MeasureAsync();

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
        Assert.That(measured.Details, Is.EqualTo(["a.xml:1: <steps> is not an element of JUnit XML and is not read"]));
    }

    [Test]
    public async Task A_suite_level_error_without_cases()
    {
        Folder.Add("a.xml", "<testsuite name='s'><testcase name='a'/><error message='fixture died'/></testsuite>");

        await Folder.AssertUncleanAsync("not clean: a.xml:1: suite 's' has an <error> outside of its cases: fixture died");
    }

    [Test]
    public async Task A_test_that_both_failed_and_passed_counts_as_it_stands()
    {
        Folder.Add("a.xml", "<testsuite><testcase name='a'><failure/></testcase><testcase name='a'/></testsuite>");

        var measured = await Folder.MeasureAsync();

        Assert.That((ResultFolder.Fact(measured, "failed"), ResultFolder.Fact(measured, "passed")), Is.EqualTo((1, 1)));
        Assert.That(measured.Details, Has.Some.Contains("test 'a' stands several times and both passed and failed"));
    }

    [Test]
    public async Task A_flaky_test_passed_with_a_caveat()
    {
        Folder.Add("a.xml", "<testsuite><testcase name='a'><flakyFailure/></testcase></testsuite>");

        var measured = await Folder.MeasureAsync();

        Assert.That((ResultFolder.Fact(measured, "passed"), ResultFolder.Fact(measured, "flaky")), Is.EqualTo((1, 1)));
        Assert.That(measured.Caveat, Is.EqualTo("1 test is flaky: it passed only on a rerun"));
    }
}
