using System.Text.RegularExpressions;
using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Formats;

/// <summary>A test point whose YAML block may still follow.</summary>
internal sealed partial record TapCase(TapPoint Point, TestOutcome Outcome, int Line)
{
    /// <param name="yaml">The block after the point; message, file, line and duration are taken where they stand on a line of their
    /// own.</param>
    public TestCase ToTest(string yaml) => new(Name(), "", Outcome)
    {
        Message = Outcome == TestOutcome.Passed ? null : Point.Reason ?? Field(yaml, Message()),
        Details = Outcome == TestOutcome.Passed || yaml.Length == 0 ? null : yaml,
        File = Field(yaml, File()),
        Line = Numbers.Line(Field(yaml, LineNumber())),
        Duration = double.TryParse(Field(yaml, Duration()), System.Globalization.CultureInfo.InvariantCulture, out var milliseconds)
            ? Numbers.FromMilliseconds(milliseconds)
            : Point.Duration,
        FileLine = Line,
    };

    private string Name() =>
        Point.Description.Length > 0
        ? Text.Cut(Point.Description, ResultLimits.Name)
        : $"test {Point.Number?.ToString() ?? $"on line {Line}"}";

    private static string? Field(string yaml, Regex pattern) =>
        pattern.Match(yaml) is { Success: true } match
        ? Text.Cut(match.Groups["value"].Value.Trim().Trim('\'', '"'), ResultLimits.Message)
        : null;

    // A value that is only '|', '>' or these with '-' says that the text begins on the next line (YAML 1.2, block scalars).
    [GeneratedRegex("""^[ \t]*(message|error):\s*(?![|>]-?\s*$)(?<value>\S.*)$""",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Message();

    [GeneratedRegex("""^[ \t]*file:\s*(?<value>\S.*)$""",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex File();

    [GeneratedRegex("""^[ \t]*line:\s*(?<value>\d+)\s*$""",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex LineNumber();

    // As node:test writes it.
    [GeneratedRegex("""^[ \t]*duration_ms:\s*(?<value>[0-9.]+)\s*$""",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Duration();
}
