using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>NUnit 3's results (docs.nunit.org, "Test Result XML Format"), also Unity's: <c>test-run</c>, or a <c>test-suite</c>
/// alone.</summary>
internal static class NUnit3
{
    private const int MostDepth = 256;

    public static ResultFormat Format { get; } = new(
        "nunit3",
        "NUnit 3",
        head => head.Root == "test-run" || (head.Root == "test-suite" && head.RootAttributes.ContainsKey("fullname")),
        (source, tally) => Xml.Read(source, tally, xml => new Reader(xml, tally).ReadRoot()),
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

    private sealed class Reader(Xml xml, FileTally tally)
    {
        private long _suiteFailures;

        public void ReadRoot()
        {
            xml.Watch(tally, "test-case", "test-suite", "failure");
            var (element, line) = (xml.Reader.LocalName, xml.Line);
            var (total, passed, failed) = (Claim("total"), Claim("passed"), Claim("failed"));
            var warnings = Claim("warnings") ?? 0;
            var isFailed = IsFailed(line);
            if (element == "test-suite")
                ReadSuite(0);
            else
                xml.ForEachChild(tally, child => ReadChild(child, 0));
            if (isFailed && tally.ReadFailing + _suiteFailures == 0)
                tally.Add(Severity.Error, $"<{element}> says that the run failed, and none of its cases did", line);
            ClaimedTotals.Compare(tally, $"<{element}>", "tests", total, line, tally.Read);
            // NUnit has a figure of its own for warnings; here they have passed.
            ClaimedTotals.Compare(tally, $"<{element}>", "passed", passed, line, tally.ReadPassed, tally.ReadPassed - warnings);
            ClaimedTotals.Compare(tally, $"<{element}>", "failed", failed, line, tally.ReadFailing);

            long? Claim(string name) => ClaimedTotals.Count(tally, $"<{element}>", name, xml.Attribute(name), line);
        }

        private void ReadChild(string element, int depth)
        {
            if (element == "test-suite" && depth < MostDepth)
                ReadSuite(depth + 1);
            else if (element == "test-case")
                ReadCase();
        }

        private void ReadSuite(int depth)
        {
            xml.Take();
            var (line, name, site) = (xml.Line, xml.Attribute("fullname") ?? xml.Attribute("name"), xml.Attribute("site"));
            var isFailed = IsFailed(line);
            var before = tally.ReadFailing + _suiteFailures;
            string? message = null;
            tally.Suites++;
            xml.ForEachChild(tally, element =>
            {
                if (element == "failure")
                    (isFailed, message) = (true, ReadFailure().Message);
                else
                    ReadChild(element, depth);
            });
            // A suite fails with its cases, or by itself in its set-up or tear-down.
            if (!isFailed || tally.ReadFailing + _suiteFailures > before)
                return;
            _suiteFailures++;
            tally.Add(Severity.Error, $"suite '{Text.Cut(name, 200)}' failed in its {site ?? "own code"}: {Text.FirstLine(message)}", line);
        }

        private bool IsFailed(int line) => xml.Attribute("result") is not null && Outcome(line) > TestOutcome.Skipped;

        private void ReadCase()
        {
            xml.Take();
            var line = xml.Line;
            var className = Text.Cut(xml.Attribute("classname"), ResultLimits.Name);
            var test = new TestCase(Text.Cut(xml.Attribute("fullname") ?? xml.Attribute("name"), ResultLimits.Name) ?? "", className ?? "",
                Outcome(line))
            {
                ClassName = className,
                Duration = Numbers.Seconds(xml.Attribute("duration") ?? xml.Attribute("time"), commaIsDecimal: true),
                FileLine = line,
            };
            List<string> tags = [];
            xml.ForEachChild(tally, element =>
            {
                if (element is "failure" or "reason")
                    test = WithFailure(test, ReadFailure(), isFailure: element == "failure");
                else if (element == "properties")
                    xml.ForEachChild(_ => AddTag(tags));
            });
            tally.Add(test with { Tags = tags });
        }

        private static TestCase WithFailure(TestCase test, (string? Message, string? Details) found, bool isFailure) => test with
        {
            Message = found.Message,
            Details = found.Details,
            Outcome = isFailure && !test.IsFailing ? TestOutcome.Failed : test.Outcome,
        };

        private TestOutcome Outcome(int line)
        {
            // NUnit's own text of a state joins result and label with a colon, and puts the place of a suite's failure in brackets.
            var (result, label) = (xml.Attribute("result")?.TrimEnd(')').Replace('(', ':'), xml.Attribute("label"));
            var states = Format.States;
            return states.TryGet($"{result}:{label}", out var labelled) ? labelled : states.TryGet(result ?? "", out var whole)
                ? whole
                : states.Of(result?.Split(':')[0], tally, line);
        }

        private (string? Message, string? Details) ReadFailure()
        {
            xml.Take();
            string? message = null;
            string? details = null;
            xml.ForEachChild(element =>
            {
                if (element == "message")
                    message = xml.ReadText(ResultLimits.Message)?.Trim();
                else if (element == "stack-trace")
                    details = xml.ReadText(tally.DetailsLimit)?.TrimEnd();
            });
            return (message, details);
        }

        private void AddTag(List<string> tags)
        {
            if (xml.Attribute("name") == "Category" && xml.Attribute("value") is { } category)
                tags.Add(category);
        }
    }
}
