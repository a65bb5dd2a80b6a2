using System.Xml;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Coverage;

/// <summary>Opens an XML document of coverage. These producers do write a DOCTYPE: it is skipped, and an entity in the text is still refused.</summary>
internal static class CoverageXml
{
    public static void Read(ResultSource source, Action<Xml> read)
    {
        using var xml = new Xml(source, DtdProcessing.Ignore);
        xml.Reader.MoveToContent();
        read(xml);
        while (xml.Reader.Read())
        {
        }
    }
}
