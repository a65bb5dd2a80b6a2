using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports;

/// <summary>
/// How a state is called and drawn, in every report: the one table of it. The word always stands beside the mark, so that neither colour
/// nor shape has to be seen. A state that is not in the table does not compile.
/// </summary>
/// <param name="Name">For machines and inside a sentence: <c>warned</c>.</param>
/// <param name="Sign">A mark that every font and terminal has.</param>
/// <param name="Class">How it fares: <c>good warn bad none</c>; each report has a colour for it.</param>
/// <param name="Rank">The larger, the worse.</param>
internal sealed record StateWords(string Name, string Mark, string Word, string Sign, string Class, int Rank = 0)
{
    /// <summary>For a badge, white on each colour has a contrast of at least 4.5 to 1.</summary>
    public (string Word, string Color) Badge { get; private init; }

    public static StateWords Of(CriterionState state) => state switch
    {
        CriterionState.Skipped => new("skipped", "➖", "skipped", "-", "none", 1),
        CriterionState.Passed => new("passed", "✅", "passed", "✓", "good", 2),
        CriterionState.Waived => new("waived", "🕓", "waived", "~", "warn", 3),
        CriterionState.Degraded => new("degraded", "⚠️", "degraded", "!", "warn", 4),
        CriterionState.Inconclusive => new("inconclusive", "❔", "not measured", "?", "bad", 5),
        CriterionState.Failed => new("failed", "❌", "failed", "✗", "bad", 6),
    };

    public static StateWords Of(VerdictState state) => state switch
    {
        VerdictState.Passed => new("passed", "✅", "Passed", "✓", "good") { Badge = ("passed", "#1a7f37") },
        VerdictState.Warned => new("warned", "⚠️", "Passed with warnings", "!", "warn") { Badge = ("warned", "#8a5a00") },
        VerdictState.Failed => new("failed", "❌", "Blocked", "✗", "bad") { Badge = ("blocked", "#b42318") },
        VerdictState.Inconclusive => new("inconclusive", "❔", "Blocked", "?", "bad") { Badge = ("not measured", "#57606a") },
        VerdictState.NotConcerned => new("not concerned", "➖", "Not concerned", "-", "none") { Badge = ("not concerned", "#57606a") },
    };

    /// <summary>What an outcome says if nothing else does.</summary>
    public static (string Name, string Words) Of(Outcome outcome) => outcome switch
    {
        Outcome.Measured => ("measured", "measured"),
        Outcome.Unreachable => ("unreachable", "could not be reached"),
        Outcome.Unclean => ("unclean", "not clean"),
        Outcome.Unknown => ("unknown", "gave nothing to judge by"),
    };

    public static string Of(WaiverState state) => state switch
    {
        WaiverState.Used => "in use",
        WaiverState.Unused => "not used",
        WaiverState.Expired => "expired, does not count",
        WaiverState.TooLong => "too far ahead, does not count",
    };

    public static string Percent(double? ratio) => ratio is { } known ? UnitText.Ratio(known) : "–";

    public static string Count(long count, string noun) => $"{count:#,0} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>"1 criterion", "14 criteria".</summary>
    public static string Criteria(int count) => count == 1 ? "1 criterion" : $"{count:#,0} criteria";

    /// <summary>" ▲ 12% against the baseline"; nothing if it is the same.</summary>
    public static string Change(double? difference)
    {
        if (difference is not { } change || Math.Abs(change) < 0.005)
            return "";
        // From 1 ms to a minute is a change of millions of percent, which no table has room for.
        return $" {(change > 0 ? '▲' : '▼')} {Math.Min(Math.Abs(change), 99.99) * 100:0}%";
    }
}
