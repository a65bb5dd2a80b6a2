using GateAction.Sources.Results;

namespace GateAction.Tests.Sources.Results;

/// <summary>What a producer calls passed although nothing was judged in it counts as skipped, and never as passed.</summary>
internal sealed class UnjudgedTests
{
    [TestCase("Scenario: a\n", 0)]
    [TestCase("@slow @wip\n  Scenario: a\n", 0)]
    [TestCase("Szenario: @a\n", 0)]
    [TestCase("Scenario: \n", 0)]
    [TestCase("Scenario: a\n    Given a ... passed in 0.000s\n", 1)]
    [TestCase("@slow\n  Scenario Outline: a -- @1.1 \n    Given a ... passed\n", 1)]
    [TestCase("Scenario: a\n    Angenommen @scenario.end ... passed in 0.000s\n", 1)]
    [TestCase("Scenario: a\n    Given a\n      \"\"\"\n      text\n      \"\"\"\n", 1)]
    public void A_scenario_of_behave_has_passed_if_it_has_a_step(string scenario, int passed)
    {
        var read = ResultFolder.ReadText($"""
            <testsuite name="a.f" tests="2" errors="0" failures="0" skipped="0" time="0.1">
            <testcase classname="a.f" name="a" status="passed" time="0"><system-out>
            <![CDATA[
            @scenario.begin

              {scenario}
            @scenario.end
            --------------------------------------------------------------------------------

            Captured stdout:
                Given nobody ... passed in 0.000s
            ]]>
            </system-out></testcase>
            <testcase classname="a.f" name="b" status="passed" time="0"><system-out>what it printed
            @scenario.begin
            @scenario.end</system-out></testcase>
            </testsuite>
            """);

        Assert.That((read.Counts.Passed, read.Counts.Skipped, read.Worst), Is.EqualTo((1L + passed, 1L - passed, (Severity?)null)));
    }

    [TestCase("""{"name":"a","status":"passed","steps":[]}""")]
    [TestCase("""{"name":"a","status":"passed","steps":[{"name":"x"}]}""")]
    [TestCase("""{"name":"a","steps":[]}""")]
    [TestCase("""{"name":"a","before":[{"result":{"status":"passed"}}],"steps":[],"after":[{"result":{"status":"passed"}}]}""")]
    [TestCase("""{"name":"a","steps":[{"keyword":"Before","hidden":true,"result":{"status":"passed"}}]}""")]
    public void A_scenario_of_Cucumber_without_a_step_that_was_judged_has_not_passed(string scenario)
    {
        const string Good = """{"name":"b","steps":[{"name":"x","result":{"status":"passed","duration":1}}]}""";

        var read = ResultFolder.ReadText($$"""[{"keyword":"Feature","name":"f","uri":"f.feature","elements":[{{scenario}},{{Good}}]}]""");

        Assert.That((read.Counts.Passed, read.Counts.Skipped, read.Worst), Is.EqualTo((1L, 1L, (Severity?)null)));
    }

    [Test]
    public void A_background_that_was_judged_stands_for_a_scenario_without_steps_of_its_own()
    {
        var read = ResultFolder.ReadText("""
            [{"keyword":"Feature","uri":"f.feature","elements":[
            {"type":"background","steps":[{"name":"x","result":{"status":"passed"}}]},{"type":"scenario","name":"a","steps":[]}]}]
            """);

        Assert.That((read.Counts.Passed, read.Counts.Skipped), Is.EqualTo((1L, 0L)));
    }

    [TestCase(
        "<testsuites tests='2' name='AllTests'><testsuite name='S' tests='2'><testcase name='a' file='a.cc' line='3'/>"
        + "<testcase name='b' file='a.cc' line='9'/></testsuite></testsuites>", TestName = "A list of GoogleTest")]
    [TestCase(
        "<testsuite errors='1' failures='0' tests='1' name='s'><properties><property name='QtVersion' value='5'/></properties>"
        + "<testcase name='a'><!-- skipped --></testcase></testsuite>", TestName = "A test of Qt 5 without a result")]
    [TestCase(
        """
        {"stats":{"suites":1,"tests":1,"passes":1,"pending":0,"failures":0},"passes":
        [{"title":"a","file":"a.js","currentRetry":0,"speed":"fast","err":{}}],"failures":[],"pending":[]}
        """, TestName = "A dry run of Mocha")]
    [TestCase(
        "<robot><suite name='S'><test name='a'><kw name='U'><kw name='L'><status status='NOT RUN'/></kw><status status='PASS'/></kw>"
        + "<if><branch><kw name='L'><status status='NOT RUN'/></kw><status status='PASS'/></branch><status status='PASS'/></if>"
        + "<status status='PASS'/></test><status status='PASS'/></suite>"
        + "<statistics><total><stat pass='1' fail='0'>All</stat></total></statistics></robot>", TestName = "A dry run of Robot Framework")]
    [TestCase("TAP version 13\n1..0 # SKIP no database\n", TestName = "A TAP file that skips all its tests")]
    public void What_did_not_run_is_skipped(string content)
    {
        var read = ResultFolder.ReadText(content);

        Assert.That((read.Counts.Passed, read.Counts.Skipped, read.Worst), Is.EqualTo((0L, read.Counts.Total, (Severity?)null)));
        Assert.That(read.Counts.Total, Is.Positive);
    }

    [TestCase("<testsuite name='s'>{0}<testcase name='a' status='passed' time='0'/></testsuite>", "DryRun", "true")]
    [TestCase("<testsuites><testsuite>{0}<testcase name='a' status='passed'/></testsuite></testsuites>", "SuiteSucceeded", "false")]
    public void A_property_of_Ginkgo_that_speaks_of_the_whole_run_is_believed(string content, string name, string value)
    {
        var said = $"<properties><property name='{name}' value='{value}'/></properties>";
        var unsaid = $"<properties><property name='{name}' value='{(value == "true" ? "false" : "true")}'/></properties>";

        Assert.That(ResultFolder.ReadText(content.Replace("{0}", said, StringComparison.Ordinal)).Worst, Is.EqualTo(Severity.Error));
        Assert.That(ResultFolder.ReadText(content.Replace("{0}", unsaid, StringComparison.Ordinal)).Worst, Is.Null);
    }

    [TestCase(
        """
        <testsuites name="vitest tests" tests="3" failures="0" errors="0" time="0.2">
        <testsuite name="a" tests="1" failures="0" errors="0" skipped="0" time="0"><testcase name="lost" time="0"></testcase></testsuite>
        <testsuite name="b" tests="2" failures="0" errors="0" skipped="0" time="0.2"><testcase name="b" time="0"/><testcase name="c" time="0.1"/>
        </testsuite></testsuites>
        """, TestName = "Vitest's junit")]
    [TestCase(
        """
        {"numTotalTests":3,"testResults":[{"name":"a","status":"passed","assertionResults":[{"title":"lost","status":"pending","meta":{}}]},
        {"name":"b","status":"passed","assertionResults":[{"title":"b","status":"passed","meta":{}},{"title":"c","status":"passed","meta":{}}]}]}
        """, TestName = "Vitest's json")]
    public void The_tests_of_a_worker_that_was_killed_are_errors(string content)
    {
        var read = ResultFolder.ReadText(content);

        Assert.That((read.Counts.Passed, read.Counts.Errors, read.Worst), Is.EqualTo((2L, 1L, (Severity?)null)));
        Assert.That((read.Failures[0].Name, read.Failures[0].Message), Is.EqualTo(("lost", "the test never ended")));
    }

    [Test]
    public void Qt_5_counts_messages_as_errors()
    {
        var read = ResultFolder.ReadText("""
            <testsuite errors="5" failures="1" tests="3" name="s"><properties><property value="5.15" name="QtVersion"/></properties>
            <testcase result="pass" name="a"/><testcase result="fail" name="b"><failure message="no" result="fail"/></testcase>
            <testcase name="c"/></testsuite>
            """);

        Assert.That((read.Counts.Passed, read.Counts.Failed, read.Counts.Skipped, read.Worst),
            Is.EqualTo((1L, 1L, 1L, (Severity?)null)));
    }

    [TestCase("errors='5' failures='0' tests='2' name='s'", "")]
    [TestCase("name='s' tests='2' failures='0' errors='5'", "<properties><property value='6.5' name='QtVersion'/></properties>")]
    public void No_other_producer_may(string attributes, string properties) =>
        Assert.That(
            ResultFolder.ReadText($"<testsuite {attributes}>{properties}<testcase name='a'/><testcase name='b'/></testsuite>").Worst,
            Is.EqualTo(Severity.Error));

    [TestCase("failure")]
    [TestCase("errored")]
    [TestCase("broken")]
    [TestCase("crashed")]
    [TestCase("unexpected")]
    public void A_suite_that_counts_a_bad_case_under_any_name_and_holds_none_is_an_error(string attribute)
    {
        Assert.That(Worst(1, ""), Is.EqualTo(Severity.Error));
        Assert.That(Worst(0, ""), Is.Null);
        Assert.That(Worst(1, "<failure/>"), Is.Null);

        Severity? Worst(int count, string child) =>
            ResultFolder.ReadText($"<testsuite {attribute}='{count}'><testcase name='a'>{child}</testcase></testsuite>").Worst;
    }

    [TestCase("# fail 1", true)]
    [TestCase("# fail  12", true)]
    [TestCase("# cancelled 1", true)]
    [TestCase("# Totals: pass:1 fail:1 xfail:0 xpass:0 skip:0 error:0", true)]
    [TestCase("# Looks like you failed 1 test of 2.", true)]
    [TestCase("# Looks like your test exited with 255 just after 1.", true)]
    [TestCase("# fail 0", false)]
    [TestCase("# failing is not tested", false)]
    [TestCase("# Looks like your test exited with 0", false)]
    [TestCase("    # fail 1", false)]
    public void A_comment_of_TAP_that_counts_failures_is_held_against_the_points(string comment, bool isError)
    {
        Assert.That(ResultFolder.ReadText($"1..1\nok 1 - a\n{comment}\n").Worst, Is.EqualTo(isError ? Severity.Error : null));
        Assert.That(ResultFolder.ReadText($"1..1\nnot ok 1 - a\n{comment}\n").Worst, Is.Null);
    }

    [Test]
    public void The_kernel_indents_subtests_by_two()
    {
        var read = ResultFolder.ReadText("""
            KTAP version 1
            1..2
              KTAP version 1
              # Subtest: one
              1..2
                KTAP version 1
                1..1
                ok 1 deep
              ok 1 a
              ok 2 b # SKIP no hardware
            # one: pass:1 fail:0 skip:1 total:2
            ok 1 one
              1..1
              not ok 1 c
            not ok 2 two

            """);

        Assert.That((read.Counts.Passed, read.Counts.Failed, read.Counts.Skipped, read.Worst), Is.EqualTo((1L, 1L, 1L, (Severity?)null)));
    }

    [Test]
    public void A_test_of_Go_that_begins_twice_and_ends_once_is_lost()
    {
        const string Began = """{"Action":"run","Package":"p","Test":"TestA"}""";

        var read = ResultFolder.ReadText(
            $"{Began}\n{Began}\n{Began.Replace("run", "pass", StringComparison.Ordinal)}\n{{\"Action\":\"pass\",\"Package\":\"p\"}}\n");

        Assert.That((read.Counts.Passed, read.Problems[0].Message), Is.EqualTo((1L, "test 'TestA' began twice: a test is lost")));
    }
}
