using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Coverage;

/// <summary>The JSON report of coverage.py (<c>coverage json</c>).</summary>
internal static class CoveragePy
{
    public static CoverageFormat Format { get; } = new(
        "coverage.py",
        "coverage.py JSON",
        "`coverage json`, `pytest --cov-report=json`",
        "`executed_lines` and `missing_lines`; `executed_branches` and `missing_branches` by the line they leave. Each file's `summary` "
        + "and `totals` must agree.",
        head => head.HasKeys("meta", "files")
        && (head.Keys.Contains("meta.branch_coverage") || head.Keys.Contains("meta.show_contexts")
        || head.Keys.Contains("totals.percent_covered")),
        report => JsonStream.Read(report.Source, json => new Document(json, report).Read()));

    private sealed class Document(JsonStream json, CoverageReport report)
    {
        private readonly Dictionary<int, (int Branches, int Taken)> _branches = [];
        private (long Total, long Covered)? _totals;

        public void Read()
        {
            json.ForEachField(field =>
            {
                if (field == "files")
                    json.ForEachEntry(ReadFile);
                else if (field == "totals")
                    _totals = CoverageJson.Figures(json, "num_statements", "covered_lines");
            });
            report.Close();
            if (_totals is var (statements, covered))
                report.CheckLines("'totals'", statements, covered);
            else
                report.Damaged("the file has no 'totals' with 'num_statements' and 'covered_lines'", json.Line);
        }

        private void ReadFile(string path)
        {
            report.Open(path);
            _branches.Clear();
            var (begin, hasExecuted, hasMissing) = (json.Line, false, false);
            (long Total, long Covered)? summary = null;
            json.ForEachField(field =>
            {
                if (field is "executed_lines" or "missing_lines")
                    ReadLines(field == "executed_lines", ref hasExecuted, ref hasMissing);
                else if (field is "executed_branches" or "missing_branches")
                    json.ForEachItem(arc => Count(arc, field == "executed_branches"));
                else if (field == "summary")
                    summary = CoverageJson.Figures(json, "num_statements", "covered_lines");
            });
            // Together, once a file: of two figures of one line the report keeps the better and adds nothing up.
            foreach (var (line, (branches, taken)) in _branches)
                report.AddBranches(line, branches, taken, json.Line);
            if (!hasExecuted || !hasMissing)
                report.Damaged($"'{CoverageReport.Shown(path)}' has no 'executed_lines' and 'missing_lines'", begin);
            else if (summary is var (statements, covered) && report.Listed.OfLines != new CoverageFigures(statements, covered))
                report.Damaged(
                    $"the summary of '{CoverageReport.Shown(path)}' counts {covered} of {statements} lines as covered, but it lists "
                    + $"{CoverageReport.Text(report.Listed)}", begin);
        }

        private void ReadLines(bool isHit, ref bool hasExecuted, ref bool hasMissing)
        {
            (hasExecuted, hasMissing) = (hasExecuted || isHit, hasMissing || !isHit);
            json.ForEachElement(() =>
            {
                if (json.Integer is > 0 and < int.MaxValue and var line)
                    report.AddLine((int)line, isHit);
                else if (json.Integer is not 0)
                    report.Damaged($"{CoverageJson.Shown(json)} is no line number", json.Line);
            });
        }

        private void Count(JsonData arc, bool isTaken)
        {
            // An arc is of the line it leaves. Where it goes to may be below 0: a way out of the function.
            if (arc.Items is not [var from, ..] || from.SourceLine is not { } line)
                return;
            var (branches, taken) = _branches.GetValueOrDefault(line);
            _branches[line] = (branches + 1, taken + (isTaken ? 1 : 0));
        }
    }
}
