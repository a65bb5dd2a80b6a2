using GateAction.Core.Model;
using GateAction.Sources.Results;

namespace GateAction.Tests.Sources.Results;

/// <summary>Dialects whose own figures count something else than cases are known by their marks, and no file loses a case for it.</summary>
internal sealed class DialectFiguresTests
{
    private const string Jest =
        "<testsuites name='jest tests' tests='2' failures='0' errors='0' time='1'><testsuite name='w' errors='0' failures='0' skipped='0' "
        + "timestamp='t' time='1' tests='{0}'>"
        + "<testcase classname=' a' name=' a' time='0.01'></testcase><testcase classname=' b' name=' b' time='0.02'></testcase><testcase "
        + "classname=' c' name=' c' time='0'></testcase></testsuite></testsuites>";

    private const string Pytest =
        "<testsuites name='pytest tests'><testsuite name='pytest' errors='0' failures='{0}' skipped='0' tests='2'><testcase classname='t' "
        + "name='a'/>"
        + "<testcase classname='t' name='b'/><testcase classname='t' name='a'/><testcase classname='t' "
        + "name='a'>{1}</testcase></testsuite></testsuites>";

    [TestCase(
        "<testsuites><testsuite name='u' errors='0' failures='2' tests='9' hostname='tbd'><testcase name='a' status='run'/><testcase "
        + "name='b' status='run'><failure/><failure/></testcase></testsuite></testsuites>", 1, 1, 0)]
    [TestCase(
        "<testsuites><testsuite name='u' errors='0' failures='0' tests='9' doctest_version='2.4'><testcase name='a' "
        + "status='run'/></testsuite></testsuites>", 1, 0, 0)]
    [TestCase(
        "<testsuites><testsuite name='u' errors='0' failures='0' skipped='1' tests='2' hostname='tbd'><testcase name='a'/><testcase "
        + "name='b'><skipped message='TEST_CASE tagged with !mayfail'/><failure/></testcase></testsuite></testsuites>", 1, 0, 1)]
    [TestCase(
        "<testsuite tests='1' skipped='1' errors='0' failures='1' id='0' name='m' time='1'><testcase name='a'/><testcase "
        + "name='b'><skipped/></testcase><testcase name='w'/><testcase name='f'><failure/></testcase></testsuite>", 2, 1, 1)]
    [TestCase(
        "<testsuites><testcase name='a' classname='test'/><testcase name='b' classname='test' failure='no'><skipped type='todo' "
        + "message='later'/><failure/></testcase></testsuites>", 1, 0, 1)]
    [TestCase(
        "<testsuite tests='2' failures='0' flakes='1'><testcase name='a' flaky='true'><failure/></testcase><testcase "
        + "name='b'/></testsuite>", 2, 0, 0)]
    [TestCase(
        "<testsuites name='Mocha Tests' tests='3' failures='0' skipped='2'><testsuite name='A' tests='2' failures='0'><testcase "
        + "name='a'/></testsuite><testsuite name='B' tests='1' failures='0'/></testsuites>", 1, 0, 0)]
    [TestCase(
        "<testsuite name='c' tests='2' failures='0' disabled='0' skipped='1'><testcase name='a' classname='a' status='run'/><testcase "
        + "name='b' classname='b' status='notrun'><skipped message='Failed to start'/></testcase></testsuite>", 1, 1, 0)]
    [TestCase(
        "<testsuite name='c' tests='2' failures='0' disabled='0' skipped='1'><testcase name='a' classname='a' status='run'/><testcase "
        + "name='b' classname='b' status='notrun'><skipped message='SKIP_REGULAR_EXPRESSION_MATCHED'/></testcase></testsuite>", 1, 0, 1)]
    [TestCase(
        "<testsuite name='C' tests='1' errors='0' warnings='1' failures='0' skipped='0'><testcase name='Warning'><warning>bad "
        + "provider</warning></testcase></testsuite>", 0, 1, 0)]
    public void Its_figures_are_right(string content, int passed, int bad, int skipped)
    {
        var read = ResultFolder.ReadText(content);

        Assert.That((read.Counts.Passed, read.Counts.Failed + read.Counts.Errors, read.Counts.Skipped),
            Is.EqualTo(((long)passed, (long)bad, (long)skipped)));
        Assert.That(read.Worst, Is.Null.Or.EqualTo(Severity.Warning));
    }

    [TestCase(
        "<testsuite tests='2' failures='1' flakes='0'><testcase name='a' flaky='true'><failure/></testcase><testcase "
        + "name='b'/></testsuite>")]
    [TestCase("<testsuite><testcase name='a' flaky='true'><failure/></testcase><testcase name='b'/></testsuite>")]
    [TestCase(
        "<testsuite tests='1' skipped='1' errors='0' failures='0' id='0' name='m' time='1'><testcase "
        + "name='a'><failure/></testcase></testsuite>")]
    [TestCase("<testsuite name='u' errors='0' failures='1' tests='3' hostname='tbd'><testcase name='a'/></testsuite>")]
    [TestCase(
        "<testsuites name='Mocha Tests' tests='4' failures='0' skipped='1'><testsuite name='A' tests='4' failures='0'><testcase "
        + "name='a'/><testcase name='b'/></testsuite></testsuites>")]
    [TestCase("<testsuite tests='4' skipped='1'><testcase name='a'/><testcase name='b'/></testsuite>")]
    public void A_mark_excuses_no_more_than_its_dialect_does(string content)
    {
        var read = ResultFolder.ReadText(content);

        Assert.That(read.Worst > Severity.Warning || read.Counts.Failed > 0);
    }

    [TestCase(2, 2, 1)]
    [TestCase(3, 3, 0)]
    public void A_todo_of_jest_junit_is_skipped_where_its_suite_leaves_it_out(int tests, int passed, int skipped)
    {
        var read = ResultFolder.ReadText(Jest.Replace("tests='2'", $"tests='{tests}'").Replace("{0}", $"{tests}"));

        Assert.That((read.Counts.Passed, read.Counts.Skipped, read.Worst), Is.EqualTo(((long)passed, (long)skipped, (Severity?)null)));
    }

    [Test]
    public void More_cases_than_a_suite_of_jest_junit_says_are_no_todos_where_they_took_time() =>
        Assert.That(ResultFolder.ReadText(Jest.Replace("{0}", "1")).Worst, Is.EqualTo(Severity.Error));

    [TestCase(0, "", 2, 1, 0)]
    [TestCase(1, "<failure/>", 1, 0, 1)]
    public void Attempts_that_pytest_writes_as_bare_cases_are_one_test(int failures, string end, int passed, int flaky, int failed)
    {
        var read = ResultFolder.ReadText(Pytest.Replace("{0}", $"{failures}").Replace("{1}", end));

        Assert.That((read.Counts.Total, read.Counts.Passed, read.Counts.Flaky, read.Counts.Failed),
            Is.EqualTo((2L, (long)passed, (long)flaky, (long)failed)));
        Assert.That(read.Worst, Is.Null);
    }

    [Test]
    public void Attempts_are_found_whatever_the_filter_leaves()
    {
        using var folder = new ResultFolder();
        folder.Add("a.xml", Pytest.Replace("{0}", "0").Replace("{1}", ""));

        var measured = folder.MeasureAsync("*", new TestFilter([], [new("name:b")], [])).Result;

        Assert.That((ResultFolder.Fact(measured, "total"), ResultFolder.Fact(measured, "flaky"), measured.Outcome),
            Is.EqualTo((1, 1, Outcome.Measured)));
    }

    [Test]
    public void Subtests_of_Tap_in_braces_belong_to_the_point_before_them()
    {
        var read = ResultFolder.ReadText(
            "TAP version 14\nok 1 - a # time=5ms {\n    ok 1 - x {\n        ok 1 - y\n        1..1\n    }\n    1..1\n}\nnot ok 2 - b {\n  "
            + "  ok 1 - z\n    1..1\n}\n1..2\n");

        Assert.That((read.Counts.Total, read.Counts.Passed, read.Counts.Failed, read.Worst), Is.EqualTo((3L, 2L, 1L, (Severity?)null)));
    }

    [TestCase("TAP version 13\n1..2\nok 1 - a\nok 1 - b\n", "test point 1 stands twice")]
    [TestCase("TAP version 13\n1..2\nok 1 - a\nok 3 - b\n", "the numbers of the test points are not those from 1 to 2")]
    [TestCase("TAP version 13\n1..1\nok 1 - a\n  not ok 2 - b\n", "a test point is indented by 2, and subtests are by 4")]
    [TestCase("TAP version 13\n1..1\nok 1 - a {\n    ok 1 - b\n    1..1\n", "the subtests of 'a' have no closing brace")]
    public void A_number_or_brace_of_Tap_that_is_wrong_is_an_error(string content, string problem) =>
        Assert.That(ResultFolder.ReadText(content).Problems.Select(found => found.Message), Has.Some.EqualTo(problem));

    [TestCase("no newline--- PASS: T (0.00s)\\n", 1, 0)]
    [TestCase("no newline--- FAIL: T (0.00s)\\n", 0, 1)]
    [TestCase("--- PASS: Other (0.00s)\\n", 0, 1)]
    [TestCase("--- PASS: T (soon)\\n", 0, 1)]
    public void The_end_of_a_test_of_Go_may_stand_in_its_output(string output, int passed, int bad)
    {
        var read = ResultFolder.ReadText($$"""
            {"Action":"run","Package":"p","Test":"T"}
            {"Action":"output","Package":"p","Test":"T","Output":"{{output}}"}
            {"Action":"pass","Package":"p"}
            """);

        Assert.That((read.Counts.Passed, read.Counts.Failed + read.Counts.Errors), Is.EqualTo(((long)passed, (long)bad)));
    }

    [TestCase("<testsuites><testcase name='/x/a.test.js' classname='test'/><testcase name='b' classname='test'/></testsuites>")]
    [TestCase("TAP version 13\nok 1 - /x/a.test.mjs\nok 2 - b\n1..2\n")]
    public void A_file_of_which_the_runner_of_Node_reports_no_test_is_skipped(string content)
    {
        var read = ResultFolder.ReadText(content);

        Assert.That((read.Counts.Passed, read.Counts.Skipped, read.Worst), Is.EqualTo((1L, 1L, (Severity?)null)));
    }

    [TestCase("""{"numTotalTests":1,"testResults":[{"assertionResults":[{"title":"a","status":"passed","invocations":2}]}]}""")]
    [TestCase("""{"numTotalTests":1,"testResults":[{"assertionResults":[{"title":"a","status":"passed","failureMessages":["no"]}]}]}""")]
    [TestCase(
        """{"config":{},"suites":[{"specs":[{"title":"a","ok":true,"tests":[{"status":"flaky","results":[{"status":"failed"},{"status":"passed"}]}]}]}],"stats":{"expected":0,"flaky":1,"unexpected":0,"skipped":0}}""")]
    [TestCase(
        "<testng-results total='1' passed='1' failed='0' skipped='0'><suite><test><class name='C'><test-method name='a' signature='a' "
        + "status='SKIP' retried='true'/><test-method name='a' signature='a' status='PASS'/></class></test></suite></testng-results>")]
    public void A_test_that_passed_on_a_retry_is_flaky(string content)
    {
        var read = ResultFolder.ReadText(content);

        Assert.That((read.Counts.Total, read.Counts.Flaky, read.Worst), Is.EqualTo((1L, 1L, (Severity?)null)));
    }

    [TestCase("""{"tests":5,"failures":5,"name":"x","cases":[]}""")]
    [TestCase("""{"type":"start","text":"\"protocolVersion\" is a word"}""")]
    [TestCase("""{"Action":"deploy","by":"x"}""")]
    [TestCase("""{"suites":[],"config":"x"}""")]
    [TestCase("""[{"keyword":"x"}]""")]
    [TestCase("""{"testsuites":[]}""")]
    [TestCase("""{"examples":[1]}""")]
    [TestCase("ok  \texample.com/p\t0.1s\n")]
    [TestCase("<assembly manifestVersion='1.0'/>")]
    public void What_only_looks_like_a_format_is_none(string content) => Assert.That(ResultFolder.ReadText(content).Format, Is.Null);

    [Test]
    public void What_tells_a_format_may_stand_behind_a_long_list()
    {
        var tests = string.Join(',',
            Enumerable.Range(0, 3000).Select(number => $$"""{"title":"a{{number}}","status":"passed","ancestorTitles":["S"]}"""));

        var read =
            ResultFolder.ReadText($$"""{"testResults":[{"assertionResults":[{{tests}}],"name":"x"}],"numTotalTests":3000,"success":true}""");

        Assert.That((read.Format, read.Counts.Passed, read.Worst), Is.EqualTo(("jest", 3000L, (Severity?)null)));
    }
}
