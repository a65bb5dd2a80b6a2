using System.Globalization;
using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>Robot Framework's <c>output.xml</c>: suites that nest, in them tests, in them keywords, each with a status of its own; that of
/// the test counts.</summary>
internal static class RobotXml
{
    private const int MostDepth = 256;

    public static ResultFormat Format { get; } = new(
        "robot",
        "Robot Framework",
        head => head.Root == "robot",
        (source, tally) => Xml.Read(source, tally, xml => new Reader(xml, tally).ReadRoot()),
        new StateTable(
            "status",
            new("PASS", TestOutcome.Passed),
            new("PASS merged over FAIL", TestOutcome.Flaky, "`rebot --merge`: it passed when it was run again"),
            new("PASS over keywords that are all NOT RUN", TestOutcome.Skipped, "`--dryrun`: nothing ran"),
            new("FAIL", TestOutcome.Failed),
            new("SKIP", TestOutcome.Skipped),
            new("NOT RUN, NOT_RUN", TestOutcome.Error),
            new("(no status)", TestOutcome.Error, "it never ended")));

    private sealed class Reader(Xml xml, FileTally tally)
    {
        private long _suiteFailures;
        private long? _passed;
        private long? _failed;
        private int _statisticsLine;
        private long _unrun;
        private (long All, long Ran) _steps;

        public void ReadRoot()
        {
            xml.Watch(tally, "test");
            xml.ForEachChild(element =>
            {
                if (element == "suite")
                    ReadSuite("", 0);
                else if (element == "statistics")
                    ReadStatistics();
                else if (element == "errors")
                    ReadErrors();
            });
            if (_passed is null && _failed is null)
                tally.Add(Severity.Error, "the file has no <statistics>: the run did not end");
            // The statistics of a dry run count as passed what did not run.
            ClaimedTotals.Compare(tally, "<statistics>", "passed", _passed, _statisticsLine, tally.ReadPassed, tally.ReadPassed + _unrun);
            ClaimedTotals.Compare(tally, "<statistics>", "failed", _failed, _statisticsLine, tally.ReadFailing);
        }

        private void ReadSuite(string around, int depth)
        {
            var (line, title) = (xml.Line, xml.Attribute("name") ?? "");
            var name = Text.Cut(around.Length == 0 ? title : $"{around}.{title}", ResultLimits.Name);
            var file = xml.Attribute("source");
            var before = tally.ReadFailing + _suiteFailures;
            var (outcome, message) = ((TestOutcome?)null, (string?)null);
            tally.Suites++;
            xml.ForEachChild(element =>
            {
                if (element == "suite" && depth < MostDepth)
                    ReadSuite(name, depth + 1);
                else if (element == "test")
                    ReadTest(name, file);
                else if (element == "status")
                    (outcome, message) = ReadStatus();
            });
            if (outcome is null)
                tally.Add(Severity.Error, $"suite '{Text.Cut(name, 200)}' has no status: it never ended", line);
            // The tear-down of a suite fails after its tests, which the file leaves as they were.
            if (outcome is not (TestOutcome.Failed or TestOutcome.Error) || tally.ReadFailing + _suiteFailures > before)
                return;
            _suiteFailures++;
            tally.Add(Severity.Error,
                $"suite '{Text.Cut(name, 200)}' failed although none of its tests did: {Text.FirstLine(message) ?? "it does not say why"}",
                line);
        }

        private void ReadTest(string suite, string? file)
        {
            xml.Take();
            var (line, name, at) =
                (xml.Line, Text.Cut(xml.Attribute("name"), ResultLimits.Name) ?? "", Numbers.Line(xml.Attribute("line")));
            var (outcome, message, time) = (TestOutcome.Error, (string?)"it has no status: it never ended", (TimeSpan?)null);
            List<string> tags = [];
            _steps = default;
            xml.ForEachChild(element =>
            {
                if (element == "status")
                {
                    time = Time();
                    (outcome, message) = ReadStatus();
                }
                else if (element == "tag")
                {
                    tags.Add(xml.ReadText(ResultLimits.Name)?.Trim() ?? "");
                }
                // Before version 4; since then tags stand in the test itself.
                else if (element == "tags")
                {
                    xml.ForEachChild(_ => tags.Add(xml.ReadText(ResultLimits.Name)?.Trim() ?? ""));
                }
                else
                {
                    ReadStep(0);
                }
            });
            var isUnrun = outcome == TestOutcome.Passed && _steps is { All: > 0, Ran: 0 };
            _unrun += isUnrun ? 1 : 0;
            // 'rebot --merge' tells of the earlier result in the text of the message only.
            var isRerun = outcome == TestOutcome.Passed
                && message?.Contains("re-executed and results merged", StringComparison.Ordinal) == true
                && message.Contains("FAIL", StringComparison.Ordinal);
            tally.Add(new TestCase(name, suite, isUnrun ? TestOutcome.Skipped : isRerun ? TestOutcome.Flaky : outcome)
            {
                File = file,
                Line = at,
                Duration = time,
                Message = outcome == TestOutcome.Passed ? null : message,
                Tags = tags,
                FileLine = line,
            });
        }

        // A keyword of keywords has a status of its own, also in a dry run: what is at the end of the tree tells whether anything ran.
        private void ReadStep(int depth)
        {
            var (hasSteps, status) = (false, (string?)null);
            xml.ForEachChild(element =>
            {
                if (element == "status")
                {
                    status = xml.Attribute("status");
                }
                else if (depth < MostDepth && element is "kw" or "for" or "while" or "iter" or "if" or "branch" or "try" or "group")
                {
                    hasSteps = true;
                    ReadStep(depth + 1);
                }
            });
            if (hasSteps || status is null)
                return;
            _steps = (_steps.All + 1, _steps.Ran + (status is "NOT RUN" or "NOT_RUN" ? 0 : 1));
        }

        private (TestOutcome, string?) ReadStatus()
        {
            var outcome = Format.States.Of(xml.Attribute("status"), tally, xml.Line);
            return (outcome, xml.ReadText(ResultLimits.Message)?.Trim());
        }

        // Since version 7 'elapsed' in seconds, before it two times.
        private TimeSpan? Time()
        {
            if (xml.Attribute("elapsed") is { } elapsed)
                return Numbers.Seconds(elapsed);
            return At("starttime") is { } from && At("endtime") is { } to && to >= from ? to - from : null;
        }

        private DateTime? At(string attribute) =>
            DateTime.TryParseExact(xml.Attribute(attribute), "yyyyMMdd HH:mm:ss.fff", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var time) ? time : null;

        private void ReadStatistics() => xml.ForEachChild(part =>
        {
            if (part != "total")
                return;
            // Old versions count critical tests first and all of them last.
            xml.ForEachChild(_ =>
            {
                _statisticsLine = xml.Line;
                _passed = ClaimedTotals.Count(tally, "<statistics>", "pass", xml.Attribute("pass"), xml.Line);
                _failed = ClaimedTotals.Count(tally, "<statistics>", "fail", xml.Attribute("fail"), xml.Line);
            });
        });

        private void ReadErrors() => xml.ForEachChild(_ =>
        {
            var line = xml.Line;
            tally.Add(Severity.Warning, $"the run reports: {Text.Cut(Text.FirstLine(xml.ReadText(ResultLimits.Message)), 300)}", line);
        });
    }
}
