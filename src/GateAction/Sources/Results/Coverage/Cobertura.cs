using System.Text.RegularExpressions;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Coverage;

/// <summary>Cobertura XML (coverlet, coverage.py, gcovr, PHPUnit …): packages, classes, lines.</summary>
internal static partial class Cobertura
{
    public static CoverageFormat Format { get; } = new(
        "cobertura",
        "Cobertura",
        head => head.Root == "coverage",
        (source, tally) => CoverageXml.Read(source, xml => Walk(xml, xml.Reader.LocalName, tally, null)));

    private static void Walk(Xml xml, string element, CoverageTally tally, FileCoverage? file)
    {
        if (element == "class")
            file = tally.File(xml.Attribute("filename") ?? xml.Attribute("name") ?? "");
        if (element == "line" && file is not null)
            ReadLine(xml, file);
        else if (element is "coverage" or "packages" or "package" or "classes" or "class" or "lines")
            xml.ForEachChild(child => Walk(xml, child, tally, file));
    }

    private static void ReadLine(Xml xml, FileCoverage file)
    {
        if (Numbers.Line(xml.Attribute("number")) is not { } line)
            return;
        var condition = Condition().Match(xml.Attribute("condition-coverage") ?? "");
        var (taken, branches) = condition.Success && int.TryParse(condition.Groups["taken"].ValueSpan, out var t) && int.TryParse(condition.Groups["of"].ValueSpan, out var of) ? (t, of) : (0, 0);
        file.AddLine(line, Numbers.Count(xml.Attribute("hits")) > 0, branches, taken);
    }

    [GeneratedRegex("""\((?<taken>\d+)/(?<of>\d+)\)""", RegexOptions.CultureInvariant)]
    private static partial Regex Condition();
}
