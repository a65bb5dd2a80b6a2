using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>The run as bars over time: what was measured when, and for how long.</summary>
internal static class Timeline
{
    private const double Width = 1000;
    private const double Left = 190;
    private const double Right = 76;
    private const double Row = 24;

    public static IEnumerable<Html> Of(Evidence evidence)
    {
        if (evidence.Measurements.Count == 0)
            yield break;
        var span = Math.Max(0.001,
            evidence.Measurements.Values.Max(one => (one.StartedAt + one.Duration - evidence.StartedAt).TotalSeconds));
        var height = evidence.Measurements.Count * Row;
        yield return $"<figure><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"When each source was measured\"><svg "
            + $"viewBox=\"0 0 {Width:0} {height:0}\" width=\"{Width:0}\" role=\"img\" aria-label=\"When each of "
            + $"{evidence.Measurements.Count} sources was measured\">";
        foreach (var (index, (name, measurement)) in evidence.Measurements.Index())
        {
            var y = index * Row;
            var at = Left + ((Width - Left - Right) * Math.Clamp((measurement.StartedAt - evidence.StartedAt).TotalSeconds / span, 0, 1));
            var width = Math.Clamp((Width - Left - Right) * measurement.Duration.TotalSeconds / span, 2, Math.Max(2, Width - Right - at));
            yield return $"<text x=\"0\" y=\"{y + 16:0}\">{Html.Line(name, 26)}</text>"
                + $"<rect class=\"{(measurement.Outcome == Outcome.Measured ? "f-bar" : "f-bad")}\" x=\"{at:0.#}\" y=\"{y + 4:0}\" "
                + $"width=\"{width:0.#}\" height=\"16\" rx=\"3\"/>"
                + $"<text class=\"muted\" x=\"{at + width + 6:0.#}\" y=\"{y + 16:0}\">{UnitText.Duration(measurement.Duration)}</text>";
        }
        yield return $"</svg></div><figcaption>From 0 to {UnitText.Duration(TimeSpan.FromSeconds(span))}; what was not measured cleanly "
            + $"is red.</figcaption></figure>\n";
    }
}
