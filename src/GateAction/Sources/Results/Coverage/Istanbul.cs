using System.Text.Json;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Coverage;

/// <summary>Istanbul's <c>coverage-final.json</c> (statements by file) and <c>coverage-summary.json</c> (figures by file).</summary>
internal static class Istanbul
{
    public static CoverageFormat Format { get; } = new(
        "istanbul",
        "Istanbul JSON",
        "nyc, jest, vitest, c8, Cypress (`coverage-final.json`, `coverage-summary.json`)",
        "A line is covered where a statement that begins on it ran; `b` by the line of `branchMap`. A summary's figures count without "
        + "lines; its `total` must agree.",
        head => head.Keys.Any(key => key.EndsWith(".statementMap", StringComparison.Ordinal))
        || head.HasKeys("total.lines", "total.statements"),
        report => JsonStream.Read(report.Source, json => new Document(json, report).Read()));

    private sealed class Document(JsonStream json, CoverageReport report)
    {
        private readonly Dictionary<string, int> _statements = new(StringComparer.Ordinal);
        private readonly Dictionary<string, bool?> _counts = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int?> _branchLines = new(StringComparer.Ordinal);
        private readonly Dictionary<string, (int Branches, int Taken)> _branches = new(StringComparer.Ordinal);
        private bool _hasStatements;
        private (long Total, long Covered)? _lines;
        private (long Total, long Covered)? _branchFigures;

        public void Read()
        {
            (long Total, long Covered)? total = null;
            json.ForEachEntry(name =>
            {
                var begin = json.Line;
                Clear();
                var isFile = json.Token == JsonTokenType.StartObject;
                json.ForEachField(ReadField);
                if (name == "total" && _lines is not null)
                    total = _lines;
                else if (isFile)
                    AddFile(name, begin);
                else
                    report.Damaged($"'{CoverageReport.Shown(name)}' is no file's coverage", begin);
            });
            report.Close();
            if (total is var (lines, covered))
                report.CheckLines("'total'", lines, covered);
        }

        private void Clear()
        {
            _statements.Clear();
            _counts.Clear();
            _branchLines.Clear();
            _branches.Clear();
            (_lines, _branchFigures, _hasStatements) = (null, null, false);
        }

        private void ReadField(string field)
        {
            switch (field)
            {
                case "statementMap":
                    json.ForEachField(id => json.ForEachField(end =>
                    {
                        if (end == "start" && ReadLine() is { } line)
                            _statements[id] = line;
                    }));
                    break;
                case "s":
                    _hasStatements = json.Token == JsonTokenType.StartObject;
                    json.ForEachField(id => _counts[id] = CoverageJson.IsHit(json));
                    break;
                case "branchMap":
                    json.ForEachField(ReadBranch);
                    break;
                case "b":
                    json.ForEachField(ReadCounts);
                    break;
                case "lines":
                    _lines = CoverageJson.Figures(json, "total", "covered");
                    break;
                case "branches":
                    _branchFigures = CoverageJson.Figures(json, "total", "covered");
                    break;
            }
        }

        private void ReadBranch(string id)
        {
            int? line = null;
            json.ForEachField(field =>
            {
                if (field == "line" && json.Integer is > 0 and < int.MaxValue and var at)
                    line ??= (int)at;
                else if (field == "loc")
                    // 'loc' counts, also where 'line' stands beside it.
                    json.ForEachField(end => line = end == "start" ? ReadLine() ?? line : line);
            });
            _branchLines[id] = line;
        }

        private int? ReadLine()
        {
            int? line = null;
            json.ForEachField(field =>
            {
                if (field == "line" && json.Integer is > 0 and < int.MaxValue and var at)
                    line = (int)at;
            });
            return line;
        }

        private void ReadCounts(string id)
        {
            var (branches, taken) = (0, 0);
            json.ForEachElement(() =>
            {
                if (CoverageJson.IsHit(json) is not { } isHit)
                    report.Damaged($"branch {CoverageReport.Shown(id)}: {CoverageJson.Shown(json)} is no count", json.Line);
                else
                    (branches, taken) = (branches + 1, taken + (isHit ? 1 : 0));
            });
            _branches[id] = (branches, taken);
        }

        private void AddFile(string path, int at)
        {
            report.Open(path);
            if (_lines is var (total, covered))
            {
                report.AddUnlisted(new(total, covered, _branchFigures?.Total ?? 0, _branchFigures?.Covered ?? 0), at);
                return;
            }
            if (!_hasStatements)
                report.Damaged($"'{CoverageReport.Shown(path)}' has neither 'statementMap' and 's' nor 'lines'", at);
            foreach (var (id, line) in _statements)
            {
                if (_counts.GetValueOrDefault(id) is { } isHit)
                    report.AddLine(line, isHit);
                else
                    report.Damaged(
                        $"statement {CoverageReport.Shown(id)} of '{CoverageReport.Shown(path)}' has no count: damaged or overflowed", at);
            }
            if (_counts.Keys.FirstOrDefault(id => !_statements.ContainsKey(id)) is { } unknown)
                report.Damaged($"'{CoverageReport.Shown(path)}' counts statement {CoverageReport.Shown(unknown)}, which has no line", at);
            foreach (var line in _branches.GroupBy(branch => _branchLines.GetValueOrDefault(branch.Key)))
                AddBranches(line.Key, line.Sum(branch => (long)branch.Value.Branches), line.Sum(branch => (long)branch.Value.Taken), at);
        }

        private void AddBranches(int? line, long branches, long taken, int at)
        {
            if (line is { } known)
                report.AddBranches(known, branches, taken, at);
            else
                report.AddUnlisted(new(0, 0, branches, taken), at);
        }
    }
}
