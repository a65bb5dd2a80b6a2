using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Coverage;

/// <summary>SonarQube's generic test coverage: files with the lines to cover.</summary>
internal static class SonarGeneric
{
    public static CoverageFormat Format { get; } = new(
        "sonarqube",
        "SonarQube generic coverage",
        "kcov, jest-sonar, karma-sonarqube, xccov converters …",
        "`<lineToCover covered>`; `branchesToCover` and `coveredBranches`. It has no totals.",
        head => head.Root == "coverage" && head.FirstChild == "file" && head.RootAttributes.ContainsKey("version"),
        report => CoverageXml.Read(report, xml => xml.ForEachChild(element => ReadFile(xml, report, element))));

    private static void ReadFile(Xml xml, CoverageReport report, string element)
    {
        if (element != "file" || xml.Attribute("path") is not { Length: > 0 } path)
        {
            report.Damaged($"<{CoverageReport.Shown(element)}> stands where <file path=\"…\"> is expected", xml.Line);
            return;
        }
        report.Open(path);
        xml.ForEachChild(child =>
        {
            if (child == "lineToCover")
                ReadLine(xml, report);
            else
                report.Damaged($"<{CoverageReport.Shown(child)}> stands where <lineToCover> is expected", xml.Line);
        });
    }

    private static void ReadLine(Xml xml, CoverageReport report)
    {
        var (number, covered) = (xml.Attribute("lineNumber"), xml.Attribute("covered"));
        var isCovered = bool.TryParse(covered, out var parsed) ? parsed : (bool?)null;
        if (isCovered is null)
            report.Damaged($"line {CoverageReport.Shown(number)}: covered='{CoverageReport.Shown(covered)}' is neither true nor false",
                xml.Line);
        else
            report.AddLine(number, isCovered.Value ? "1" : "0", xml.Line);
        if (CoverageXml.Count(xml, "branchesToCover", report) is { } branches && Numbers.Line(number) is { } line)
            report.AddBranches(line, branches, CoverageXml.Count(xml, "coveredBranches", report) ?? 0, xml.Line);
    }
}
