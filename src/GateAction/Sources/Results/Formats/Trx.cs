using System.Xml;
using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>Visual Studio's test results (TRX, schema vstst.xsd) of VSTest, Microsoft.Testing.Platform and MSTest.</summary>
internal static class Trx
{
    private static readonly string[] Parts = ["<Results", "<ResultSummary", "<TestDefinitions", "<TestEntries"];

    private static readonly string[] Watched =
        ["UnitTestResult", "TestResult", "TestResultAggregation", "GenericTestResult", "ManualTestResult", "WebTestResult",
        "LoadTestResult", "ResultSummary"];

    public static ResultFormat Format { get; } = new(
        "trx",
        "TRX",
        IsTrx,
        Read,
        new StateTable(
            "outcome",
            new("Passed", TestOutcome.Passed),
            new("Failed", TestOutcome.Failed),
            new("Error", TestOutcome.Error),
            new("(no outcome)", TestOutcome.Error, "the schema's default is Error"),
            new("Timeout", TestOutcome.Error),
            new("Aborted", TestOutcome.Error),
            new("Disconnected", TestOutcome.Error),
            new("NotRunnable", TestOutcome.Error),
            new("PassedButRunAborted", TestOutcome.Error),
            new("InProgress", TestOutcome.Error, "it never finished"),
            new("Pending", TestOutcome.Error, "it never started"),
            new("Warning", TestOutcome.Failed, "it ran with issues, which may be failed assertions"),
            new("Inconclusive", TestOutcome.Skipped),
            new("NotExecuted", TestOutcome.Skipped),
            new("Completed", TestOutcome.Skipped, "it ran and nobody judged it")));

    // CppUnit and AUnit call their root so too, without a namespace.
    private static bool IsTrx(FileHead head) =>
        head.Root == "TestRun"
        && (head.RootAttributes.ContainsKey("xmlns") || head.RootAttributes.ContainsKey("id")
        || Parts.Any(part => head.Text.Contains(part, StringComparison.Ordinal)));

    private static void Read(ResultSource source, FileTally tally)
    {
        var definitions = TrxDefinitions.Read(source);
        var results = new TrxResults(tally, definitions);
        var summary = new TrxSummary(tally, results);
        Xml.Read(source, tally, xml =>
        {
            xml.Watch(tally, Watched);
            xml.ForEachChild(tally, element =>
            {
                if (element == "Results")
                    xml.ForEachChild(tally, _ => results.Read(xml));
                else if (element == "ResultSummary")
                    summary.Read(xml);
            });
        });
        summary.Judge();
    }

    public static bool IsResult(XmlReader reader) =>
        reader.LocalName.EndsWith("Result", StringComparison.Ordinal) || reader.LocalName == "TestResultAggregation";
}
