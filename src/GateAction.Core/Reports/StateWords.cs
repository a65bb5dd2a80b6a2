using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports;

/// <summary>How a state is called and drawn. The word always stands beside the mark, so that neither colour nor shape has to be seen.</summary>
internal sealed record StateWords(string Mark, string Word)
{
    public static StateWords Of(CriterionState state) => state switch
    {
        CriterionState.Passed => new("✅", "passed"),
        CriterionState.Degraded => new("⚠️", "degraded"),
        CriterionState.Failed => new("❌", "failed"),
        CriterionState.Inconclusive => new("❔", "not measured"),
        CriterionState.Waived => new("🕓", "waived"),
        _ => new("➖", "skipped"),
    };

    /// <summary>Passed and warned let the merge happen, the others block it.</summary>
    public static StateWords Of(VerdictState state) => state switch
    {
        VerdictState.Passed => new("✅", "Passed"),
        VerdictState.Warned => new("⚠️", "Passed with warnings"),
        VerdictState.Failed => new("❌", "Blocked"),
        _ => new("❔", "Blocked"),
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
