using System.Text;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>The lines that log probes kept.</summary>
internal static class LogExcerpts
{
    private const int MostLines = 200;

    public static string Of(Evidence evidence)
    {
        var excerpts = new StringBuilder();
        foreach (var (name, measurement) in evidence.Measurements)
        {
            if (measurement.Facts.Kind == ValueKind.Map && measurement.Facts.AsMap.TryGet("lines", out var lines)
                && lines.Kind == ValueKind.List && lines.AsList.Count > 0)
                excerpts.Append(
                    $"<h3>{HtmlText.Line(name)}</h3>\n<pre tabindex=\"0\" aria-label=\"log lines of "
                    + $"{HtmlText.Line(name)}\">{HtmlText.Lines(lines.AsList.Take(MostLines).Select(Text), MostLines)}</pre>\n");
        }
        return excerpts.ToString();
    }

    private static string Text(Value line) => line.Kind == ValueKind.String ? line.AsString : ValueJson.Write(line);
}
