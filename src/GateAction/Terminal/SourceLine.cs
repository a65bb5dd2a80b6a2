using GateAction.Cel.Values;
using GateAction.Core.Decisions;
using GateAction.Core.Model;

namespace GateAction.Terminal;

/// <summary>What one source measured, in a line.</summary>
internal static class SourceLine
{
    /// <summary>Nothing is said of whether it is good: criteria do that.</summary>
    public const string Measured = "•";

    /// <summary>What the marks stand for.</summary>
    public const string Legend = Measured + " measured   ! measured, not cleanly   ✗ not reached   ? not measured";

    private const int MostFigures = 4;

    public static string Done(string name, string kind, Measurement measurement) =>
        $"{Mark(measurement).Mark} {name} ({kind}): {Told(name, measurement)}, {UnitText.Duration(measurement.Duration)}";

    public static (string Mark, string Color) Mark(Measurement measurement) => measurement switch
    {
        { Outcome: Outcome.Measured, Caveat: null } => (Measured, "blue"),
        { Outcome: Outcome.Measured } => ("!", "yellow"),
        { Outcome: Outcome.Unreachable } => ("✗", "red"),
        { Outcome: Outcome.Unclean or Outcome.Unknown } => ("?", "yellow"),
    };

    public static string Told(string name, Measurement measurement)
    {
        if (measurement.Outcome != Outcome.Measured)
            return measurement.Reason ?? measurement.Outcome.Word();
        var figures = ProbeSummaries.Of(name, measurement, null).Figures.Take(MostFigures).Select(figure => $"{figure.Name} {figure.Text}");
        return string.Join(", ", figures.Prepend(measurement.Caveat).OfType<string>().DefaultIfEmpty("measured"));
    }
}
