namespace GateAction.Tests.Sources.Results;

/// <summary>Small TRX documents: results on line 2, the summary on line 3.</summary>
internal static class TrxFiles
{
    public static string Of(string runOutcome, params (string Name, string Outcome)[] results) =>
        $"""
        <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
        <Results>{string.Concat(results.Select(result => $"<UnitTestResult testName='{result.Name}' outcome='{result.Outcome}' duration='00:00:00.5'/>"))}</Results>
        <ResultSummary outcome="{runOutcome}"></ResultSummary>
        </TestRun>
        """;
}
