using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Coverage;

/// <summary>JaCoCo XML (jacoco.org, report.dtd): packages with source files and their lines; groups nest in reports of several
/// modules.</summary>
internal static class JaCoCo
{
    private const int MostDepth = 64;

    // Titles of a tool and not of a module.
    private static readonly string[] Titles = ["", "JaCoCo Coverage Report", "Intellij Coverage Report", "Kover report"];

    public static CoverageFormat Format { get; } = new(
        "jacoco",
        "JaCoCo",
        "JaCoCo (Maven, Gradle, Android), Kover",
        "`<line ci>` of source files (a line that ran in part is covered), `mb` and `cb`. The module (`<report name>`, `<group name>`) is "
        + "part of a file's name. `<counter type=\"LINE\">` of a file and of the report must agree.",
        head => head.Root == "report" && head.FirstChild is "sessioninfo" or "group" or "package" or "counter",
        report => CoverageXml.Read(report, xml => new Document(xml, report).Read()));

    private sealed class Document(Xml xml, CoverageReport report)
    {
        private bool _isKover;

        public void Read()
        {
            var name = xml.Attribute("name") ?? "";
            // It counts a line once for each class that has code in it.
            _isKover = name is "Intellij Coverage Report" or "Kover report";
            CoverageFigures? counter = null;
            xml.ForEachChild(element =>
            {
                if (element == "counter" && xml.Attribute("type") == "LINE")
                    counter = Counter();
                else
                    Walk(element, Titles.Contains(name) ? "" : name, 0);
            });
            report.Close();
            if (counter is { } total && !_isKover)
                report.CheckLines("<counter> of <report>", total.Lines, total.CoveredLines);
        }

        private void Walk(string element, string module, int depth)
        {
            if (element == "group" && depth < MostDepth)
            {
                var group = xml.Attribute("name") is { Length: > 0 } name ? name : module;
                xml.ForEachChild(child => Walk(child, group, depth + 1));
            }
            else if (element == "package")
            {
                ReadPackage(module, xml.Attribute("name") ?? "");
            }
        }

        private void ReadPackage(string module, string package) => xml.ForEachChild(element =>
        {
            if (element != "sourcefile")
                return;
            report.Open(module, $"{package}/{xml.Attribute("name")}".TrimStart('/'));
            ReadFile($"{package}/{xml.Attribute("name")}");
        });

        private void ReadFile(string name)
        {
            var (hasLines, counted, at) = (false, default(CoverageFigures), xml.Line);
            CoverageFigures? lines = null;
            xml.ForEachChild(element =>
            {
                if (element == "line")
                {
                    hasLines = true;
                    ReadLine();
                }
                else if (element == "counter")
                {
                    var counter = Counter();
                    counted += counter;
                    lines = counter.Lines > 0 ? counter.OfLines : lines;
                }
            });
            if (!hasLines)
                report.AddUnlisted(counted, at);
            else if (lines is { } said && said != report.Listed.OfLines && !_isKover)
                report.Damaged(
                    $"<counter> of '{CoverageReport.Shown(name)}' counts {CoverageReport.Text(said)}, but the file lists "
                    + $"{CoverageReport.Text(report.Listed)}", at);
        }

        private void ReadLine()
        {
            var number = xml.Attribute("nr");
            report.AddLine(number, xml.Attribute("ci"), xml.Line);
            if (Numbers.Line(number) is not { } line)
                return;
            var (missed, taken) = (CoverageXml.Count(xml, "mb", report) ?? 0, CoverageXml.Count(xml, "cb", report) ?? 0);
            report.AddBranches(line, Sum(missed, taken), taken, xml.Line);
        }

        private CoverageFigures Counter()
        {
            var (missed, covered) = (CoverageXml.Count(xml, "missed", report) ?? 0, CoverageXml.Count(xml, "covered", report) ?? 0);
            return xml.Attribute("type") switch
            {
                "LINE" => new(Sum(missed, covered), covered),
                "BRANCH" => new(0, 0, Sum(missed, covered), covered),
                _ => default,
            };
        }

        // A file may claim any figures: their sum must stay within 64 bits.
        private static long Sum(long left, long right) => Math.Min(left, long.MaxValue / 2) + Math.Min(right, long.MaxValue / 2);
    }
}
