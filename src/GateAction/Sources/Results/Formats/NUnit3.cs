using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>NUnit 3's results (docs.nunit.org, "Test Result XML Format"), also Unity's: <c>test-run</c>, or a <c>test-suite</c> alone.</summary>
internal static class NUnit3
{
    private const int MostDepth = 256;

    public static ResultFormat Format { get; } = new(
        "nunit3",
        "NUnit 3",
        head => head.Root == "test-run" || (head.Root == "test-suite" && head.RootAttributes.ContainsKey("fullname")),
        (source, tally) => Xml.Read(source, tally, xml => ReadRoot(xml, tally)),
        new StateTable(
            "result and label",
            new("Passed", TestOutcome.Passed),
            new("Warning", TestOutcome.Passed, "NUnit counts a warning as passed"),
            new("Failed", TestOutcome.Failed),
            new("Failed:Error", TestOutcome.Error),
            new("Failed:Invalid", TestOutcome.Error),
            new("Failed:Cancelled", TestOutcome.Error),
            new("Inconclusive", TestOutcome.Skipped),
            new("Skipped", TestOutcome.Skipped),
            new("Skipped:Ignored", TestOutcome.Skipped),
            new("Skipped:Explicit", TestOutcome.Skipped)));

    private static void ReadRoot(Xml xml, FileTally tally)
    {
        var line = xml.Line;
        var (element, total, passed, failed) = (xml.Reader.LocalName, xml.Attribute("total"), xml.Attribute("passed"), xml.Attribute("failed"));
        var warnings = Numbers.Count(xml.Attribute("warnings")) ?? 0;
        if (element == "test-suite")
            ReadSuite(xml, tally, 0);
        else
            xml.ForEachChild(tally, child => ReadChild(xml, tally, child, 0));
        Claims.Compare(tally, $"<{element}>", "tests", Numbers.Count(total), line, tally.Read);
        Claims.Compare(tally, $"<{element}>", "passed", Numbers.Count(passed), line, tally.ReadPassed, tally.ReadPassed - warnings);
        Claims.Compare(tally, $"<{element}>", "failed", Numbers.Count(failed), line, tally.ReadFailing);
    }

    private static void ReadChild(Xml xml, FileTally tally, string element, int depth)
    {
        if (element == "test-suite" && depth < MostDepth)
            ReadSuite(xml, tally, depth + 1);
        else if (element == "test-case")
            ReadCase(xml, tally);
    }

    private static void ReadSuite(Xml xml, FileTally tally, int depth)
    {
        var (line, name, site) = (xml.Line, xml.Attribute("fullname") ?? xml.Attribute("name"), xml.Attribute("site"));
        var isFailed = xml.Attribute("result")?.StartsWith("Failed", StringComparison.Ordinal) == true;
        var failingBefore = tally.ReadFailing;
        string? message = null;
        tally.Suites++;
        xml.ForEachChild(tally, element =>
        {
            if (element == "failure")
                message = ReadFailure(xml, tally).Message;
            else
                ReadChild(xml, tally, element, depth);
        });
        // A suite fails with its children (site Child, Parent), or by itself in its set-up or tear-down.
        if (isFailed && site is not ("Child" or "Parent") && tally.ReadFailing == failingBefore)
            tally.Add(Severity.Error, $"suite '{Text.Cut(name, 200)}' failed in its {site ?? "own code"}: {Text.FirstLine(message)}", line);
    }

    private static void ReadCase(Xml xml, FileTally tally)
    {
        var line = xml.Line;
        var className = Text.Cut(xml.Attribute("classname"), Limits.Name);
        var test = new TestCase(Text.Cut(xml.Attribute("fullname") ?? xml.Attribute("name"), Limits.Name) ?? "", className ?? "", Outcome(xml, tally, line))
        {
            ClassName = className,
            Duration = Numbers.Seconds(xml.Attribute("duration") ?? xml.Attribute("time"), commaIsDecimal: true),
            FileLine = line,
        };
        List<string> tags = [];
        xml.ForEachChild(tally, element =>
        {
            if (element is "failure" or "reason")
                test = WithFailure(test, ReadFailure(xml, tally));
            else if (element == "properties")
                xml.ForEachChild(_ => AddTag(xml, tags));
        });
        tally.Add(test with { Tags = tags });
    }

    private static TestCase WithFailure(TestCase test, (string? Message, string? Details) found) =>
        test with { Message = found.Message, Details = found.Details };

    private static TestOutcome Outcome(Xml xml, FileTally tally, int line)
    {
        var (result, label) = (xml.Attribute("result")?.TrimEnd(')').Replace('(', ':'), xml.Attribute("label"));
        var states = Format.States;
        return states.TryGet($"{result}:{label}", out var labelled) ? labelled : states.TryGet(result ?? "", out var whole) ? whole : states.Of(result?.Split(':')[0], tally, line);
    }

    private static (string? Message, string? Details) ReadFailure(Xml xml, FileTally tally)
    {
        string? message = null;
        string? details = null;
        xml.ForEachChild(element =>
        {
            if (element == "message")
                message = xml.ReadText(Limits.Message)?.Trim();
            else if (element == "stack-trace")
                details = xml.ReadText(tally.DetailsLimit)?.TrimEnd();
        });
        return (message, details);
    }

    private static void AddTag(Xml xml, List<string> tags)
    {
        if (xml.Attribute("name") == "Category" && xml.Attribute("value") is { } category)
            tags.Add(category);
    }
}
