using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>The run as bars over time: what was measured when, and for how long. Names and times are text beside the bars, so that it fits
/// every page.</summary>
internal static class Timeline
{
    public static IEnumerable<Html> Of(Evidence evidence)
    {
        if (evidence.Measurements.Count == 0)
            yield break;
        // Something to divide by, also for a run of no time.
        var span = Math.Max(0.001,
            evidence.Measurements.Values.Max(one => (one.StartedAt + one.Duration - evidence.StartedAt).TotalSeconds));
        yield return $"<ol class=\"timeline\">\n";
        foreach (var (name, measurement) in evidence.Measurements)
        {
            var from = Percent((measurement.StartedAt - evidence.StartedAt).TotalSeconds / span);
            var width = Math.Min(Math.Max(0.4, Percent(measurement.Duration.TotalSeconds / span)), Math.Max(0.4, 100 - from));
            var fill = measurement.Outcome == Outcome.Measured ? "f-bar" : "f-bad";
            var began = UnitText.Duration(measurement.StartedAt - evidence.StartedAt);
            yield return $"<li><a href=\"#{Anchors.Of(name, evidence)}\">{Html.Line(name, 80)}</a><span "
                + $"class=\"time\">{UnitText.Duration(measurement.Duration)}</span><svg role=\"img\" aria-label=\"from {began} on\"><rect "
                + $"class=\"f-track\" width=\"100%\" height=\"14\" rx=\"3\"/><rect class=\"{fill}\" x=\"{Math.Min(from, 99.6):0.##}%\" "
                + $"width=\"{width:0.##}%\" height=\"14\" rx=\"3\"/></svg></li>\n";
        }
        yield return $"</ol>\n<p class=\"muted\">From 0 to {UnitText.Duration(TimeSpan.FromSeconds(span))}; what was not measured cleanly "
            + $"is red.</p>\n";
    }

    private static double Percent(double share) => 100 * (double.IsFinite(share) ? Math.Clamp(share, 0, 1) : 0);
}
