using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Coverage;

/// <summary>OpenCover XML: modules with their files, and methods with sequence and branch points that refer to them.</summary>
internal static class OpenCover
{
    // What .NET's symbols write for code without a line.
    private const string HiddenLine = "16707566";

    public static CoverageFormat Format { get; } = new(
        "opencover",
        "OpenCover",
        "OpenCover, coverlet, AltCover",
        "`<SequencePoint>` by its first line, `<BranchPoint>`. A visit count below 0 overflowed: covered. `<Summary>` of the session must "
        + "agree.",
        head => head.Root == "CoverageSession",
        report => CoverageXml.Read(report, xml => new Session(xml, report).Read()));

    private sealed class Session(Xml xml, CoverageReport report)
    {
        private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
        private readonly Dictionary<(string File, int Line), (int Branches, int Taken)> _branches = [];
        private CoverageFigures _points;
        private int _overflowed;
        private string? _open;

        public void Read()
        {
            (long? Points, long? Visited) summary = default;
            xml.ForEachChild(element =>
            {
                if (element == "Summary")
                    summary = (CoverageXml.Count(xml, "numSequencePoints", report),
                        CoverageXml.Count(xml, "visitedSequencePoints", report));
                else if (element == "Modules")
                    xml.ForEachChild(_ => ReadModule());
            });
            report.Close();
            if (_overflowed > 0)
                report.Warn($"{_overflowed} visit counts are below 0: they overflowed, and count as covered");
            report.CheckLines("<Summary>", summary.Points, summary.Visited, _points,
                _points with { CoveredLines = _points.CoveredLines - _overflowed });
        }

        private void ReadModule()
        {
            _files.Clear();
            xml.ForEachChild(Walk);
            // Once for all methods of the module: of two figures of one line the report keeps the better and adds nothing up.
            foreach (var branches in _branches.GroupBy(branch => branch.Key.File))
            {
                report.Open(branches.Key);
                foreach (var (key, (count, taken)) in branches)
                    report.AddBranches(key.Line, count, taken, 0);
            }
            _branches.Clear();
            _open = null;
        }

        private void Walk(string element)
        {
            if (element == "File" && xml.Attribute("uid") is { } uid)
                _files[uid] = xml.Attribute("fullPath") ?? uid;
            else if (element is "SequencePoint" or "BranchPoint")
                ReadPoint(element);
            else if (element is "Files" or "Classes" or "Class" or "Methods" or "Method" or "SequencePoints" or "BranchPoints")
                xml.ForEachChild(Walk);
        }

        private void ReadPoint(string element)
        {
            var line = xml.Attribute("sl");
            if (xml.Attribute("fileid") is not { } id || line is null or HiddenLine)
                return;
            if (!_files.TryGetValue(id, out var file))
            {
                report.Damaged($"<{element}> is of file '{CoverageReport.Shown(id)}', which the module does not have", xml.Line);
                return;
            }
            var visits = Visits();
            if (element == "BranchPoint")
                AddBranch(file, line, visits);
            else
                AddPoint(file, line, visits);
        }

        private void AddPoint(string file, string line, string? visits)
        {
            if (_open != file)
                report.Open(_open = file);
            var before = report.Written;
            report.AddLine(line, visits, xml.Line);
            _points += report.Written - before;
        }

        private void AddBranch(string file, string text, string? visits)
        {
            if (Numbers.Line(text) is not { } line || HitCount.IsHit(visits) is not { } isHit)
            {
                report.Damaged($"<BranchPoint> of line '{CoverageReport.Shown(text)}' with vc='{CoverageReport.Shown(visits)}' is damaged",
                    xml.Line);
                return;
            }
            var (branches, taken) = _branches.GetValueOrDefault((file, line));
            _branches[(file, line)] = (branches + 1, taken + (isHit ? 1 : 0));
        }

        // The profiler counts in 32 bits: what is below 0 was visited some thousand million times.
        private string? Visits()
        {
            var visits = xml.Attribute("vc");
            if (visits is not ['-', .. var digits] || HitCount.IsHit(digits) != true)
                return visits;
            _overflowed++;
            return digits;
        }
    }
}
