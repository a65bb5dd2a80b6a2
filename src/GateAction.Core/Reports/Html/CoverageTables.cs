using System.Text;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>Coverage sets: their ratios, and the files that are covered least.</summary>
internal static class CoverageTables
{
    private const int MostFiles = 100;
    private static readonly string[] PathFields = ["path", "name", "file"];

    public static string Of(Evidence evidence)
    {
        var tables = new StringBuilder();
        foreach (var (name, measurement) in evidence.Measurements)
        {
            if (measurement.Kind == "coverage" && measurement.Facts.Kind == ValueKind.Map)
                tables.Append(Table(name, measurement.Facts.AsMap));
        }
        return tables.ToString();
    }

    private static string Table(string name, ValueMap facts)
    {
        var title =
            $"<h3>{HtmlText.Line(name)}</h3>\n<p>lines <b>{Ratio(facts, "lines")}</b> · branches <b>{Ratio(facts, "branches")}</b></p>\n";
        if (!facts.TryGet("files", out var files) || files.Kind != ValueKind.List || files.AsList.Count == 0)
            return title;
        var rows = files.AsList.Where(file => file.Kind == ValueKind.Map).Select(file => file.AsMap)
            .OrderBy(file => Number(file, "lines") ?? 2).Take(MostFiles)
            .Select(file =>
            $"<tr><th scope=\"row\">{HtmlText.Line(Path(file), 200)}</th><td class=\"number\">{Ratio(file, "lines")}</td><td "
            + $"class=\"number\">{Ratio(file, "branches")}</td></tr>\n");
        return $"{title}<details><summary>{StateWords.Count(Math.Min(MostFiles, files.AsList.Count), "file")} covered least</summary><div "
            + $"class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Files of {HtmlText.Line(name)}\"><table><thead><tr><th "
            + $"scope=\"col\">File</th><th scope=\"col\" class=\"number\">Lines</th><th scope=\"col\" "
            + $"class=\"number\">Branches</th></tr></thead><tbody>\n{string.Concat(rows)}</tbody></table></div></details>\n";
    }

    private static string Path(ValueMap file) =>
        PathFields.Select(field => file.TryGet(field, out var value) && value.Kind == ValueKind.String ? value.AsString : null)
        .FirstOrDefault(path => path is not null) ?? "";

    private static string Ratio(ValueMap facts, string name) => StateWords.Percent(Number(facts, name));

    private static double? Number(ValueMap facts, string name) =>
        facts.TryGet(name, out var value) && value.Kind == ValueKind.Double && double.IsFinite(value.AsDouble) ? value.AsDouble : null;
}
