using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports;

/// <summary>How a state is called and drawn, for every report. The word always stands beside the mark, so that neither colour nor shape has
/// to be seen.</summary>
/// <param name="Sign">A mark that every font and terminal has.</param>
/// <param name="Class">How it fares: <c>good warn bad none</c>; each report has a colour for it.</param>
internal sealed record StateWords(string Mark, string Word, string Sign, string Class)
{
    public static StateWords Of(CriterionState state) => state switch
    {
        CriterionState.Passed => new("✅", "passed", "✓", "good"),
        CriterionState.Degraded => new("⚠️", "degraded", "!", "warn"),
        CriterionState.Failed => new("❌", "failed", "✗", "bad"),
        CriterionState.Inconclusive => new("❔", "not measured", "?", "bad"),
        CriterionState.Waived => new("🕓", "waived", "w", "warn"),
        CriterionState.Skipped => new("➖", "skipped", "-", "none"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "no look for this state"),
    };

    public static StateWords Of(VerdictState state) => state switch
    {
        VerdictState.Passed => new("✅", "Passed", "✓", "good"),
        VerdictState.Warned => new("⚠️", "Passed with warnings", "!", "warn"),
        VerdictState.Failed => new("❌", "Blocked", "✗", "bad"),
        VerdictState.Inconclusive => new("❔", "Blocked", "?", "bad"),
        VerdictState.NotConcerned => new("➖", "Not concerned", "-", "none"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "no look for this state"),
    };

    public static string Percent(double? ratio) => ratio is { } known ? UnitText.Ratio(known) : "–";

    public static string Count(long count, string noun) => $"{count:#,0} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>"1 criterion", "14 criteria".</summary>
    public static string Criteria(int count) => count == 1 ? "1 criterion" : $"{count:#,0} criteria";

    /// <summary>" ▲ 12% against the baseline"; nothing where it is the same.</summary>
    public static string Change(double? difference)
    {
        if (difference is not { } change || Math.Abs(change) < 0.005)
            return "";
        return $" {(change > 0 ? '▲' : '▼')} {Math.Min(Math.Abs(change), 99.99) * 100:0}%";
    }
}
