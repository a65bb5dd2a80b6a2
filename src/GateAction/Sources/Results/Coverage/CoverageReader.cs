using System.Xml;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Coverage;

/// <summary>Reads coverage files one into another; every fault of a file becomes a problem.</summary>
internal static class CoverageReader
{
    public static void Read(ResultSource source, CoverageTally tally)
    {
        try
        {
            var head = FileHead.Of(source);
            if (head.IsEmpty)
                tally.Add($"{source.Name}: is empty");
            else if (CoverageFormats.All.FirstOrDefault(format => format.Recognises(head)) is { } format)
                format.Read(source, tally);
            else
                tally.Add($"{source.Name}: is no coverage report; known are {string.Join(", ", CoverageFormats.All.Select(known => known.Title))}");
        }
        catch (XmlException exception)
        {
            tally.Add($"{source.Name}:{exception.LineNumber}: {XmlFault.Describe(exception)}");
        }
        catch (FormatFaultException exception)
        {
            tally.Add($"{source.Name}:{exception.Line}: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            tally.Add($"{source.Name}: cannot be read: {exception.Message}");
        }
    }
}
