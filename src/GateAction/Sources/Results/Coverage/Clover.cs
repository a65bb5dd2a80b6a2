using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Coverage;

/// <summary>Clover XML (OpenClover, PHPUnit, Istanbul): files with statements, conditions and methods by line.</summary>
internal static class Clover
{
    public static CoverageFormat Format { get; } = new(
        "clover",
        "Clover",
        "PHPUnit, Istanbul (nyc, jest, vitest, c8), OpenClover",
        "`<line type=\"stmt\">` and `\"cond\"` (its `truecount` and `falsecount` are two branches; Istanbul means taken and other "
        + "branches); methods are no lines. `<metrics statements coveredstatements>` of a file and of the project must agree. "
        + "`<testproject>` is left out.",
        head => head.Root == "coverage"
        && (head.FirstChild is "project" or "testproject" || head.RootAttributes.ContainsKey("generated")
        || head.RootAttributes.ContainsKey("clover")),
        report => CoverageXml.Read(report, xml => new Document(xml, report).Read()));

    private sealed class Document(Xml xml, CoverageReport report)
    {
        private CoverageFigures _statements;
        private CoverageFigures _withoutConditions;

        public void Read() => xml.ForEachChild(element =>
        {
            if (element == "project")
                ReadProject();
        });

        private void ReadProject()
        {
            (long? Statements, long? Covered) metrics = default;
            xml.ForEachChild(element =>
            {
                if (element == "metrics")
                    metrics = Metrics();
                else
                    Walk(element);
            });
            report.Close();
            report.CheckLines("<metrics> of <project>", metrics.Statements, metrics.Covered, _statements, _withoutConditions);
        }

        private void Walk(string element)
        {
            if (element == "file")
                ReadFile();
            else if (element == "package")
                xml.ForEachChild(Walk);
        }

        private void ReadFile()
        {
            if ((xml.Attribute("path") ?? xml.Attribute("name")) is not { Length: > 0 } name)
            {
                report.Damaged("<file> has no 'name'", xml.Line);
                return;
            }
            report.Open(name);
            var (lines, before, beforeConditions) = (xml.Line, _statements, _withoutConditions);
            (long? Statements, long? Covered) metrics = default;
            xml.ForEachChild(element =>
            {
                if (element == "line")
                    ReadLine();
                else if (element == "metrics")
                    metrics = Metrics();
            });
            var (all, distinct) = (_statements - before, report.Listed.OfLines);
            if (metrics is { Statements: { } statements, Covered: { } covered } && new CoverageFigures(statements, covered) is var said
                && said != all && said != distinct && said != _withoutConditions - beforeConditions)
                report.Damaged(
                    $"<metrics> of '{CoverageReport.Shown(name)}' counts {CoverageReport.Text(said)}, but the file lists "
                    + $"{CoverageReport.Text(distinct)}", lines);
        }

        private void ReadLine()
        {
            var (number, type, count) = (xml.Attribute("num"), xml.Attribute("type"), xml.Attribute("count"));
            if (type is not ("stmt" or "cond"))
                return;
            var (whenTrue, whenFalse) = type == "cond"
                ? (CoverageXml.Count(xml, "truecount", report), CoverageXml.Count(xml, "falsecount", report))
                : (null, null);
            var before = report.Written;
            report.AddLine(number, count ?? (whenTrue + whenFalse > 0 ? "1" : whenTrue is null ? null : "0"), xml.Line);
            var added = report.Written - before;
            _statements += added;
            _withoutConditions += type == "stmt" ? added : default;
            if (whenTrue is not { } taken || whenFalse is not { } other || Numbers.Line(number) is not { } line)
                return;
            // Istanbul, which alone writes a count beside them, means the line's branches that were taken and that were not; Clover how
            // often either was.
            if (count is not null)
                report.AddBranches(line, taken + other, taken, xml.Line);
            else
                report.AddBranches(line, 2, Math.Min(taken, 1) + Math.Min(other, 1), xml.Line);
        }

        private (long? Statements, long? Covered) Metrics() =>
            (CoverageXml.Count(xml, "statements", report), CoverageXml.Count(xml, "coveredstatements", report));
    }
}
