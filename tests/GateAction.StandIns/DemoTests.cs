using System.Text;
using GateAction.StandIns.Staging;

namespace GateAction.StandIns;

/// <summary>The result file of a test run (JUnit XML) as it would lie in the workspace after each scenario's tests.</summary>
internal static class DemoTests
{
    private const int Cases = 214;

    public static string JUnitXml(Scenario scenario)
    {
        var failing = scenario == Scenario.Failing ? 3 : 0;
        var xml = new StringBuilder();
        xml.Append($"""<testsuites><testsuite name="tests.unit" tests="{Cases}" failures="{failing}" errors="0" skipped="2" time="12.4">""")
            .Append('\n');
        for (var index = 0; index < Cases; index++)
            xml.Append(Case(index, index >= 100 && index < 100 + failing)).Append('\n');
        return xml.Append("</testsuite></testsuites>\n").ToString();
    }

    private static string Case(int index, bool fails)
    {
        var name = index < 3 ? $"test_golden_path_{index}" : $"test_orders_{index:000}";
        var head = $"""<testcase classname="tests.unit.test_orders" name="{name}" file="tests/unit/test_orders.py" time="0.0{index % 90 + 10}" """;
        var trace =
            $"Traceback (most recent call last):\n  File \"tests/unit/test_orders.py\", line {40 + index}, in {name}\n    assert "
            + "order.total == 30\nAssertionError: assert 29 == 30";
        return fails ? $"""{head}><failure type="AssertionError" message="assert 29 == 30">{trace}</failure></testcase>"""
            : index is 50 or 51 ? $"""{head}><skipped message="needs a card reader"/></testcase>"""
            : $"{head}/>";
    }
}
