using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>Every waiver and what became of it.</summary>
internal static class WaiverTable
{
    public static Html Of(Verdict verdict)
    {
        if (verdict.Waivers.Count == 0)
            return Html.Empty;
        var rows = Html.Each(verdict.Waivers, waiver =>
            $"<tr><th scope=\"row\"><a "
            + $"href=\"#criterion-{waiver.CriterionId}\">{waiver.CriterionId}</a></th><td>{StateWords.Of(waiver.State)}</td>"
            + $"<td>{UnitText.Date(waiver.Expires)}</td><td class=\"number\">{waiver.DaysLeft}</td><td>{waiver.Reason}</td>"
            + $"<td>{By(waiver)}</td></tr>\n");
        return $"{Html.Table("All waivers", ["Criterion", "Waiver", "Until", Column.OfNumbers("Days left"), "Reason", "By"], rows)}\n";
    }

    private static Html By(WaiverUse waiver) => waiver.Comment is { } comment ? Html.Link(waiver.By ?? "comment", comment) : $"{waiver.By}";
}

/// <summary>Every figure that is different from the base branch's last run.</summary>
internal static class BaselineTable
{
    public static Html Of(Verdict verdict)
    {
        var changed = verdict.Probes.SelectMany(probe => probe.Figures, (probe, figure) => (Probe: probe.Name, Figure: figure))
            .Where(row => row.Figure.Change is { } change && Math.Abs(change) >= 0.005).ToArray();
        if (changed.Length == 0)
            return Html.Empty;
        var rows = Html.Each(changed, row =>
            $"<tr><th scope=\"row\"><a href=\"#probe-{row.Probe}\">{row.Probe}</a></th><td>{row.Figure.Name}</td>"
            + $"<td class=\"number\">{row.Figure.Text}</td>"
            + $"<td class=\"number\">{StateWords.Change(row.Figure.Change).Trim()} "
            + $"{(row.Figure.Change > 0 ? "more" : "less")}</td></tr>\n");
        Column[] columns = ["Probe", "Figure", Column.OfNumbers("Now"), Column.OfNumbers("Against the baseline")];
        return $"{Html.Table("Figures against the baseline", columns, rows)}\n";
    }
}

/// <summary>Coverage sets: their shares with what is needed of them, and the files in which most is not covered.</summary>
internal static class CoverageTables
{
    private const int MostFiles = 200;
    private const int Open = 12;

    public static Html Of(Evidence evidence, Verdict verdict) => Html.Each(evidence.Measurements, entry =>
        entry.Value.Content is CoverageContent coverage ? Set(entry.Key, coverage, verdict) : Html.Empty);

    /// <summary>Those with the most lines that are not covered first; a file that tells no number comes by its share.</summary>
    public static IEnumerable<CoveredFile> Worst(CoverageContent coverage) => coverage.Files
        // 2 lies above every share: files without one come last.
        .OrderByDescending(file => file.Figures.Lines - file.Figures.CoveredLines).ThenBy(file => file.Figures.LineRate ?? 2);

    private static Html Set(string name, CoverageContent coverage, Verdict verdict)
    {
        var (figures, files) = (coverage.Figures, coverage.Files);
        Html rows = $"{Total(name, CoverageFigures.LineRateName, figures.LineRate, figures.CoveredLines, figures.Lines, verdict)}"
            + $"{Total(name, CoverageFigures.BranchRateName, figures.BranchRate, figures.CoveredBranches, figures.Branches, verdict)}";
        Column[] columns = ["Of", "Covered", Column.OfNumbers("share"), Column.OfNumbers("covered"), Column.OfNumbers("needed")];
        Html totals = $"<h3 id=\"coverage-{name}\">{name}</h3>\n{Html.Table($"Coverage of {name}", columns, rows)}\n";
        if (files.Count == 0)
            return totals;
        CoveredFile[] worst = [.. Worst(coverage).Take(MostFiles)];
        var largest = Math.Max(1, worst.Max(file => file.Figures.Lines));
        Html rest = worst.Length > Open
            ? $"<details><summary>{StateWords.Count(worst.Length - Open, "more file")}</summary>"
                + $"{Files($"{name}, further", worst.Skip(Open), largest)}</details>\n"
            : Html.Empty;
        return $"{totals}<h4>Where most is not covered</h4>\n{Files(name, worst.Take(Open), largest)}\n{rest}";
    }

    private static Html Total(string set, string fact, double? share, long covered, long all, Verdict verdict)
    {
        if (share is not { } known)
            return Html.Empty;
        var (needs, look) = Needed($"{set}.{fact}", verdict);
        Html mark = needs is { Limit: { Value: { } limit } } && MeasuredFigures.NumberOf(limit) is > 0 and <= 1 and var at
            ? $"<rect class=\"f-mark\" x=\"{Math.Min(99, 100 * at):0.#}%\" width=\"2\" height=\"12\"/>"
            : Html.Empty;
        Html counted = all > 0 ? $"{covered:#,0} of {all:#,0}" : Html.Empty;
        return $"<tr><th scope=\"row\">{fact}</th><td>{Bar(known, look is null ? "f-bar" : $"f-{look}", mark)}</td>"
            + $"<td class=\"number\"><b>{StateWords.Percent(known)}</b></td><td class=\"number\">{counted}</td>"
            + $"<td class=\"number\">{needs?.Needs}</td></tr>\n";
    }

    /// <summary>The first comparison of a fact with a number, and the colour of what became of its criterion.</summary>
    private static (Explanation? Comparison, string? Look) Needed(string fact, Verdict verdict)
    {
        foreach (var criterion in verdict.Criteria)
        {
            if (criterion.Explanation.FirstOrDefault(part => part.Actual?.Expression == fact && part.Limit is not null) is { } part)
                return (part, StateWords.Of(criterion.State).Class);
        }
        return (null, null);
    }

    /// <summary>A bar is as long as its file, and filled as far as it is covered.</summary>
    private static Html Files(string name, IEnumerable<CoveredFile> files, long largest)
    {
        var rows = Html.Each(files, file =>
        {
            var (all, covered) = (100.0 * file.Figures.Lines / largest, 100.0 * file.Figures.CoveredLines / largest);
            Html bar = file.Figures.Lines == 0
                ? Bar(file.Figures.LineRate ?? 0, "f-bar", Html.Empty)
                : $"<svg aria-hidden=\"true\"><rect class=\"f-bad\" width=\"{all:0.##}%\" height=\"12\"/><rect class=\"f-good\" "
                    + $"width=\"{covered:0.##}%\" height=\"12\"/></svg>";
            return $"<tr><th scope=\"row\">{Html.Line(file.Path, 200)}</th><td>{bar}</td>"
                + $"<td class=\"number\">{file.Figures.Lines - file.Figures.CoveredLines:#,0}</td>"
                + $"<td class=\"number\">{StateWords.Percent(file.Figures.LineRate)}</td>"
                + $"<td class=\"number\">{StateWords.Percent(file.Figures.BranchRate)}</td></tr>\n";
        });
        return Html.Table($"Files of {name}",
            ["File", "Covered and not", Column.OfNumbers("lines not covered"), Column.OfNumbers("lines"), Column.OfNumbers("branches")],
            rows);
    }

    private static Html Bar(double share, string fill, Html mark) =>
        $"<svg aria-hidden=\"true\"><rect class=\"f-track\" width=\"100%\" height=\"12\" rx=\"3\"/><rect class=\"{fill}\" "
        + $"width=\"{100 * Math.Clamp(share, 0, 1):0.#}%\" height=\"12\" rx=\"3\"/>{mark}</svg>";
}
