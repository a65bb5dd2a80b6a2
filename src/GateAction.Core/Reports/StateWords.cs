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

    public static string Percent(double? ratio) => ratio is { } known ? $"{Floor(known):0.#}%" : "–";

    /// <summary>A share that is not whole never reads as 100%.</summary>
    private static double Floor(double ratio) => Math.Floor((ratio * 1000) + 1e-6) / 10;

    public static string Count(long count, string noun) => $"{count:#,0} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>"1 criterion", "14 criteria".</summary>
    public static string Criteria(int count) => count == 1 ? "1 criterion" : $"{count:#,0} criteria";
}
