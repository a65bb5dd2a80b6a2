using System.Text;
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
            if (measurement.Content is LogContent { Lines: { Count: > 0 } lines })
                excerpts.Append(
                    $"<h3>{HtmlText.Line(name)}</h3>\n<pre tabindex=\"0\" aria-label=\"log lines of "
                    + $"{HtmlText.Line(name)}\">{HtmlText.Lines(lines.Take(MostLines), MostLines)}</pre>\n");
        }
        return excerpts.ToString();
    }
}
