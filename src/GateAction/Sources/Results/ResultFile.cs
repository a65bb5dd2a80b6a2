using System.Xml;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results;

/// <summary>Reads one file whatever it is; every fault of the file becomes a problem of its tally.</summary>
internal static class ResultFile
{
    public static FileTally Read(ResultSource source, TestFilter filter)
    {
        var tally = new FileTally(source.Name, filter, source.Length);
        try
        {
            ReadContent(source, tally);
        }
        catch (XmlException exception)
        {
            tally.Add(Severity.Unreadable, XmlFault.Describe(exception), exception.LineNumber, exception.LinePosition);
        }
        catch (FormatFaultException exception)
        {
            tally.Add(Severity.Unreadable, exception.Message, exception.Line, exception.Column);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            tally.Add(Severity.Unreadable, $"the file cannot be read: {exception.Message}");
        }
        return tally;
    }

    /// <summary>True for a file that some format recognises.</summary>
    public static bool IsKnown(ResultSource source)
    {
        try
        {
            return FormatOf(source, FileHead.Of(source)) is not null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // What tells the format of JSON may stand behind a list that is longer than the head.
    private static ResultFormat? FormatOf(ResultSource source, FileHead head) =>
        ResultFormats.Find(head) ?? (head.IsPartOfJson ? ResultFormats.Find(head.WithAllKeys(source)) : null);

    private static void ReadContent(ResultSource source, FileTally tally)
    {
        var head = FileHead.Of(source);
        if (head.IsEmpty)
        {
            tally.Add(Severity.Unreadable, "the file is empty: the test run wrote nothing", 1);
            return;
        }
        var format = FormatOf(source, head);
        if (format is null)
        {
            tally.Add(Severity.Unreadable,
                $"the file is {Describe(head)}; known are {string.Join(", ", ResultFormats.All.Select(known => known.Title))}", 1);
            return;
        }
        tally.Format = format.Name;
        format.Read(source, tally);
        // Formats without suites of their own, such as RSpec's: then each owner of cases is one.
        if (tally.Suites == 0)
            tally.Suites = tally.SuitesWithCases;
        if (tally.IsEmpty)
            tally.Add(Severity.Warning, "the file has no test cases");
    }

    private static string Describe(FileHead head) => head switch
    {
        { Root: { } root } => $"XML with the root element <{Text.Cut(root, 60)}>, no format of test results",
        { Keys.Count: > 0 } =>
            $"JSON with the keys "
            + $"{string.Join(", ", head.Keys.Where(key => !key.Contains('.')).Take(6).Select(key => $"'{Text.Cut(key, 40)}'"))}, no "
            + "format of test results",
        _ when head.Text.AsSpan().TrimStart().StartsWith("<") => "XML that breaks off or is damaged before its root element ends",
        _ => "in no known format of test results",
    };
}
