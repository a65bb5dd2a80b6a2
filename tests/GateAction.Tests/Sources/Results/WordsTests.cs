using GateAction.Core.Model;
using GateAction.Sources.Results;

namespace GateAction.Tests.Sources.Results;

/// <summary>A word that nobody knows is never a passed test, in every format that has one; and of two that say different things the worse
/// counts.</summary>
internal sealed class WordsTests
{
    [TestCase("<testsuite><testcase name='a' status='{0}'/><testcase name='b'/></testsuite>")]
    [TestCase("<testsuite><testcase result='{0}' name='a'/><testcase name='b'/></testsuite>")]
    [TestCase("<testsuite><testcase name='a' outcome='{0}'/><testcase name='b'/></testsuite>")]
    [TestCase("<testsuite><testcase name='a' success='{0}'/><testcase name='b'/></testsuite>")]
    [TestCase("<test-run><test-case fullname='a' result='{0}'/><test-case fullname='b' result='Passed'/></test-run>")]
    [TestCase("<test-results><test-case name='a' result='{0}'/><test-case name='b' result='Success'/></test-results>")]
    [TestCase("<assembly><collection><test name='a' result='{0}'/><test name='b' result='Pass'/></collection></assembly>")]
    [TestCase(
        "<testng-results><suite><test><class name='C'><test-method name='a' status='{0}'/><test-method name='b' "
        + "status='PASS'/></class></test></suite></testng-results>")]
    [TestCase(
        "<robot><suite><test name='a'><status status='{0}'/></test><test name='b'><status status='PASS'/></test><status "
        + "status='PASS'/></suite></robot>")]
    [TestCase("""{{"results":{{"tool":{{}},"tests":[{{"name":"a","status":"{0}"}},{{"name":"b","status":"passed"}}]}}}}""")]
    [TestCase(
        """{{"numTotalTests":2,"testResults":[{{"assertionResults":[{{"title":"a","status":"{0}"}},{{"title":"b","status":"passed"}}]}}]}}""")]
    [TestCase(
        """{{"config":{{}},"suites":[{{"specs":[{{"title":"a","tests":[{{"status":"{0}","results":[]}},{{"status":"expected","results":[{{"status":"passed"}}]}}]}}]}}]}}""")]
    [TestCase(
        """[{{"keyword":"Feature","elements":[{{"name":"a","steps":[{{"result":{{"status":"{0}"}}}}]}},{{"name":"b","steps":[{{"result":{{"status":"passed"}}}}]}}]}}]""")]
    [TestCase(
        """{{"tests":2,"failures":0,"errors":0,"testsuites":[{{"testsuite":[{{"name":"a","status":"RUN","result":"{0}"}},{{"name":"b","status":"RUN","result":"COMPLETED"}}]}}]}}""")]
    [TestCase(
        """{{"summary_line":"","summary":{{}},"examples":[{{"description":"a","status":"{0}"}},{{"description":"b","status":"passed"}}]}}""")]
    [TestCase(
        """{{"stats":{{"passes":1}},"results":[{{"title":"","tests":[{{"title":"a","state":"{0}"}},{{"title":"b","state":"passed"}}]}}]}}""")]
    public void A_word_that_nobody_knows_is_an_error_and_not_clean(string content)
    {
        foreach (var word in new[] { "crashed", "TIMED OUT", "Exploded", "5", "passed?" })
        {
            var read = ResultFolder.ReadText(string.Format(null, content, word));

            Assert.That(read.Counts.Passed, Is.LessThanOrEqualTo(1), word);
            Assert.That(read.Worst == Severity.Error || read.Counts.Errors == 1, word);
        }
    }

    [TestCase("status='run' result='skipped'", TestOutcome.Skipped)]
    [TestCase("result='skipped' status='run'", TestOutcome.Skipped)]
    [TestCase("result='completed' status='failed'", TestOutcome.Failed)]
    [TestCase("outcome='error' status='skipped'", TestOutcome.Error)]
    [TestCase("success='false' status='passed'", TestOutcome.Failed)]
    [TestCase("status='NOT_RUN'", TestOutcome.Error)]
    [TestCase("status='timed-out'", TestOutcome.Error)]
    [TestCase("status=''", TestOutcome.Passed)]
    [TestCase("status='OK'", TestOutcome.Passed)]
    public void The_worse_of_two_attributes_counts_whatever_their_order(string attributes, TestOutcome outcome)
    {
        var read = ResultFolder.ReadText($"<testsuite><testcase name='a' {attributes}/></testsuite>");

        Assert.That(TestIndex.OutcomeOf(read.Index.Entries[0]), Is.EqualTo(outcome));
    }

    [TestCase("<testsuite tests='NaN'><testcase name='a'/></testsuite>")]
    [TestCase("<testsuite failures='-1'><testcase name='a'/></testsuite>")]
    [TestCase("<test-run total='many'><test-case fullname='a' result='Passed'/></test-run>")]
    [TestCase("<assembly failed='-2'><collection><test name='a' result='Pass'/></collection></assembly>")]
    [TestCase("""{"results":{"tool":{},"summary":{"tests":-1},"tests":[{"name":"a","status":"passed"}]}}""")]
    [TestCase("""{"numTotalTests":"one","testResults":[{"assertionResults":[{"title":"a","status":"passed"}]}]}""")]
    public void A_figure_that_is_no_count_is_an_error(string content) =>
        Assert.That(ResultFolder.ReadText(content).Problems.Select(problem => problem.Message), Has.Some.Contains("which is no count"));

    [TestCase("""{"numTotalTests":1,"testResults":[{"assertionResults":[{"title":"a","status":"failed","status":"passed"}]}]}""")]
    [TestCase("""{"results":{"tool":{},"tests":[{"name":"a","status":"failed"}],"tests":[]}}""")]
    [TestCase("""{"Action":"fail","Action":"pass","Package":"p","Test":"a"}""")]
    public void A_key_that_stands_twice_is_never_green(string content) =>
        Assert.That(ResultFolder.ReadText(content).Worst, Is.GreaterThan(Severity.Warning));

    [TestCase("<testsuite><testcase name='a'><testcase name='b'><failure/></testcase></testcase></testsuite>", "testcase")]
    [TestCase("<testsuite><properties><failure/></properties><testcase name='a'/></testsuite>", "failure")]
    [TestCase("<testsuite><testcase name='a'><properties><property><error/></property></properties></testcase></testsuite>", "error")]
    [TestCase("<testsuite><testcase name='a'><system-out><testsuite/></system-out></testcase></testsuite>", "testsuite")]
    [TestCase("<test-run><test-case fullname='a' result='Passed'><test-case fullname='b' result='Failed'/></test-case></test-run>",
        "test-case")]
    [TestCase(
        "<test-results><test-case name='a' result='Success'><properties><test-case name='b' "
        + "result='Failure'/></properties></test-case></test-results>", "test-case")]
    [TestCase("<assembly><collection><test name='a' result='Pass'><traits><failure/></traits></test></collection></assembly>", "failure")]
    [TestCase(
        "<TestRun><Results><UnitTestResult testName='a' outcome='Passed'><Output><UnitTestResult "
        + "outcome='Failed'/></Output></UnitTestResult></Results><ResultSummary outcome='Completed'/></TestRun>", "UnitTestResult")]
    [TestCase(
        "<testng-results><suite><test><class name='C'><test-method name='a' status='PASS'><test-method name='b' "
        + "status='FAIL'/></test-method></class></test></suite></testng-results>", "test-method")]
    [TestCase("<robot><suite><test name='a'><kw><test name='b'/></kw><status status='PASS'/></test><status status='PASS'/></suite></robot>",
        "test")]
    public void A_test_or_failure_where_none_may_stand_is_an_error(string content, string element) =>
        Assert.That(
            ResultFolder.ReadText(content).Problems.Where(problem => problem.Severity == Severity.Error).Select(problem => problem.Message),
            Has.Some.EqualTo($"<{element}> stands where none may and is not read"));

    [TestCase("<testsuite status='crashed'><testcase name='a'/></testsuite>")]
    [TestCase("<testsuites><testsuite success='false'><testcase name='a'/></testsuite></testsuites>")]
    [TestCase("<test-run result='Failed'><test-suite result='Passed'><test-case fullname='a' result='Passed'/></test-suite></test-run>")]
    [TestCase("<test-run><test-suite result='Failed' site='Child'><test-case fullname='a' result='Passed'/></test-suite></test-run>")]
    [TestCase(
        "<test-results><test-suite result='Failure'><failure><message>x</message></failure><results><test-case name='a' "
        + "result='Success'/></results></test-suite></test-results>")]
    [TestCase(
        "<test-results><test-suite success='False' executed='True'><results><test-case name='a' "
        + "success='True'/></results></test-suite></test-results>")]
    [TestCase("<assembly><collection failed='1'><test name='a' result='Pass'/></collection></assembly>")]
    [TestCase(
        "<robot><suite name='S'><test name='a'><status status='PASS'/></test><status status='FAIL'>Suite teardown "
        + "failed</status></suite></robot>")]
    [TestCase(
        """{"numTotalTests":1,"testResults":[{"status":"failed","message":"x","assertionResults":[{"title":"a","status":"passed"}]}]}""")]
    [TestCase("""{"numTotalTests":1,"success":false,"testResults":[{"assertionResults":[{"title":"a","status":"passed"}]}]}""")]
    [TestCase(
        """{"config":{},"suites":[{"specs":[{"title":"a","ok":false,"tests":[{"status":"expected","results":[{"status":"passed"}]}]}]}]}""")]
    [TestCase(
        """{"config":{},"errors":[{"message":"x"}],"suites":[{"specs":[{"title":"a","ok":true,"tests":[{"status":"expected","results":[{"status":"passed"}]}]}]}]}""")]
    [TestCase(
        """[{"keyword":"Feature","status":"failed","elements":[{"name":"a","status":"passed","steps":[{"result":{"status":"passed"}}]}]}]""")]
    public void A_suite_or_run_that_failed_although_none_of_its_cases_did_is_not_clean(string content)
    {
        var read = ResultFolder.ReadText(content);

        Assert.That((read.Counts.Passed, read.Counts.Failed + read.Counts.Errors, read.Worst),
            Is.EqualTo((1L, 0L, (Severity?)Severity.Error)));
    }
}
