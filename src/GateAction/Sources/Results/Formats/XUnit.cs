using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>xUnit.net's results of v1 (classes), v2 and v3 (collections) (xunit.net, "Format: XML"): <c>assemblies</c> or one
/// <c>assembly</c>.</summary>
internal static class XUnit
{
    public static ResultFormat Format { get; } = new(
        "xunit",
        "xUnit.net",
        // A program's manifest is an 'assembly' too.
        head => head.Root is "assemblies" or "assembly" && !head.RootAttributes.ContainsKey("manifestVersion"),
        (source, tally) => Xml.Read(source, tally, xml => ReadRoot(xml, tally)),
        new StateTable(
            "result",
            new("Pass", TestOutcome.Passed),
            new("Fail", TestOutcome.Failed),
            new("Skip", TestOutcome.Skipped),
            new("NotRun", TestOutcome.Skipped)));

    private static void ReadRoot(Xml xml, FileTally tally)
    {
        xml.Watch(tally, "assembly", "collection", "class", "test", "failure", "error");
        if (xml.Reader.LocalName == "assembly")
            ReadAssembly(xml, tally);
        else
            xml.ForEachChild(tally, element => ReadAssemblyOrNothing(xml, tally, element));
    }

    private static void ReadAssemblyOrNothing(Xml xml, FileTally tally, string element)
    {
        if (element == "assembly")
            ReadAssembly(xml, tally);
    }

    private static void ReadAssembly(Xml xml, FileTally tally)
    {
        xml.Take();
        var line = xml.Line;
        var where = $"<assembly> '{FileName(xml.Attribute("name"))}'";
        var compare = Claimed(xml, tally, where);
        var errors = ClaimedTotals.Count(tally, where, "errors", xml.Attribute("errors"), line) ?? 0;
        var reported = 0;
        xml.ForEachChild(tally, element =>
        {
            if (element is "collection" or "class")
                ReadCollection(xml, tally);
            else if (element == "errors")
                xml.ForEachChild(tally, _ => reported += ReportError(xml, tally));
        });
        if (errors > reported)
            tally.Add(Severity.Error, $"{where} says {errors} errors outside of its tests", line);
        compare();
    }

    // What an assembly or a collection says of its tests, held against them once they are read.
    private static Action Claimed(Xml xml, FileTally tally, string where)
    {
        var line = xml.Line;
        var (total, passed, failed, notRun) = (Claim("total"), Claim("passed"), Claim("failed"), Claim("not-run") ?? 0);
        var before = (tally.Read, tally.ReadPassed, tally.ReadFailing);
        return () =>
        {
            var ran = tally.Read - before.Read;
            ClaimedTotals.Compare(tally, where, "tests", total, line, ran, ran - notRun);
            ClaimedTotals.Compare(tally, where, "passed", passed, line, tally.ReadPassed - before.ReadPassed);
            ClaimedTotals.Compare(tally, where, "failed", failed, line, tally.ReadFailing - before.ReadFailing);
        };

        long? Claim(string name) => ClaimedTotals.Count(tally, where, name, xml.Attribute(name), line);
    }

    private static void ReadCollection(Xml xml, FileTally tally)
    {
        xml.Take();
        tally.Suites++;
        var compare = Claimed(xml, tally, $"<{xml.Reader.LocalName}> '{Text.Cut(xml.Attribute("name"), 100)}'");
        xml.ForEachChild(tally, element =>
        {
            if (element == "test")
                ReadTest(xml, tally);
            else if (element == "failure")
                ReportError(xml, tally);
            else
                UnknownElement.Report(tally, element, Format.Title, xml.Line);
        });
        compare();
    }

    private static void ReadTest(Xml xml, FileTally tally)
    {
        xml.Take();
        var line = xml.Line;
        var type = Text.Cut(xml.Attribute("type"), ResultLimits.Name);
        var test = new TestCase(Text.Cut(xml.Attribute("name"), ResultLimits.Name) ?? "", type ?? "",
            Format.States.Of(xml.Attribute("result"), tally, line))
        {
            ClassName = type,
            Duration = Numbers.Seconds(xml.Attribute("time"), commaIsDecimal: true),
            File = xml.Attribute("source-file"),
            Line = Numbers.Line(xml.Attribute("source-line")),
            FileLine = line,
        };
        List<string> tags = [];
        var hasFailure = false;
        xml.ForEachChild(tally, element =>
        {
            hasFailure |= element == "failure";
            if (element == "failure")
                test = ReadFailure(xml, test, tally);
            else if (element == "reason")
                test = test with { Message = xml.ReadText(ResultLimits.Message)?.Trim() };
            else if (element == "traits")
                xml.ForEachChild(_ => tags.Add($"{xml.Attribute("name")}:{xml.Attribute("value")}"));
        });
        if (hasFailure && !test.IsFailing)
            test = test with { Outcome = TestOutcome.Failed };
        tally.Add(test with { Tags = tags });
    }

    private static TestCase ReadFailure(Xml xml, TestCase test, FileTally tally)
    {
        xml.Take();
        xml.ForEachChild(element => test = element switch
        {
            "message" => test with { Message = xml.ReadText(ResultLimits.Message)?.Trim() },
            "stack-trace" => test with { Details = xml.ReadText(tally.DetailsLimit)?.TrimEnd() },
            _ => test,
        });
        return test;
    }

    private static int ReportError(Xml xml, FileTally tally)
    {
        xml.Take();
        var (line, kind, name) = (xml.Line, xml.Attribute("type") ?? "error", xml.Attribute("name"));
        var text = Text.FirstLine(xml.ReadText(ResultLimits.Message));
        tally.Add(Severity.Error,
            $"{kind}{(name is null ? "" : $" of '{Text.Cut(name, 200)}'")} outside of the tests: {Text.Cut(text, 200)}", line);
        return 1;
    }

    private static string FileName(string? path) => Text.Cut(path?[(path.LastIndexOfAny(['/', '\\']) + 1)..], 100) ?? "";
}
