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
    private static readonly string[] PathFields = ["path", "name", "file"];

    public static Html Of(Evidence evidence) => Html.Each(
        evidence.Measurements.Where(entry => entry.Value.Kind == "coverage" && entry.Value.Facts.Kind == ValueKind.Map),
        entry => Table(entry.Key, entry.Value.Facts.AsMap));

    private static Html Table(string name, ValueMap facts)
    {
        Html title = $"<h3>{name}</h3>\n<p>lines <b>{Ratio(facts, "lines")}</b> · branches <b>{Ratio(facts, "branches")}</b></p>\n";
        if (!facts.TryGet("files", out var files) || files.Kind != ValueKind.List || files.AsList.Count == 0)
            return title;
        var worst = files.AsList.Where(file => file.Kind == ValueKind.Map).Select(file => file.AsMap)
            .OrderBy(file => Number(file, "lines") ?? 2).Take(MostFiles);
        var rows = Html.Each(worst, file =>
            $"<tr><th scope=\"row\">{Html.Line(Path(file), 200)}</th><td class=\"number\">{Ratio(file, "lines")}</td>"
            + $"<td class=\"number\">{Ratio(file, "branches")}</td></tr>\n");
        return $"{title}<details><summary>{StateWords.Count(Math.Min(MostFiles, files.AsList.Count), "file")} covered least</summary>"
            + $"{Html.Table($"Files of {name}", ["File", "#Lines", "#Branches"], rows)}</details>\n";
    }

    private static string Path(ValueMap file) =>
        PathFields.Select(field => file.TryGet(field, out var value) && value.Kind == ValueKind.String ? value.AsString : null)
        .FirstOrDefault(path => path is not null) ?? "";

    private static string Ratio(ValueMap facts, string name) => StateWords.Percent(Number(facts, name));

    private static double? Number(ValueMap facts, string name) =>
        facts.TryGet(name, out var value) && value.Kind == ValueKind.Double && double.IsFinite(value.AsDouble) ? value.AsDouble : null;
}
