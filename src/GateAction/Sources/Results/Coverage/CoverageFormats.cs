using System.Xml;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Coverage;

/// <summary>Every format of coverage; the first that recognises a file reads it.</summary>
internal static class CoverageFormats
{
    public static IReadOnlyList<CoverageFormat> All { get; } =
    [
        Cobertura.Format,
        Clover.Format,
        SonarGeneric.Format,
        OpenCover.Format,
        JaCoCo.Format,
        Lcov.Format,
        GoCover.Format,
        SimpleCov.Format,
        LlvmCov.Format,
        CoveragePy.Format,
        Istanbul.Format,
    ];
}

/// <summary>One file format of code coverage.</summary>
/// <param name="WrittenBy">Producers, for the docs.</param>
/// <param name="Counts">What a line and a branch are in it and what its own totals are held against, for the docs.</param>
/// <param name="Recognises">By what only this format has, never by the file's name.</param>
/// <param name="Read">Streams the lines and branches into the report.</param>
internal sealed record CoverageFormat(string Name, string Title, string WrittenBy, string Counts, Func<FileHead, bool> Recognises,
    Action<CoverageReport> Read);

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
                report.Damaged("the file is empty", 0);
            else if (CoverageFormats.All.FirstOrDefault(format => format.Recognises(head)) is { } format)
                format.Read(report);
            else
                report.Damaged(
                    $"the file is no coverage report; known are {string.Join(", ", CoverageFormats.All.Select(known => known.Title))}",
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
            report.Damaged($"the file cannot be read: {exception.Message}", 0);
        }
        return report;
    }
}
