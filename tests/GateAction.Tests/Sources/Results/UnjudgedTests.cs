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
}
