using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>
/// Test Anything Protocol 12, 13 and 14 (testanything.org), and that of the Linux kernel (KTAP). Of a test point with subtests the subtests
/// count, not the point around them.
/// </summary>
internal static class Tap
{
    public static ResultFormat Format { get; } = new(
        "tap",
        "TAP",
        Recognises,
        Read,
        new StateTable(
            "test point",
            new("ok", TestOutcome.Passed),
            new("ok # SKIP", TestOutcome.Skipped),
            new("ok # TODO", TestOutcome.Skipped, "nobody relies on it yet"),
            new("ok with a script's full path for a name", TestOutcome.Skipped, "node:test: no test of that file was reported"),
            new("1..0 # SKIP", TestOutcome.Skipped, "a file that skips all its tests is one skipped case"),
            new("not ok", TestOutcome.Failed),
            new("not ok # SKIP", TestOutcome.Failed),
            new("not ok # TODO", TestOutcome.Skipped, "known not to work yet")));

    public static TestOutcome Outcome(bool isOk, TapDirective directive) => Format.States.TryGet(
        (isOk ? "ok" : "not ok") + directive switch { TapDirective.Skip => " # SKIP", TapDirective.Todo => " # TODO", _ => "" },
        out var outcome)
        ? outcome
        : TestOutcome.Error;

    private static void Read(ResultSource source, FileTally tally)
    {
        using var text = source.OpenText();
        var (lines, reader) = (new TextLines(text), new TapReader(tally));
        while (lines.Read() is { } line)
        {
            // What stands behind the cut, such as a directive, would have decided what the point means.
            if (lines.IsCut && line.Trim() is var start && (start.Length == 0 || TapPoint.Parse(start) is not null))
                tally.Add(Severity.Error, $"a test point is longer than {TextLines.Longest:N0} characters", lines.Number);
            reader.Add(line, lines.Number);
        }
        reader.Finish(lines.Number);
        Decoded.Report(source, text, tally);
    }

    private static bool Recognises(FileHead head)
    {
        if (head.Root is not null)
            return false;
        var lines = head.Text.Split('\n', 60).Take(59).Select(line => line.TrimEnd()).ToArray();
        return lines.Any(line => line.StartsWith("TAP version ", StringComparison.OrdinalIgnoreCase)
            || line.StartsWith("KTAP version ", StringComparison.Ordinal) || TapPlan.Parse(line) is not null
            || IsPoint(line));
    }

    // Many texts have a line that begins with 'ok', such as what 'go test' prints; a point has a number or a dash.
    private static bool IsPoint(string line) =>
        TapPoint.Parse(line) is { } point
        && (point.Number is not null || line.Contains("ok - ", StringComparison.Ordinal) || line is "ok" or "not ok");
}
