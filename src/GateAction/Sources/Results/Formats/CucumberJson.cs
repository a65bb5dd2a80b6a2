using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>
/// The JSON of Cucumber in its languages, of behave and of pytest-bdd: features, in them scenarios, in them steps. A scenario comes to the
/// worst of its steps, its hooks and the steps of the background before it.
/// </summary>
internal static class CucumberJson
{
    public static ResultFormat Format { get; } = new(
        "cucumber",
        "Cucumber JSON",
        head => head.HasKeys("[].keyword") && (head.HasKeys("[].elements") || head.HasKeys("[].uri") || head.HasKeys("[].location")),
        (source, tally) => JsonStream.Read(source, json => json.ForEachElement(() => ReadFeature(json, tally))),
        new StateTable(
            "status of a step, hook or scenario",
            new("passed", TestOutcome.Passed),
            new("failed", TestOutcome.Failed),
            new("skipped", TestOutcome.Skipped),
            new("pending, undefined, ambiguous", TestOutcome.Error, "no code, or too much, belongs to the step"),
            new("untested, unknown, unused", TestOutcome.Error, "it did not run"),
            new("error, hook_error, cleanup_error", TestOutcome.Error),
            new("(an empty list of steps)", TestOutcome.Skipped, "nothing was judged"),
            new("passed without a step that has a result", TestOutcome.Skipped, "nothing was judged: hooks alone do not"),
            new("(no list of steps)", TestOutcome.Error)));

    // What names a feature may stand after its scenarios. Of one with very many they are not held for it.
    private static void ReadFeature(JsonStream json, FileTally tally)
    {
        var (held, name, file) = (new List<JsonData>(), "", (string?)null);
        var (status, line, before) = (JsonData.Missing, json.Line, tally.ReadFailing);
        var feature = new Feature(tally);
        var hasScenarios = false;
        tally.Suites++;
        json.ForEachField(field =>
        {
            switch (field)
            {
                case "elements":
                    hasScenarios = true;
                    json.ForEachItem(element => Hold(element));
                    break;
                case "name":
                    name = json.Value().Text ?? "";
                    break;
                case "uri" or "location":
                    file ??= json.Value().Text;
                    break;
                case "status":
                    status = json.Value();
                    break;
            }
        });
        held.ForEach(element => feature.Add(element, name, file));
        feature.Finish(name, file);
        if (!hasScenarios)
            tally.Add(Severity.Warning, $"feature '{Text.Cut(name, 200)}' has no scenarios", line);
        // A hook around the whole feature, such as behave's after_feature, may fail with no scenario that failed.
        if (status.Text is { } word && Format.States.Of(word, tally, status.Line) > TestOutcome.Skipped && tally.ReadFailing == before)
            tally.Add(Severity.Error, $"feature '{Text.Cut(name, 200)}' is '{Text.Cut(word, 40)}' although none of its scenarios failed",
                line);

        void Hold(JsonData element)
        {
            if (held.Count < ResultLimits.Failures)
                held.Add(element);
            else
                feature.Add(element, name, file);
        }
    }

    private sealed class Feature(FileTally tally)
    {
        private JsonData? _background;

        public void Add(JsonData element, string feature, string? file)
        {
            if (element["type"].Text == "background" || (element["type"].Text is null && element["keyword"].Text == "Background"))
            {
                Finish(feature, file);
                _background = element;
                return;
            }
            Count(element, _background, feature, file);
            _background = null;
        }

        /// <summary>Counts a background that no scenario follows.</summary>
        public void Finish(string feature, string? file)
        {
            // Where its steps passed no test stands behind it. Where one of them failed, no case would tell of it.
            if (_background is { } alone && Worst(alone, null).Outcome > TestOutcome.Skipped)
                Count(alone, null, feature, file);
            _background = null;
        }

        private void Count(JsonData element, JsonData? background, string feature, string? file)
        {
            var (outcome, message) = Worst(element, background);
            tally.Add(new TestCase(element["name"].Text ?? "", feature, outcome)
            {
                File = FileOf(file),
                Line = element["line"].SourceLine,
                Duration = Steps(element).Concat(background is null ? [] : Steps(background))
                    .Aggregate(TimeSpan.Zero, (sum, step) => sum + Time(step)),
                Message = outcome == TestOutcome.Passed ? null : Text.Cut(Text.FirstLine(message), ResultLimits.Message),
                Details = outcome is TestOutcome.Failed or TestOutcome.Error ? message : null,
                // behave writes a tag as a text, Cucumber as an object with a name.
                Tags = [.. element["tags"].Items.Select(tag => tag.Text ?? tag["name"].Text).OfType<string>()],
                FileLine = element.Line,
            });
        }

        private (TestOutcome Outcome, string? Message) Worst(JsonData element, JsonData? background)
        {
            var parts = Steps(element).Concat(background is null ? [] : Steps(background)).ToList();
            var (worst, message) = element["status"].Text is { } stated
                ? (Format.States.Of(stated, tally, element.Line), (string?)null)
                : (parts.Count > 0 ? TestOutcome.Passed : element["steps"].IsList ? TestOutcome.Skipped : TestOutcome.Error, null);
            // behave says 'passed' of a scenario without steps, and hooks alone judge nothing.
            if (worst == TestOutcome.Passed && !HasJudged(element) && !(background is not null && HasJudged(background)))
                worst = TestOutcome.Skipped;
            foreach (var part in parts)
            {
                // behave writes no result for what it did not come to, and says it of the scenario.
                if (part["result"].IsMissing && element["status"].Text is not null)
                    continue;
                var outcome = Format.States.Of(part["result"]["status"].Text, tally, part.Line);
                // behave writes the lines of a message as a list.
                var text = part["result"]["error_message"] is { IsList: true } lines
                    ? string.Join('\n', lines.Items.Select(line => line.Text))
                    : part["result"]["error_message"].Text;
                message = outcome >= worst && text is not null ? text : message ?? text;
                worst = outcome > worst ? outcome : worst;
            }
            return (worst, message);
        }

        // Cucumber.js writes hooks as hidden steps.
        private static bool HasJudged(JsonData element) =>
            element["steps"].Items.Any(step => !step["result"].IsMissing && step["hidden"].Flag is not true);

        // Hooks stand around the scenario, and in some languages around each step.
        private static IEnumerable<JsonData> Steps(JsonData element) => element["before"].Items
            .Concat(element["steps"].Items.SelectMany(step => step["before"].Items.Append(step).Concat(step["after"].Items)))
            .Concat(element["after"].Items);

        // Nanoseconds, but seconds for behave, which writes a fraction.
        private static TimeSpan Time(JsonData step) => step["result"]["duration"].Number switch
        {
            { } number when double.IsInteger(number) => Numbers.FromSeconds(number / 1e9) ?? TimeSpan.Zero,
            { } number => Numbers.FromSeconds(number) ?? TimeSpan.Zero,
            null => TimeSpan.Zero,
        };

        // behave writes 'a.feature:3'.
        private static string? FileOf(string? place) =>
            place is not null && place.LastIndexOf(':') is > 0 and var colon
            && place.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? place[..colon] : place;
    }
}
