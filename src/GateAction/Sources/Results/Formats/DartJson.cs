using System.Text.Json;
using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>
/// The JSON protocol of Dart's and Flutter's test runner (dart-lang/test, json_reporter.md): one event a line. Hidden tests (loading,
/// set-up) count only where they fail.
/// </summary>
internal static class DartJson
{
    public static ResultFormat Format { get; } = new(
        "dart",
        "Dart and Flutter JSON",
        head => head.Text.Split('\n', 200).Any(IsEvent),
        Read,
        new StateTable(
            "result",
            new("success", TestOutcome.Passed),
            new("success with skipped: true", TestOutcome.Skipped),
            new("failure", TestOutcome.Failed),
            new("error", TestOutcome.Error),
            new("testStart without an end", TestOutcome.Error)));

    private static bool IsEvent(string line)
    {
        if (!line.AsSpan().TrimStart().StartsWith("{"))
            return false;
        var keys = FileHead.Of(line).Keys;
        return keys.Contains("type")
            && (keys.Contains("protocolVersion") || keys.Contains("test.id") || (keys.Contains("testID") && keys.Contains("result")));
    }

    private static void Read(ResultSource source, FileTally tally)
    {
        using var stream = source.OpenUtf8();
        var lines = new Utf8Lines(stream);
        var run = new DartRun(tally);
        while (lines.Read())
        {
            var line = lines.Current;
            // Flutter mixes in messages of its daemon, arrays of events of its own.
            if (line.AsSpan().TrimStart((byte)' ') is not [(byte)'{', ..])
                continue;
            try
            {
                var json = new JsonStream([.. line], line.Count, lines.Number);
                json.Advance();
                run.Add(json.Value(), lines.Number);
            }
            // Not the end of the file: the lines that follow may hold a test that failed.
            catch (JsonException)
            {
                tally.Add(Severity.Error, "a line breaks off or is damaged", lines.Number);
            }
        }
        run.Finish(lines.Number);
    }
}
