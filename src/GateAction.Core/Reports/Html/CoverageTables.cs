using System.Text;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>Coverage sets: their ratios, and the files that are covered least.</summary>
internal static class CoverageTables
{
    private const int MostFiles = 100;

    public static string Of(Evidence evidence)
    {
        var tables = new StringBuilder();
        foreach (var (name, measurement) in evidence.Measurements)
        {
            if (measurement.Content is CoverageContent coverage)
                tables.Append(Table(name, coverage));
        }
        return tables.ToString();
    }

    private static string Table(string name, CoverageContent coverage)
    {
        var title =
            $"<h3>{HtmlText.Line(name)}</h3>\n<p>lines <b>{StateWords.Percent(coverage.Figures.LineRate)}</b> · branches "
            + $"<b>{StateWords.Percent(coverage.Figures.BranchRate)}</b></p>\n";
        if (coverage.Files.Count == 0)
            return title;
        var rows = coverage.Files.OrderBy(file => file.Figures.LineRate ?? 2).Take(MostFiles)
            .Select(file =>
            $"<tr><th scope=\"row\">{HtmlText.Line(file.Path, 200)}</th><td "
            + $"class=\"number\">{StateWords.Percent(file.Figures.LineRate)}</td><td "
            + $"class=\"number\">{StateWords.Percent(file.Figures.BranchRate)}</td></tr>\n");
        return $"{title}<details><summary>{StateWords.Count(Math.Min(MostFiles, coverage.Files.Count), "file")} covered "
            + $"least</summary><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Files of "
            + $"{HtmlText.Line(name)}\"><table><thead><tr><th scope=\"col\">File</th><th scope=\"col\" class=\"number\">Lines</th><th "
            + $"scope=\"col\" class=\"number\">Branches</th></tr></thead><tbody>\n{string.Concat(rows)}</tbody></table></div></details>\n";
    }
}
