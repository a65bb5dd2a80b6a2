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
        return $"{Html.Table("All waivers", ["Criterion", "Waiver", "Until", "#Days left", "Reason", "By"], rows)}\n";
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
        return $"{Html.Table("Figures against the baseline", ["Probe", "Figure", "#Now", "#Against the baseline"], rows)}\n";
    }
}

/// <summary>Coverage sets: their ratios, and the files that are covered least.</summary>
internal static class CoverageTables
{
    private const int MostFiles = 100;

    public static Html Of(Evidence evidence) => Html.Each(evidence.Measurements, entry =>
        entry.Value.Content is CoverageContent coverage ? Table(entry.Key, coverage) : Html.Empty);

    private static Html Table(string name, CoverageContent coverage)
    {
        Html title = $"<h3>{name}</h3>\n<p>lines <b>{StateWords.Percent(coverage.Figures.LineRate)}</b> · branches "
            + $"<b>{StateWords.Percent(coverage.Figures.BranchRate)}</b></p>\n";
        if (coverage.Files.Count == 0)
            return title;
        var rows = Html.Each(coverage.Files.OrderBy(file => file.Figures.LineRate ?? 2).Take(MostFiles), file =>
            $"<tr><th scope=\"row\">{Html.Line(file.Path, 200)}</th><td class=\"number\">{StateWords.Percent(file.Figures.LineRate)}</td>"
            + $"<td class=\"number\">{StateWords.Percent(file.Figures.BranchRate)}</td></tr>\n");
        return $"{title}<details><summary>{StateWords.Count(Math.Min(MostFiles, coverage.Files.Count), "file")} covered least</summary>"
            + $"{Html.Table($"Files of {name}", ["File", "#Lines", "#Branches"], rows)}</details>\n";
    }
}
