namespace GateAction.Sources.Results.Reading;

/// <summary>Says that an element is none of its format.</summary>
internal static class UnknownElement
{
    /// <param name="format">The format's title.</param>
    /// <param name="severity">An error where a test may be lost in the element.</param>
    public static void Report(FileTally tally, string element, string format, int line, Severity severity = Severity.Error) =>
        tally.Add(severity, $"<{Text.Cut(element, 50)}> is not an element of {format} and is not read", line);
}
