using System.Xml;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Coverage;

/// <summary>Opens an XML document of coverage. These producers do write a DOCTYPE: it is skipped, and an entity in the text is still
/// refused.</summary>
internal static class CoverageXml
{
    public static void Read(CoverageReport report, Action<Xml> read)
    {
        using var xml = new Xml(report.Source, DtdProcessing.Ignore);
        xml.Reader.MoveToContent();
        read(xml);
        // To the end of the file: behind the root element there may be damage, on which the reader throws.
        while (xml.Reader.Read())
        {
        }
    }

    /// <summary>A whole number from 0; null where the attribute is not there. What is no count is a problem.</summary>
    public static long? Count(Xml xml, string attribute, CoverageReport report)
    {
        if (xml.Attribute(attribute) is not { } text)
            return null;
        if (Numbers.Count(text) is { } count)
            return count;
        report.Damaged($"{attribute}='{CoverageReport.Shown(text)}' is no count", xml.Line);
        return null;
    }
}
