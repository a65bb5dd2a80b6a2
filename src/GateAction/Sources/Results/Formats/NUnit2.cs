using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>NUnit 2's results: <c>test-results</c>, or a <c>test-suite</c> alone. Old versions tell the state by <c>executed</c> and
/// <c>success</c> only.</summary>
internal static class NUnit2
{
    private const int MostDepth = 256;

    public static ResultFormat Format { get; } = new(
        "nunit2",
        "NUnit 2",
        head => head.Root == "test-results" || (head.Root == "test-suite" && !head.RootAttributes.ContainsKey("fullname")),
        (source, tally) => Xml.Read(source, tally, xml => new Reader(xml, tally).ReadRoot()),
        new StateTable(
            "result",
            new("Success", TestOutcome.Passed),
            new("Failure", TestOutcome.Failed),
            new("Error", TestOutcome.Error),
            new("Cancelled", TestOutcome.Error),
            new("NotRunnable", TestOutcome.Error, "the test itself is wrong, so it could not run"),
            new("Invalid", TestOutcome.Error),
            new("Ignored", TestOutcome.Skipped),
            new("Skipped", TestOutcome.Skipped),
            new("Inconclusive", TestOutcome.Skipped),
            new("executed=False", TestOutcome.Skipped, "without a result"),
            new("success=False", TestOutcome.Failed, "without a result"),
            new("failure element", TestOutcome.Failed, "without a result"),
            new("(none of these)", TestOutcome.Passed)));

    private sealed class Reader(Xml xml, FileTally tally)
    {
        private long _notRun;
        private long _invalid;
        private long _suiteFailures;

        public void ReadRoot()
        {
            xml.Watch(tally, "test-case", "test-suite", "failure");
            var line = xml.Line;
            var (element, where) = (xml.Reader.LocalName, $"<{xml.Reader.LocalName}>");
            var (total, errors, failures) = (Claim("total"), Claim("errors"), Claim("failures"));
            ReadChildren(element, 0);
            // What did not run has a figure of its own ('not-run'), and may be in the total or not.
            ClaimedTotals.Compare(tally, where, "tests", total, line, tally.Read, tally.Read - _notRun);
            ClaimedTotals.Compare(tally, where, "failures and errors", errors + failures ?? failures, line, tally.ReadFailing,
                tally.ReadFailing - _invalid);

            long? Claim(string name) => ClaimedTotals.Count(tally, where, name, xml.Attribute(name), line);
        }

        private void ReadChildren(string element, int depth)
        {
            if (element == "test-suite" && depth < MostDepth)
                ReadSuite(depth);
            else if (element == "test-case")
                ReadCase();
            else if (depth < MostDepth && element is "test-results" or "results")
                xml.ForEachChild(tally, child => ReadChildren(child, depth + 1));
            else if (element is not ("environment" or "culture-info" or "categories" or "properties" or "reason"))
                UnknownElement.Report(tally, element, Format.Title, xml.Line);
        }

        private void ReadSuite(int depth)
        {
            xml.Take();
            tally.Suites++;
            var (line, name, result) = (xml.Line, xml.Attribute("name"), xml.Attribute("result"));
            var isFailed = Says(xml.Attribute("success"), "false") && !Says(xml.Attribute("executed"), "false");
            if (result is not null && Format.States.Of(result, tally, line) > TestOutcome.Skipped)
                isFailed = true;
            var before = tally.ReadFailing + _suiteFailures;
            string? message = null;
            xml.ForEachChild(tally, element =>
            {
                if (element == "failure")
                    (isFailed, message) = (true, ReadReason().Message);
                else
                    ReadChildren(element, depth + 1);
            });
            // A suite fails with its cases, or by itself in its set-up or tear-down.
            if (!isFailed || tally.ReadFailing + _suiteFailures > before)
                return;
            _suiteFailures++;
            tally.Add(Severity.Error,
                $"suite '{Text.Cut(name, 200)}' failed although none of its cases did: {Text.FirstLine(message) ?? "it does not say why"}",
                line);
        }

        private void ReadCase()
        {
            xml.Take();
            var line = xml.Line;
            var (result, executed, success) = (xml.Attribute("result"), xml.Attribute("executed"), xml.Attribute("success"));
            var name = Text.Cut(xml.Attribute("name"), ResultLimits.Name) ?? "";
            // NUnit separates no thousands: a comma is the decimal sign of the culture in which the tests ran.
            var duration = Numbers.Seconds(xml.Attribute("time"), commaIsDecimal: true);
            var (hasFailure, message, details) = (false, (string?)null, (string?)null);
            List<string> tags = [];
            xml.ForEachChild(tally, element =>
            {
                hasFailure |= element == "failure";
                if (element is "failure" or "reason")
                    (message, details) = ReadReason();
                else if (element == "categories")
                    xml.ForEachChild(_ => tags.Add(xml.Attribute("name") ?? ""));
            });
            var outcome = Outcome(result, Says(executed, "false"), Says(success, "false"), hasFailure, line);
            _notRun += Says(executed, "false") ? 1 : 0;
            _invalid += result is "NotRunnable" or "Invalid" ? 1 : 0;
            tally.Add(new TestCase(name, ClassOf(name), outcome)
            { Message = message, Details = details, Duration = duration, Tags = tags, FileLine = line });
        }

        private TestOutcome Outcome(string? result, bool isNotExecuted, bool isNoSuccess, bool hasFailure, int line)
        {
            if (result is not null)
            {
                var stated = Format.States.Of(result, tally, line);
                // Of two things that a case says the worse counts.
                if (stated < TestOutcome.Failed && (hasFailure || (isNoSuccess && stated == TestOutcome.Passed)))
                    return TestOutcome.Failed;
                return stated == TestOutcome.Passed && isNotExecuted ? TestOutcome.Skipped : stated;
            }
            return hasFailure || (isNoSuccess && !isNotExecuted) ? TestOutcome.Failed : isNotExecuted
                ? TestOutcome.Skipped
                : TestOutcome.Passed;
        }

        private (string? Message, string? Details) ReadReason()
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

        private static bool Says(string? value, string expected) => string.Equals(value, expected, StringComparison.OrdinalIgnoreCase);

        // Names are qualified by their class; parameters may hold dots of their own.
        private static string ClassOf(string name)
        {
            var end = name.IndexOf('(', StringComparison.Ordinal);
            var dot = name.LastIndexOf('.', (end < 0 ? name.Length : end) - 1 is var last && last < 0 ? 0 : last);
            return dot > 0 ? name[..dot] : "";
        }
    }
}
