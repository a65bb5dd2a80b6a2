using GateAction.Core.Model;
using GateAction.Sources.Results;

namespace GateAction.Tests.Sources.Results;

internal sealed class FormatTests
{
    [Test]
    public void There_is_a_sample_of_every_format() =>
        Assert.That(FormatSamples.All.Select(sample => sample.Format), Is.EquivalentTo(ResultFormats.All.Select(format => format.Name)));

    [TestCaseSource(nameof(Samples))]
    public void A_sample_is_known_by_its_content_and_counted_by_its_cases(string format, string content)
    {
        var read = ResultFolder.ReadText(content, "noname");

        Assert.That(read.Format, Is.EqualTo(format));
        Assert.That(read.Problems, Is.Empty);
        Assert.That(read.Counts with { Duration = default }, Is.EqualTo(FormatSamples.Expected));
        Assert.That(read.Failures.Single().Message, Is.EqualTo("no").Or.EqualTo("c_test.go:3: no").Or.Null);
    }

    [TestCase("""{"Action":"run","Package":"p","Test":"a"}""", "package 'p' never ended: the run was killed or its output is cut off", 1)]
    [TestCase("""{"Action":"fail","Package":"p","Elapsed":0}""",
        "package 'p' failed and none of its tests did: it does not build, panicked or left early", 0)]
    [TestCase("""{"Action":"build-fail","ImportPath":"p"}""", "package 'p' does not build", 0)]
    public void Go_test_that_did_not_end_is_an_error(string content, string problem, int errors)
    {
        var read = ResultFolder.ReadText(content);

        Assert.That(read.Problems.Select(found => found.Message), Has.Some.EqualTo(problem));
        Assert.That(read.Counts.Errors, Is.EqualTo(errors));
    }

    [Test]
    public void A_test_of_Go_that_failed_and_was_run_again_in_the_same_stream_keeps_its_failure()
    {
        var read = ResultFolder.ReadText("""
            {"Action":"run","Package":"p","Test":"a"}
            {"Action":"fail","Package":"p","Test":"a"}
            {"Action":"fail","Package":"p"}
            {"Action":"run","Package":"p","Test":"a"}
            {"Action":"pass","Package":"p","Test":"a"}
            {"Action":"pass","Package":"p"}
            """);

        Assert.That((read.Counts.Failed, read.Counts.Passed, read.Worst), Is.EqualTo((1L, 1L, (Severity?)null)));
    }

    [Test]
    public void A_subtest_of_Go_without_an_end_passed_where_its_parent_passed()
    {
        var read = ResultFolder.ReadText("""
            {"Action":"run","Package":"p","Test":"a"}
            {"Action":"run","Package":"p","Test":"a/x"}
            {"Action":"pass","Package":"p","Test":"a"}
            {"Action":"pass","Package":"p"}
            """);

        Assert.That((read.Counts.Passed, read.Worst), Is.EqualTo((2L, (Severity?)null)));
    }

    [TestCase("TAP version 13\nok 1 - a\nBail out! no database\n1..1", "the run bailed out: no database")]
    [TestCase("TAP version 13\n1..3\nok 1\nok 2\n", "the plan says 3 tests, 2 were found")]
    [TestCase("TAP version 13\nok 1\n", "the file has no plan ('1..N'): nobody can tell whether every test ran")]
    [TestCase("1..1\nnot ok 1 - a\n  ---\n  message: x\n", "the file breaks off within a YAML block")]
    public void Tap_that_did_not_end_is_an_error(string content, string problem) =>
        Assert.That(ResultFolder.ReadText(content).Problems.Select(found => found.Message), Has.Some.EqualTo(problem));

    [Test]
    public void Of_a_Tap_point_with_subtests_the_subtests_count()
    {
        var read = ResultFolder.ReadText(
            "TAP version 14\n# Subtest: s\n    ok 1 - a\n    not ok 2 - b\n    1..2\nnot ok 1 - s\nok 2 - c\n1..2\n");

        Assert.That((read.Counts.Total, read.Counts.Passed, read.Counts.Failed, read.Worst), Is.EqualTo((3L, 2L, 1L, (Severity?)null)));
    }

    [Test]
    public void Hidden_tests_of_Dart_count_only_where_they_fail()
    {
        var read = ResultFolder.ReadText("""
            {"protocolVersion":"0.1.1","type":"start"}
            {"test":{"id":1,"name":"loading a"},"type":"testStart","time":0}
            {"testID":1,"result":"success","hidden":true,"type":"testDone","time":1}
            {"test":{"id":2,"name":"loading b"},"type":"testStart","time":0}
            {"testID":2,"result":"error","hidden":true,"type":"testDone","time":1}
            {"success":false,"type":"done"}
            """);

        Assert.That((read.Counts.Total, read.Counts.Errors), Is.EqualTo((1L, 1L)));
    }

    [TestCase("other", TestOutcome.Error)]
    [TestCase("pending", TestOutcome.Skipped)]
    public void States_of_Ctrf_that_did_not_pass_are_no_pass(string status, TestOutcome outcome)
    {
        var read = ResultFolder.ReadText($$$"""{"results":{"tool":{"name":"t"},"tests":[{"name":"a","status":"{{{status}}}"}]}}""");

        Assert.That(TestIndex.OutcomeOf(read.Index.Entries[0]), Is.EqualTo(outcome));
    }

    [Test]
    public void Mochawesome_before_version_4_has_one_suite_around_all()
    {
        var read = ResultFolder.ReadText("""
            {"stats":{"tests":2,"passes":1,"failures":2,"testsRegistered":2},"suites":{"title":"","tests":[],"suites":[{"title":"S","file":"s.js",
            "beforeHooks":[],"afterHooks":[{"title":"after","fail":true,"err":{"message":"no"}}],"tests":[{"title":"a","state":"passed"},{"title":"b","state":"failed","err":{}}]}]}}
            """);

        Assert.That((read.Counts.Passed, read.Failures.Single().FullName, read.Failures.Single().File), Is.EqualTo((1L, "S.b", "s.js")));
        Assert.That(read.Problems.Single().Message, Is.EqualTo("hook after of 'S' failed: no"));
    }

    [Test]
    public void The_class_and_categories_of_a_TRX_result_stand_after_it()
    {
        var read = ResultFolder.ReadText("""
            <TestRun><Results><UnitTestResult testId="00000000-0000-0000-0000-000000000001" testName="Bar" outcome="Failed"/></Results>
            <TestDefinitions><UnitTest id="00000000-0000-0000-0000-000000000001"><TestCategory><TestCategoryItem TestCategory="slow"/></TestCategory>
            <TestMethod className="N.Foo, Assembly, Version=1.0"/></UnitTest></TestDefinitions><ResultSummary outcome="Failed"/></TestRun>
            """);

        Assert.That((read.Failures.Single().FullName, read.Failures.Single().Tags.Single()), Is.EqualTo(("N.Foo.Bar", "slow")));
    }

    [Test]
    public void Rows_of_a_data_driven_TRX_test_count_and_the_test_around_them_does_not()
    {
        var read = ResultFolder.ReadText("""
            <TestRun><Results><UnitTestResult testName="a" outcome="Failed"><InnerResults>
            <UnitTestResult testName="a (1)" outcome="Passed"/><UnitTestResult testName="a (2)" outcome="Failed"/>
            </InnerResults></UnitTestResult></Results><ResultSummary outcome="Failed"/></TestRun>
            """);

        Assert.That((read.Counts.Total, read.Counts.Passed, read.Counts.Failed), Is.EqualTo((2L, 1L, 1L)));
    }

    private static IEnumerable<TestCaseData> Samples() =>
        FormatSamples.All.Select(sample => new TestCaseData(sample.Format, sample.Content).SetArgDisplayNames(sample.Format));
}
