using System.Text.RegularExpressions;
using GateAction.Core.Model;
using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results.Coverage;

/// <summary>The JSON of <c>llvm-cov export</c>: files with segments of code, or their summaries alone.</summary>
internal static partial class LlvmCov
{
    private const string Type = "llvm.coverage.json.export";

    public static CoverageFormat Format { get; } = new(
        "llvm-cov",
        "llvm-cov JSON",
        "`llvm-cov export`, `cargo llvm-cov --json`, Swift's `codecov` folder",
        "Lines of a file's `segments` as `llvm-cov show` counts them; lines that its `summary` counts beyond them, and files with a "
        + "summary alone, count without numbers. `totals` must agree with the summaries.",
        head => Head().IsMatch(head.Text),
        report => JsonStream.Read(report.Source, json => new Document(json, report).Read()));

    [GeneratedRegex("""^\s*\{\s*(?:"(?:version|type|cargo_llvm_cov)"\s*:[^\[]*)?"data"\s*:\s*\[\s*\{\s*"(?:files|functions|totals)\b""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Head();

    private sealed class Document(JsonStream json, CoverageReport report)
    {
        // Its summaries count by function, its segments by line: a lambda's or a template's lines differ a little.
        private const double Tolerance = 0.1;
        private CoverageFigures _summaries;
        private bool _hasSummaries;
        private string? _type;
        private List<LlvmSegment> _segments = [];
        private Dictionary<int, (int Branches, int Taken)> _branches = [];

        public void Read()
        {
            json.ForEachField(field =>
            {
                if (field == "type")
                    _type = json.Text;
                else if (field == "data")
                    json.ForEachElement(() => json.ForEachField(ReadExport));
            });
            if (_type != Type)
                report.Damaged($"the file is not of type '{Type}' but '{CoverageReport.Shown(_type)}'", 0);
        }

        private void ReadExport(string field)
        {
            if (field == "files")
                json.ForEachElement(ReadFile);
            else if (field == "totals")
                json.ForEachField(ReadTotals);
        }

        private void ReadTotals(string field)
        {
            if (field == "lines" && CoverageJson.Figures(json, "count", "covered") is var (count, covered) && _hasSummaries
                && (_summaries.Lines, _summaries.CoveredLines) != (count, covered))
                report.Damaged(
                    $"'totals' counts {covered} of {count} lines as covered, but the files' summaries {CoverageReport.Text(_summaries)}: "
                    + "files are lost", json.Line);
        }

        private void ReadFile()
        {
            string? name = null;
            CoverageFigures? summary = null;
            (_segments, _branches) = ([], []);
            json.ForEachField(field =>
            {
                if (field == "filename")
                    name = json.Text;
                else if (field == "segments")
                    json.ForEachItem(ReadSegment);
                else if (field == "branches")
                    json.ForEachItem(ReadBranch);
                else if (field == "summary")
                    summary = ReadSummary();
            });
            if (name is null)
                report.Damaged("a file has no 'filename'", json.Line);
            else
                Add(name, summary);
        }

        private void Add(string name, CoverageFigures? summary)
        {
            report.Open(name);
            foreach (var (line, isHit) in LlvmSegment.Lines(_segments))
                report.AddLine(line, isHit);
            foreach (var (line, (branches, taken)) in _branches)
                report.AddBranches(line, branches, taken, json.Line);
            if (summary is not { } said)
            {
                if (_segments.Count == 0)
                    report.Damaged($"'{CoverageReport.Shown(name)}' has neither segments nor a summary of its lines", json.Line);
                return;
            }
            (_summaries, _hasSummaries) = (_summaries + said.OfLines, true);
            var extra = said.OfLines - report.Listed.OfLines;
            var branchesToo = _branches.Count == 0
                ? extra with { Branches = said.Branches, CoveredBranches = said.CoveredBranches }
                : extra;
            if (extra is { Lines: >= 0, CoveredLines: >= 0 } && extra.CoveredLines <= extra.Lines)
                report.AddUnlisted(branchesToo, json.Line);
            else if (Math.Abs((said.LineRate ?? 0) - (report.Listed.LineRate ?? 0)) > Tolerance)
                report.Damaged(
                    $"the summary of '{CoverageReport.Shown(name)}' counts {CoverageReport.Text(said)}, but its segments "
                    + $"{CoverageReport.Text(report.Listed)}", json.Line);
        }

        private CoverageFigures? ReadSummary()
        {
            CoverageFigures? lines = null;
            (long Total, long Covered)? branches = null;
            json.ForEachField(field =>
            {
                if (field == "lines")
                    lines = CoverageJson.Figures(json, "count", "covered") is var (count, covered) ? new(count, covered) : null;
                else if (field == "branches")
                    branches = CoverageJson.Figures(json, "count", "covered");
            });
            return lines is { } found ? found with { Branches = branches?.Total ?? 0, CoveredBranches = branches?.Covered ?? 0 } : null;
        }

        // line, column, count, has a count, is the beginning of a region, is a gap; older versions write 1 for true.
        private void ReadSegment(JsonData segment)
        {
            if (segment.Items is not [var line, _, var count, var hasCount, var isEntry, ..] || line.SourceLine is not { } at
                || CoverageJson.IsHit(count.Number) is not { } isHit)
            {
                report.Damaged("a segment is damaged: expected is [line, column, count, has-count, is-entry, is-gap]", segment.Line);
                return;
            }
            _segments.Add(new(at, isHit, IsTrue(hasCount), IsTrue(isEntry), segment.Items.Count > 5 && IsTrue(segment.Items[5])));
        }

        private void ReadBranch(JsonData branch)
        {
            if (branch.Items is not [var line, _, _, _, var whenTrue, var whenFalse, ..] || line.SourceLine is not { } at
                || CoverageJson.IsHit(whenTrue.Number) is not { } isTrue || CoverageJson.IsHit(whenFalse.Number) is not { } isFalse)
            {
                report.Damaged("a branch is damaged: expected is [line, column, line, column, true count, false count …]", branch.Line);
                return;
            }
            var (branches, taken) = _branches.GetValueOrDefault(at);
            // Each condition is two branches: that it was true, and that it was false.
            _branches[at] = (branches + 2, taken + (isTrue ? 1 : 0) + (isFalse ? 1 : 0));
        }

        private static bool IsTrue(JsonData value) => value.Flag ?? value.Number is > 0;
    }
}

/// <summary>Where a count begins in a source file: it holds until the next segment. The rules are those of LLVM's
/// LineCoverageStats.</summary>
internal readonly record struct LlvmSegment(int Line, bool IsHit, bool HasCount, bool IsEntry, bool IsGap)
{
    // One damaged line number would have billions of lines walked through.
    private const int MostLines = 5_000_000;

    private bool BeginsRegion => !IsGap && HasCount && IsEntry;

    /// <summary>The lines that can be covered, in order.</summary>
    public static IEnumerable<(int Line, bool IsHit)> Lines(IReadOnlyList<LlvmSegment> segments)
    {
        LlvmSegment? wrapping = null;
        var next = 0;
        var first = segments.Count == 0 ? 1 : segments[0].Line;
        var last = segments.Count == 0 ? 0 : Math.Min(segments[^1].Line, first + MostLines);
        for (var line = first; line <= last; line++)
        {
            var begin = next;
            while (next < segments.Count && segments[next].Line <= line)
                next++;
            if (HitOf(wrapping, segments, begin, next) is { } isHit)
                yield return (line, isHit);
            if (next > begin)
                wrapping = segments[next - 1];
        }
    }

    /// <summary>Null for a line that holds no code.</summary>
    private static bool? HitOf(LlvmSegment? wrapping, IReadOnlyList<LlvmSegment> segments, int begin, int end)
    {
        var isSkipped = end > begin && !segments[begin].HasCount && segments[begin].IsEntry;
        var (begins, hasEntry, isHit) = (false, false, wrapping is { IsHit: true });
        for (var i = begin; i < end; i++)
        {
            hasEntry |= segments[i].IsEntry && segments[i].HasCount;
            begins |= segments[i].BeginsRegion;
            isHit |= segments[i] is { BeginsRegion: true, IsHit: true };
        }
        var isMapped = (!isSkipped && (wrapping is { HasCount: true } || begins)) || hasEntry;
        return isMapped ? isHit : null;
    }
}
