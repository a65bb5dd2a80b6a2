using System.Text.RegularExpressions;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>The run's own verdict in a TRX file: its outcome, counters and messages. An aborted run or crashed host is told only
/// here.</summary>
internal sealed partial class TrxSummary(FileTally tally, TrxResults results)
{
    private readonly Dictionary<string, long> _counters = new(StringComparer.Ordinal);
    private string? _outcome;
    private int _line;
    private bool _isRead;

    public void Read(Xml xml)
    {
        xml.Take();
        if (_isRead)
            tally.Add(Severity.Error, "the file has a second <ResultSummary>", xml.Line);
        _isRead = true;
        _line = xml.Line;
        _outcome = xml.Attribute("outcome");
        xml.ForEachChild(tally, element =>
        {
            if (element == "Counters")
                ReadCounters(xml);
            else if (element == "RunInfos")
                xml.ForEachChild(tally, _ => ReadInfo(xml));
        });
    }

    public void Judge()
    {
        if (!_isRead)
        {
            tally.Add(Severity.Error, "the file has no <ResultSummary>: the run did not end");
            return;
        }
        var failing = tally.ReadFailing;
        if (_outcome is not ("Completed" or "Passed" or "Warning" or "Failed"))
            tally.Add(Severity.Error, $"the run's outcome is '{_outcome}'", _line);
        else if (_outcome == "Failed" && failing == 0)
            tally.Add(Severity.Error,
                "the run's outcome is 'Failed' although no test failed: the test host crashed or the run was cut short", _line);
        Compare("total", tally.Read, results.AroundPassed + results.AroundFailing);
        Compare("passed", tally.ReadPassed, results.AroundPassed);
        // The counters have a figure for each outcome; here all of these are failing cases.
        Compare("failed", failing, results.AroundFailing, "error", "timeout", "aborted", "disconnected", "notRunnable",
            "passedButRunAborted", "inProgress", "pending", "warning");
    }

    private void Compare(string counter, long counted, long around, params ReadOnlySpan<string> more)
    {
        if (!_counters.TryGetValue(counter, out var claimed))
            return;
        foreach (var other in more)
            claimed += _counters.GetValueOrDefault(other);
        if (claimed != counted && claimed != counted + around)
            tally.Add(Severity.Error, $"<Counters> says {claimed} {counter}, the results are {counted}", _line);
    }

    private void ReadCounters(Xml xml)
    {
        while (xml.Reader.MoveToNextAttribute())
        {
            if (ClaimedTotals.Count(tally, "<Counters>", xml.Reader.LocalName, xml.Reader.Value, _line) is { } count)
                _counters[xml.Reader.LocalName] = count;
        }
        xml.Reader.MoveToElement();
    }

    private void ReadInfo(Xml xml)
    {
        var line = xml.Line;
        var outcome = xml.Attribute("outcome");
        var text = xml.ReadText(ResultLimits.Message);
        // xUnit.net reports each failing and skipped test here too.
        if (text is null || PerTest().IsMatch(text))
            return;
        // Microsoft.Testing.Platform's exit code 2 says that tests failed, which the results say themselves.
        if (tally.ReadFailing > 0 && text.StartsWith("Exit code indicates failure: '2'", StringComparison.Ordinal))
            return;
        var isWarning = outcome is "Warning" or "Passed" or "Completed" or "NotExecuted";
        tally.Add(isWarning ? Severity.Warning : Severity.Error, $"the run reports ({outcome}): {Text.Cut(Text.FirstLine(text), 300)}",
            line);
    }

    [GeneratedRegex("""^\s*\[xUnit\.net [0-9:.]+\].*\[(FAIL|SKIP)\]\s*$""", RegexOptions.CultureInvariant)]
    private static partial Regex PerTest();
}
