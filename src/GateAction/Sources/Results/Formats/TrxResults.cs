using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>The results of a TRX file. Rows of a data-driven test count, not the test around them.</summary>
internal sealed class TrxResults(FileTally tally, TrxDefinitions definitions)
{
    private const int MostDepth = 64;

    /// <summary>Tests around rows that passed and are no cases; old versions of MSTest have them in the counters.</summary>
    public long AroundPassed { get; private set; }

    /// <summary>The same of those that failed.</summary>
    public long AroundFailing { get; private set; }

    /// <summary>Reads one result with the rows in it; returns whether a case in it fails.</summary>
    public bool Read(Xml xml, int depth = 0)
    {
        xml.Take();
        var isResult = Trx.IsResult(xml.Reader);
        if (!isResult)
            tally.Add(Severity.Error, $"<{Text.Cut(xml.Reader.LocalName, 50)}> is not a result of TRX and is not read", xml.Line);
        if (!isResult || depth > MostDepth)
            return false;
        var result = ReadAttributes(xml);
        var hasRows = false;
        var rowFails = false;
        xml.ForEachChild(tally, element =>
        {
            if (element == "Output")
                result = ReadOutput(xml, result);
            else if (element == "InnerResults")
                xml.ForEachChild(tally, _ => (hasRows, rowFails) = (true, Read(xml, depth + 1) || rowFails));
        });
        // A test around rows counts only where it fails and no row says why.
        if (!hasRows || (result.IsFailing && !rowFails))
            tally.Add(result);
        else if (result.IsFailing)
            AroundFailing++;
        else if (result.Outcome == TestOutcome.Passed)
            AroundPassed++;
        return result.IsFailing || rowFails;
    }

    private TestCase ReadAttributes(Xml xml)
    {
        var line = xml.Line;
        var test = definitions.Find(xml.Attribute("testId"));
        var duration = Numbers.Clock(xml.Attribute("duration")) ?? Elapsed(xml.Attribute("startTime"), xml.Attribute("endTime"));
        var outcome = Trx.Format.States.Of(xml.Attribute("outcome") ?? "(no outcome)", tally, line);
        return new(Text.Cut(xml.Attribute("testName"), ResultLimits.Name) ?? "", test.ClassName ?? "", outcome)
        {
            ClassName = test.ClassName,
            Tags = test.Tags,
            Duration = duration,
            FileLine = line,
        };
    }

    private TestCase ReadOutput(Xml xml, TestCase result)
    {
        xml.ForEachChild(element =>
        {
            if (element != "ErrorInfo")
                return;
            result = ReadError(xml, result);
            // Of the two the worse counts.
            if (result.Outcome == TestOutcome.Passed)
                result = result with { Outcome = TestOutcome.Failed };
        });
        return result;
    }

    private TestCase ReadError(Xml xml, TestCase result)
    {
        xml.ForEachChild(element => result = element switch
        {
            "Message" => result with { Message = xml.ReadText(ResultLimits.Message)?.Trim() },
            "StackTrace" => result with { Details = xml.ReadText(tally.DetailsLimit)?.TrimEnd() },
            _ => result,
        });
        return result;
    }

    private static TimeSpan? Elapsed(string? start, string? end) =>
        DateTimeOffset.TryParse(start, out var from) && DateTimeOffset.TryParse(end, out var to) && to >= from ? to - from : null;
}
