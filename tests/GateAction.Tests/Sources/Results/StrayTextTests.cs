using GateAction.Sources.Results;

namespace GateAction.Tests.Sources.Results;

/// <summary>Text where only elements may stand: a test whose '&lt;' was damaged leaves nothing else behind.</summary>
internal sealed class StrayTextTests
{
    [TestCase("testsuites", "<testsuites>\n<testsuite><testcase name='a'/></testsuite>\n|testsuite name='b'/>\n</testsuites>")]
    [TestCase("testsuite", "<testsuite>\n<testcase name='a'/>\n|testcase name='b'/>\n</testsuite>")]
    [TestCase("testcase", "<testsuite>\n<testcase name='a'>\n|failure message='no'/>\n</testcase></testsuite>")]
    [TestCase("test-results", "<test-results>\n<test-case name='a' result='Success'/>\n|test-case name='b'/>\n</test-results>")]
    [TestCase("results",
        "<test-results><test-suite><results>\n<test-case name='a' result='Success'/>\n|test-case "
        + "name='b'/>\n</results></test-suite></test-results>")]
    [TestCase("test-case", "<test-results>\n<test-case name='a'>\n|failure/>\n</test-case></test-results>")]
    [TestCase("test-run", "<test-run>\n<test-case fullname='a' result='Passed'/>\n|test-case fullname='b'/>\n</test-run>")]
    [TestCase("test-suite",
        "<test-run><test-suite>\n<test-case fullname='a' result='Passed'/>\n|test-case fullname='b'/>\n</test-suite></test-run>")]
    [TestCase("test-case", "<test-run>\n<test-case fullname='a' result='Passed'>\n|failure/>\n</test-case></test-run>")]
    [TestCase("assemblies",
        "<assemblies><assembly><collection>\n<test name='a' result='Pass'/></collection></assembly>\n|assembly/>\n</assemblies>")]
    [TestCase("assembly", "<assembly><collection>\n<test name='a' result='Pass'/></collection>\n|collection/>\n</assembly>")]
    [TestCase("collection", "<assembly><collection>\n<test name='a' result='Pass'/>\n|test name='b'/>\n</collection></assembly>")]
    [TestCase("test", "<assembly><collection>\n<test name='a' result='Pass'>\n|failure/>\n</test></collection></assembly>")]
    [TestCase("TestRun",
        "<TestRun><Results>\n<UnitTestResult testName='a' outcome='Passed'/></Results><ResultSummary "
        + "outcome='Completed'/>\n|Results/>\n</TestRun>")]
    [TestCase("Results",
        "<TestRun><Results>\n<UnitTestResult testName='a' outcome='Passed'/>\n|UnitTestResult/>\n</Results><ResultSummary "
        + "outcome='Completed'/></TestRun>")]
    [TestCase("UnitTestResult",
        "<TestRun><Results>\n<UnitTestResult testName='a' outcome='Passed'>\n|InnerResults/>\n</UnitTestResult></Results><ResultSummary "
        + "outcome='Completed'/></TestRun>")]
    [TestCase("InnerResults",
        "<TestRun><Results><UnitTestResult outcome='Passed'><InnerResults>\n<UnitTestResult testName='a' "
        + "outcome='Passed'/>\n|UnitTestResult/>\n</InnerResults></UnitTestResult></Results><ResultSummary "
        + "outcome='Completed'/></TestRun>")]
    [TestCase("ResultSummary",
        "<TestRun><Results>\n<UnitTestResult testName='a' outcome='Passed'/></Results><ResultSummary outcome='Completed'>\n|Counters "
        + "total='2'/>\n</ResultSummary></TestRun>")]
    public void Is_an_error_at_its_line(string element, string content)
    {
        var read = ResultFolder.ReadText(content);

        Assert.That(read.Counts, Has.Property("Passed").EqualTo(1L).And.Property("Total").EqualTo(1L));
        Assert.That(read.Problems, Has.Count.EqualTo(1));
        Assert.That((read.Problems[0].Severity, read.Problems[0].Line), Is.EqualTo((Severity.Error, 3)));
        Assert.That(read.Problems[0].Message, Does.StartWith($"<{element}> holds text where only elements may stand: '|"));
    }

    [TestCase("TRX",
        "<TestRun><Results>\n<UnitTestResult testName='a' outcome='Passed'/>\n<UnitTestSesult testName='b' "
        + "outcome='Failed'/>\n</Results><ResultSummary outcome='Completed'/></TestRun>")]
    [TestCase("xUnit.net",
        "<assembly><collection>\n<test name='a' result='Pass'/>\n<tesr name='b' result='Fail'/>\n</collection></assembly>")]
    [TestCase("NUnit 2",
        "<test-results><test-suite><results><test-case name='a' result='Success'/>\n\n<test-cake name='b' "
        + "result='Failure'/>\n</results></test-suite></test-results>")]
    public void So_is_an_element_that_the_format_does_not_have(string format, string content)
    {
        var read = ResultFolder.ReadText(content);

        Assert.That(read.Counts, Has.Property("Passed").EqualTo(1L).And.Property("Total").EqualTo(1L));
        Assert.That((read.Problems[0].Severity, read.Problems[0].Line), Is.EqualTo((Severity.Error, 3)));
        Assert.That(read.Problems[0].Message,
            Does.StartWith("<tes").Or.StartWith("<UnitTestSesult>").And.EndsWith($"of {format} and is not read"));
    }

    [TestCase(
        "<testsuite> \uFEFF\n<!-- all --><?tool x?><![CDATA[ ]]>&#10;<properties>p</properties><testcase "
        + "name='a'><failure>f</failure><system-out>o</system-out></testcase><system-err>e</system-err></testsuite>")]
    [TestCase(
        "<test-results><test-suite><reason>r</reason><results>\n<test-case name='a' "
        + "result='Failure'><failure><message>m</message><stack-trace>s</stack-trace></failure></test-case></results></test-suite></test-results>")]
    [TestCase(
        "<test-run><command-line>c</command-line><filter>f</filter><test-suite><output>o</output><test-case fullname='a' "
        + "result='Failed'><failure><message>m</message></failure><output>o</output></test-case></test-suite></test-run>")]
    [TestCase(
        "<assembly>\uFEFF<collection><test name='a' "
        + "result='Fail'><output>o</output><failure><message>m</message></failure></test></collection></assembly>")]
    [TestCase(
        "<TestRun><Results><UnitTestResult testName='a' "
        + "outcome='Failed'><Output><StdOut>o</StdOut><ErrorInfo><Message>m</Message></ErrorInfo></Output></UnitTestResult></Results><ResultSummary outcome='Failed'><Output><StdOut>o</StdOut></Output></ResultSummary></TestRun>")]
    public void Is_none_where_text_belongs(string content)
    {
        var read = ResultFolder.ReadText(content);

        Assert.That((read.Counts.Failed, read.Problems.Count), Is.EqualTo((1L, 0)));
    }

    [Test]
    public void A_long_blank_before_it_does_not_hide_it()
    {
        var read = ResultFolder.ReadText($"<testsuite><testcase name='a'/>{new string('\n', 5000)}|testcase name='b'/></testsuite>");

        Assert.That(read.Problems.Select(problem => (problem.Severity, problem.Line)), Is.EqualTo(new[] { (Severity.Error, 5001) }));
    }
}
