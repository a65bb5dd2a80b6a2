using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>TestNG's <c>testng-results.xml</c>. Methods of the set-up and tear-down count only where they fail.</summary>
internal static class TestNg
{
    private const int MostDepth = 64;

    public static ResultFormat Format { get; } = new(
        "testng",
        "TestNG",
        head => head.Root == "testng-results",
        (source, tally) => Xml.Read(source, tally, xml => new Reader(xml, tally).ReadRoot()),
        new StateTable(
            "status",
            new("PASS", TestOutcome.Passed),
            new("PASS after retried=true", TestOutcome.Flaky),
            new("FAIL", TestOutcome.Failed),
            new("FAIL with is-config=true", TestOutcome.Error),
            new("SKIP", TestOutcome.Skipped),
            new("SUCCESS_PERCENTAGE_FAILURE", TestOutcome.Skipped, "it failed, and the share of its runs that passed is enough"),
            new("CREATED, STARTED", TestOutcome.Error, "it never ended")));

    private sealed class Reader(Xml xml, FileTally tally)
    {
        private readonly Dictionary<string, TestCase> _retried = new(StringComparer.Ordinal);
        private long _attempts;
        private string _class = "";
        private long _configurations;

        public void ReadRoot()
        {
            xml.Watch(tally, "test-method", "exception");
            var line = xml.Line;
            var (total, passed, failed, skipped, ignored) =
                (Claim("total"), Claim("passed"), Claim("failed"), Claim("skipped"), Claim("ignored") ?? 0);
            xml.ForEachChild(tally, element => ReadChild(element, 0));
            foreach (var attempt in _retried.Values)
                tally.Add(attempt);
            // No other attempt followed these, so they have become cases.
            _attempts -= _retried.Count;
            var read = tally.Read - _configurations;
            var notJudged = tally.Read - tally.ReadPassed - tally.ReadFailing;
            ClaimedTotals.Compare(tally, "<testng-results>", "tests", total, line, read, read + ignored, read + _attempts,
                read + ignored + _attempts);
            ClaimedTotals.Compare(tally, "<testng-results>", "passed", passed, line, tally.ReadPassed);
            ClaimedTotals.Compare(tally, "<testng-results>", "failed", failed, line, tally.ReadFailing - _configurations,
                tally.ReadFailing);
            ClaimedTotals.Compare(tally, "<testng-results>", "skipped", skipped, line, notJudged, notJudged + _attempts);

            long? Claim(string name) => ClaimedTotals.Count(tally, "<testng-results>", name, xml.Attribute(name), line);
        }

        private void ReadChild(string element, int depth)
        {
            switch (element)
            {
                case "test-method":
                    ReadMethod();
                    break;
                case "suite" or "test" or "class" when depth < MostDepth:
                    tally.Suites += element == "class" ? 1 : 0;
                    var name = xml.Attribute("name");
                    _class = element == "class" ? Text.Cut(name, ResultLimits.Name) ?? "" : _class;
                    xml.ForEachChild(tally, child => ReadChild(child, depth + 1));
                    break;
                case "reporter-output" or "groups":
                    break;
                default:
                    UnknownElement.Report(tally, element, Format.Title, xml.Line);
                    break;
            }
        }

        private void ReadMethod()
        {
            xml.Take();
            var (line, signature) = (xml.Line, xml.Attribute("signature") ?? $"{_class}.{xml.Attribute("name")}");
            var isConfiguration = Says("is-config");
            var isRetried = Says("retried");
            var outcome = Format.States.Of(xml.Attribute("status"), tally, line);
            var test = new TestCase(Text.Cut(xml.Attribute("name"), ResultLimits.Name) ?? "", _class, outcome)
            {
                Duration = double.TryParse(xml.Attribute("duration-ms"), System.Globalization.CultureInfo.InvariantCulture, out var time)
                    ? Numbers.FromMilliseconds(time)
                    : null,
                FileLine = line,
            };
            xml.ForEachChild(tally, element =>
            {
                if (element == "exception")
                    test = ReadException(test);
                else if (element == "params")
                    test = test with { Name = test.Name + Parameters() };
            });
            if (isConfiguration)
                CountConfiguration(test);
            // The name has the parameters by now: each row of a data provider is retried by itself.
            else if (isRetried && test.Outcome != TestOutcome.Passed)
                Retry(signature + test.Name, test);
            else
                tally.Add(_retried.Remove(signature + test.Name)
                    && test.Outcome == TestOutcome.Passed ? test with { Outcome = TestOutcome.Flaky } : test);
        }

        // An attempt that another follows; where none does it counts as it stands.
        private void Retry(string test, TestCase attempt)
        {
            _attempts++;
            _retried[test] = attempt;
        }

        private void CountConfiguration(TestCase method)
        {
            if (!method.IsFailing)
                return;
            _configurations++;
            tally.Add(method with { Outcome = TestOutcome.Error });
        }

        private string Parameters()
        {
            var values = new List<string>();
            xml.ForEachChild(_ => values.Add(Text.Cut(xml.ReadText(100)?.Trim(), 100) ?? ""));
            return values.Count == 0 ? "" : $"({string.Join(", ", values.Take(10))})";
        }

        private TestCase ReadException(TestCase test)
        {
            xml.Take();
            var type = xml.Attribute("class");
            xml.ForEachChild(element => test = element switch
            {
                "message" => test with { Message = xml.ReadText(ResultLimits.Message)?.Trim() },
                "full-stacktrace" => test with { Details = xml.ReadText(tally.DetailsLimit)?.Trim() },
                _ => test,
            });
            return test with { Message = test.Message ?? type };
        }

        private bool Says(string attribute) => string.Equals(xml.Attribute(attribute), "true", StringComparison.OrdinalIgnoreCase);
    }
}
