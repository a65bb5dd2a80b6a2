using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>xUnit.net's results of v1 (classes), v2 and v3 (collections) (xunit.net, "Format: XML"): <c>assemblies</c> or one <c>assembly</c>.</summary>
internal static class XUnit
{
    public static ResultFormat Format { get; } = new(
        "xunit",
        "xUnit.net",
        head => head.Root is "assemblies" or "assembly",
        (source, tally) => Xml.Read(source, tally, xml => ReadRoot(xml, tally)),
        new StateTable(
            "result",
            new("Pass", TestOutcome.Passed),
            new("Fail", TestOutcome.Failed),
            new("Skip", TestOutcome.Skipped),
            new("NotRun", TestOutcome.Skipped)));

    private static void ReadRoot(Xml xml, FileTally tally)
    {
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
        var (line, name) = (xml.Line, xml.Attribute("name"));
        var (total, passed, failed) = (Numbers.Count(xml.Attribute("total")), Numbers.Count(xml.Attribute("passed")), Numbers.Count(xml.Attribute("failed")));
        var errors = Numbers.Count(xml.Attribute("errors")) ?? 0;
        var notRun = Numbers.Count(xml.Attribute("not-run")) ?? 0;
        var before = (tally.Read, tally.ReadPassed, tally.ReadFailing);
        var reported = 0;
        xml.ForEachChild(tally, element =>
        {
            if (element is "collection" or "class")
                ReadCollection(xml, tally);
            else if (element == "errors")
                xml.ForEachChild(tally, _ => reported += ReportError(xml, tally));
        });
        var where = $"<assembly> '{FileName(name)}'";
        if (errors > reported)
            tally.Add(Severity.Error, $"{where} says {errors} errors outside of its tests", line);
        var ran = tally.Read - before.Read;
        Claims.Compare(tally, where, "tests", total, line, ran, ran - notRun);
        Claims.Compare(tally, where, "passed", passed, line, tally.ReadPassed - before.ReadPassed);
        Claims.Compare(tally, where, "failed", failed, line, tally.ReadFailing - before.ReadFailing);
    }

    private static void ReadCollection(Xml xml, FileTally tally)
    {
        tally.Suites++;
        xml.ForEachChild(tally, element =>
        {
            if (element == "test")
                ReadTest(xml, tally);
            else if (element == "failure")
                ReportError(xml, tally);
            else
                UnknownElement.Report(tally, element, Format.Title, xml.Line);
        });
    }

    private static void ReadTest(Xml xml, FileTally tally)
    {
        var line = xml.Line;
        var type = Text.Cut(xml.Attribute("type"), Limits.Name);
        var test = new TestCase(Text.Cut(xml.Attribute("name"), Limits.Name) ?? "", type ?? "", Format.States.Of(xml.Attribute("result"), tally, line))
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
                test = test with { Message = xml.ReadText(Limits.Message)?.Trim() };
            else if (element == "traits")
                xml.ForEachChild(_ => tags.Add($"{xml.Attribute("name")}:{xml.Attribute("value")}"));
        });
        if (hasFailure && !test.IsFailing)
            test = test with { Outcome = TestOutcome.Failed };
        tally.Add(test with { Tags = tags });
    }

    private static TestCase ReadFailure(Xml xml, TestCase test, FileTally tally)
    {
        xml.ForEachChild(element => test = element switch
        {
            "message" => test with { Message = xml.ReadText(Limits.Message)?.Trim() },
            "stack-trace" => test with { Details = xml.ReadText(tally.DetailsLimit)?.TrimEnd() },
            _ => test,
        });
        return test;
    }

    private static int ReportError(Xml xml, FileTally tally)
    {
        var (line, kind, name) = (xml.Line, xml.Attribute("type") ?? "error", xml.Attribute("name"));
        var text = Text.FirstLine(xml.ReadText(Limits.Message));
        tally.Add(Severity.Error, $"{kind}{(name is null ? "" : $" of '{Text.Cut(name, 200)}'")} outside of the tests: {Text.Cut(text, 200)}", line);
        return 1;
    }

    private static string FileName(string? path) => Text.Cut(path?[(path.LastIndexOfAny(['/', '\\']) + 1)..], 100) ?? "";
}
