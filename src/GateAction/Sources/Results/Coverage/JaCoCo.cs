using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Coverage;

/// <summary>JaCoCo XML (jacoco.org, report.dtd): packages with source files and their lines; groups nest in reports of several modules.</summary>
internal static class JaCoCo
{
    private const int MostDepth = 64;

    public static CoverageFormat Format { get; } = new(
        "jacoco",
        "JaCoCo",
        head => head.Root == "report",
        (source, tally) => CoverageXml.Read(source, xml => xml.ForEachChild(element => Walk(xml, element, tally, 0))));

    private static void Walk(Xml xml, string element, CoverageTally tally, int depth)
    {
        if (element == "group" && depth < MostDepth)
            xml.ForEachChild(child => Walk(xml, child, tally, depth + 1));
        else if (element == "package")
            ReadPackage(xml, tally, xml.Attribute("name") ?? "");
    }

    private static void ReadPackage(Xml xml, CoverageTally tally, string package) => xml.ForEachChild(element =>
    {
        if (element == "sourcefile")
            ReadFile(xml, tally.File($"{package}/{xml.Attribute("name")}".TrimStart('/')));
    });

    private static void ReadFile(Xml xml, FileCoverage file)
    {
        var hasLines = false;
        var unlisted = default(CoverageFigures);
        xml.ForEachChild(element =>
        {
            if (element == "line" && Numbers.Line(xml.Attribute("nr")) is { } line)
            {
                hasLines = true;
                var taken = Figure(xml, "cb");
                file.AddLine(line, Figure(xml, "ci") > 0, taken + Figure(xml, "mb"), taken);
            }
            else if (element == "counter")
            {
                unlisted += Counter(xml);
            }
        });
        if (!hasLines)
            file.AddUnlisted(unlisted);
    }

    private static CoverageFigures Counter(Xml xml)
    {
        var (missed, covered) = (Figure(xml, "missed"), Figure(xml, "covered"));
        return xml.Attribute("type") switch
        {
            "LINE" => new(missed + covered, covered, 0, 0),
            "BRANCH" => new(0, 0, missed + covered, covered),
            _ => default,
        };
    }

    private static int Figure(Xml xml, string name) => (int)Math.Min(Numbers.Count(xml.Attribute(name)) ?? 0, int.MaxValue / 2);
}
