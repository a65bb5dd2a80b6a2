using System.Xml;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Coverage;

/// <summary>Reads one coverage file; every fault of it becomes a problem of the report.</summary>
internal static class CoverageReader
{
    public static CoverageReport Read(ResultSource source)
    {
        var report = new CoverageReport(source);
        try
        {
            var head = FileHead.Of(source);
            if (head.IsEmpty)
                report.Damaged("is empty", 0);
            else if (CoverageFormats.All.FirstOrDefault(format => format.Recognises(head)) is { } format)
                format.Read(report);
            else
                report.Damaged($"is no coverage report; known are {string.Join(", ", CoverageFormats.All.Select(known => known.Title))}",
                    0);
            report.Close();
        }
        catch (XmlException exception)
        {
            report.Damaged(XmlFault.Describe(exception), exception.LineNumber);
        }
        catch (FormatFaultException exception)
        {
            report.Damaged(exception.Message, exception.Line);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            report.Damaged($"cannot be read: {exception.Message}", 0);
        }
        return report;
    }
}
