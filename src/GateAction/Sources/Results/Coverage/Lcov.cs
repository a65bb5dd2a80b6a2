using System.Text.RegularExpressions;
using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Coverage;

/// <summary>LCOV's tracefile (geninfo(1)): <c>SF</c>, <c>DA</c>, <c>BRDA</c>, <c>LF</c>, <c>LH</c>, <c>end_of_record</c>.</summary>
internal static partial class Lcov
{
    public static CoverageFormat Format { get; } = new(
        "lcov",
        "LCOV",
        "lcov and geninfo, Istanbul (nyc, jest, vitest, c8), llvm-cov, grcov, Flutter, Bazel …",
        "`DA`, `BRDA`. What `LF` and `LH` count beyond the `DA` lines counts too, as lines without a number; where they contradict the "
        + "lines the report is not clean.",
        head => head.Root is null && head.Text.Split('\n', 200).Any(line => line.StartsWith("SF:", StringComparison.Ordinal)),
        report => new Tracefile(report).Read());

    private sealed partial class Tracefile(CoverageReport report)
    {
        // llvm-cov counts LF by function and writes DA by line: a lambda's or a template's lines differ a little.
        private const double Tolerance = 0.1;
        private readonly Dictionary<int, (int Branches, int Taken)> _branches = [];
        private string? _file;
        private string _test = "";
        private bool _hasTests;
        private int _number;
        private CoverageFigures _before;
        private (long? Lines, long? Covered, long? Branches, long? Taken) _said;

        public void Read()
        {
            using var text = report.Source.OpenText();
            var lines = new TextLines(text);
            while (lines.ReadWhole() is { } line)
            {
                _number = lines.Number;
                ReadRecord(line);
            }
            if (_file is not null)
                throw new FormatFaultException("the file breaks off: the last record has no 'end_of_record'", _number);
        }

        private void ReadRecord(string line)
        {
            var colon = line.IndexOf(':');
            var value = colon < 0 ? "" : line[(colon + 1)..];
            switch (colon < 0 ? line.TrimEnd() : line[..colon].TrimStart('\uFEFF'))
            {
                case "TN":
                    (_test, _hasTests) = (value.Trim(), true);
                    break;
                case "SF":
                    Begin(value.Trim());
                    break;
                case "DA":
                    ReadLine(value);
                    break;
                case "BRDA":
                    ReadBranch(value);
                    break;
                case "LF":
                    _said.Lines = Count(value);
                    break;
                case "LH":
                    _said.Covered = Count(value);
                    break;
                case "BRF":
                    _said.Branches = Count(value);
                    break;
                case "BRH":
                    _said.Taken = Count(value);
                    break;
                case "end_of_record":
                    End();
                    break;
                case "":
                    break;
                case var other when line[0] != '#' && (colon < 0 || !RecordName().IsMatch(other)):
                    report.Damaged($"'{CoverageReport.Shown(line)}' is no record of LCOV", _number);
                    break;
            }
        }

        private void Begin(string name)
        {
            if (_file is not null)
                report.Damaged($"the record of '{CoverageReport.Shown(_file)}' has no 'end_of_record'", _number);
            // Each named test of a tracefile has a record of its own of every file.
            var isRepeated = _test.Length == 0 && report.Knows(name);
            _file = name;
            report.Open(name);
            if (isRepeated)
                report.MarkRepeated();
            _before = report.Written;
            _said = default;
            _branches.Clear();
        }

        private void ReadLine(string value)
        {
            if (_file is null)
            {
                report.Damaged("'DA' stands before the 'SF' that names its file", _number);
                return;
            }
            var comma = value.IndexOf(',');
            var rest = comma < 0 ? "" : value[(comma + 1)..];
            // A third field is a checksum of the line (geninfo --checksum).
            report.AddLine(comma < 0 ? value : value[..comma], rest.IndexOf(',') is >= 0 and var checksum ? rest[..checksum] : rest,
                _number);
        }

        // An expression may hold commas; the count is what stands behind the last one, '-' if the line was never run.
        private void ReadBranch(string value)
        {
            var (comma, last) = (value.IndexOf(','), value.LastIndexOf(','));
            var count = last < 0 ? "" : value[(last + 1)..].Trim();
            var isTaken = count == "-" ? false : HitCount.IsHit(count);
            if (comma < 0 || last == comma || !int.TryParse(value.AsSpan(0, comma).Trim(), out var line) || line < 0 || isTaken is null)
            {
                report.Damaged($"'BRDA:{CoverageReport.Shown(value)}' is damaged", _number);
                return;
            }
            var (branches, taken) = _branches.GetValueOrDefault(line);
            _branches[line] = (branches + 1, taken + (isTaken.Value ? 1 : 0));
        }

        private void End()
        {
            if (_file is null)
                return;
            foreach (var (line, (branches, taken)) in _branches)
                report.AddBranches(line, branches, taken, _number);
            Compare(report.Written - _before);
            report.Close();
            _file = null;
        }

        private void Compare(CoverageFigures written)
        {
            var (lines, covered) = (_said.Lines ?? written.Lines, _said.Covered ?? written.CoveredLines);
            var (extra, extraCovered) = (lines - written.Lines, covered - written.CoveredLines);
            if (extra >= 0 && extraCovered >= 0 && extraCovered <= extra)
                AddExtra(new(extra, extraCovered), written);
            else if (new CoverageFigures(lines, covered) != report.Listed.OfLines && !IsNear(lines, covered, written))
                report.Damaged(
                    $"LF and LH of '{CoverageReport.Shown(_file)}' count {covered} of {lines} lines as covered, but its DA lines are "
                    + $"{CoverageReport.Text(written)}", _number);
        }

        private void AddExtra(CoverageFigures lines, CoverageFigures written)
        {
            var (branches, taken) = (_said.Branches - written.Branches ?? 0, _said.Taken - written.CoveredBranches ?? 0);
            var isWhole = branches > 0 && taken >= 0 && taken <= branches;
            report.AddUnlisted(isWhole ? lines with { Branches = branches, CoveredBranches = taken } : lines, _number);
        }

        private bool IsNear(long lines, long covered, CoverageFigures written) =>
            !_hasTests && new CoverageFigures(lines, covered).LineRate is { } said && written.LineRate is { } listed
            && Math.Abs(said - listed) <= Tolerance;

        private long? Count(string value)
        {
            if (Numbers.Count(value) is { } count)
                return count;
            report.Damaged($"'{CoverageReport.Shown(value)}' is no count", _number);
            return null;
        }

        [GeneratedRegex("^[A-Z][A-Z0-9]{1,5}$", RegexOptions.CultureInvariant)]
        private static partial Regex RecordName();
    }
}
