using System.Globalization;
using System.Text.RegularExpressions;
using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Coverage;

/// <summary>Cobertura XML: packages, classes, lines.</summary>
internal static partial class Cobertura
{
    // Producers round to two digits at least.
    private const double Rounding = 0.01;

    // The version that PHPUnit writes of the format.
    private const string PhpUnit = "0.4";

    public static CoverageFormat Format { get; } = new(
        "cobertura",
        "Cobertura",
        "coverlet, coverage.py, gcovr, Istanbul, PHPUnit, cargo-tarpaulin, kcov, scoverage …",
        "`<line hits>` of classes, of methods where a class has none; `condition-coverage=\"50% (1/2)\"`. `lines-valid`, `lines-covered` "
        + "and `line-rate` must agree.",
        head => head.Root == "coverage" && (head.FirstChild is "sources" or "packages" || head.RootAttributes.ContainsKey("line-rate")),
        report => CoverageXml.Read(report, xml => new Reading(xml, report).Read()));

    private sealed partial class Reading(Xml xml, CoverageReport report)
    {
        private CoverageFigures _ofClasses;
        private readonly List<WrittenLine> _methodLines = [];

        public void Read()
        {
            var (valid, covered) = (CoverageXml.Count(xml, "lines-valid", report), CoverageXml.Count(xml, "lines-covered", report));
            var (rate, version) = (xml.Attribute("line-rate"), xml.Attribute("version"));
            Walk("coverage");
            report.Close();
            if (version == PhpUnit)
                AddLinesOutsideOfClasses(valid, covered);
            report.CheckLines("<coverage>", valid, covered, _ofClasses);
            if (valid is null && covered is null)
                CheckRate(rate);
        }

        // It counts the lines of scripts in the header alone.
        private void AddLinesOutsideOfClasses(long? valid, long? covered)
        {
            var (lines, hits) = (valid - report.Figures.Lines ?? 0, covered - report.Figures.CoveredLines ?? 0);
            if (lines <= 0 || hits < 0 || hits > lines)
                return;
            report.Open("lines outside of classes");
            report.AddUnlisted(new(lines, hits), 0);
            report.Close();
        }

        private void Walk(string element)
        {
            switch (element)
            {
                case "source":
                    report.AddRoot(xml.ReadText(ResultLimits.Name) ?? "");
                    break;
                case "class":
                    ReadClass();
                    break;
                case "coverage" or "sources" or "packages" or "package" or "classes":
                    xml.ForEachChild(Walk);
                    break;
            }
        }

        private void ReadClass()
        {
            if ((xml.Attribute("filename") ?? xml.Attribute("name")) is not { Length: > 0 } name)
            {
                report.Damaged("<class> has no 'filename'", xml.Line);
                return;
            }
            report.Open(name);
            var before = report.Written;
            _methodLines.Clear();
            xml.ForEachChild(element =>
            {
                if (element == "lines")
                    ForEachLine(Add);
                else if (element == "methods")
                    xml.ForEachChild(_ => xml.ForEachChild(ReadMethod));
            });
            // A class has the lines of its methods once more, and only those that can be covered; a few producers leave them to the
            // methods.
            if (report.Written == before)
                _methodLines.ForEach(Add);
            _ofClasses += report.Written - before;
        }

        private void ReadMethod(string element)
        {
            if (element == "lines")
                ForEachLine(_methodLines.Add);
        }

        private void ForEachLine(Action<WrittenLine> line) => xml.ForEachChild(element =>
        {
            if (element == "line")
                line(new(xml.Attribute("number"), xml.Attribute("hits"), xml.Attribute("condition-coverage"), xml.Line));
        });

        private void Add(WrittenLine written)
        {
            report.AddLine(written.Number, written.Hits, written.At);
            if (written.Conditions is null || Condition().Match(written.Conditions) is not { Success: true } match
                || Numbers.Line(written.Number) is not { } line)
                return;
            report.AddBranches(line, Part(match, "of"), Part(match, "taken"), written.At);
        }

        private void CheckRate(string? text)
        {
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate)
                || report.Figures.LineRate is not { } listed)
                return;
            if (Math.Abs(rate - listed) > Rounding && Math.Abs(rate - (_ofClasses.LineRate ?? listed)) > Rounding)
                report.Damaged(
                    $"<coverage> says line-rate='{CoverageReport.Shown(text)}', but the report lists "
                    + $"{CoverageReport.Text(report.Figures)}: lines are lost, or of several files under one name", 0);
        }

        private static long Part(Match match, string group) => long.TryParse(match.Groups[group].ValueSpan, out var part) ? part : -1;

        [GeneratedRegex("""\((?<taken>\d+)/(?<of>\d+)\)""", RegexOptions.CultureInvariant)]
        private static partial Regex Condition();

        private readonly record struct WrittenLine(string? Number, string? Hits, string? Conditions, int At);
    }
}
