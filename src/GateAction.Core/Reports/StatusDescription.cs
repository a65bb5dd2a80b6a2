using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports;

/// <summary>What a commit status says in the 140 characters that GitHub gives it.</summary>
public static class StatusDescription
{
    public const int MostCharacters = 140;

    public static string Of(Verdict verdict) => PlainText.Line(Sentence(verdict), MostCharacters);

    private static string Sentence(Verdict verdict)
    {
        var failed = Ids(verdict, CriterionState.Failed, required: true);
        var unmeasured = Ids(verdict, CriterionState.Inconclusive, required: true);
        return verdict.State switch
        {
            VerdictState.Passed => $"{Met(verdict)}{Score(verdict)}",
            VerdictState.Warned => $"{Met(verdict)}{Waived(verdict)}{Score(verdict)}{Warnings(verdict)}",
            VerdictState.Failed when failed.Length > 0 =>
                Named($"{failed.Length} of {StateWords.Criteria(verdict.Criteria.Count)} failed: ", failed),
            VerdictState.Inconclusive when unmeasured.Length > 0 =>
                Named($"{unmeasured.Length} of {StateWords.Criteria(verdict.Criteria.Count)} could not be measured: ", unmeasured),
            VerdictState.NotConcerned => Headline.Of(verdict),
            VerdictState.Failed or VerdictState.Inconclusive => verdict.Notes.Count > 0 ? Capital(verdict.Notes[0]) : "Nothing was decided",
        };
    }

    /// <summary>As many ids as there is room for, and how many are left.</summary>
    private static string Named(string start, string[] ids)
    {
        // From the longest on: ids have no length that one could reckon with.
        for (var shown = ids.Length; shown > 0; shown--)
        {
            var text = start + string.Join(", ", ids.Take(shown)) + (shown < ids.Length ? $" and {ids.Length - shown} more" : "");
            if (text.Length <= MostCharacters)
                return text;
        }
        return start + ids[0];
    }

    private static string Met(Verdict verdict) =>
        $"{verdict.Criteria.Count(criterion => criterion.State == CriterionState.Passed)} of "
        + $"{StateWords.Criteria(verdict.Criteria.Count)} met";

    private static string Score(Verdict verdict) => verdict.Score is null ? "" : $", score {StateWords.Percent(verdict.Score)}";

    private static string Warnings(Verdict verdict)
    {
        (string Word, string[] Ids)[] groups =
        [
            ("degraded", Ids(verdict, CriterionState.Degraded)),
            ("advisory failed", Ids(verdict, CriterionState.Failed, required: false)),
            ("not measured", Ids(verdict, CriterionState.Inconclusive)),
        ];
        var parts = groups.Where(group => group.Ids.Length > 0).Select(group => $"{group.Word}: {string.Join(", ", group.Ids)}").ToArray();
        return parts.Length > 0 ? $"; {string.Join("; ", parts)}"
            : Waived(verdict).Length > 0 ? $": {string.Join(", ", Ids(verdict, CriterionState.Waived))}"
            : "; warned: below the target";
    }

    /// <summary>", 1 waived until 2026-12-02".</summary>
    private static string Waived(Verdict verdict)
    {
        var used = verdict.Waivers.Where(waiver => waiver.State == WaiverState.Used).ToArray();
        if (used.Length == 0)
            return "";
        var first = used.Min(waiver => waiver.Expires);
        return $", {used.Length} waived {(used.All(waiver => waiver.Expires == first) ? "" : "at first ")}until {UnitText.Date(first)}";
    }

    private static string[] Ids(Verdict verdict, CriterionState state, bool? required = null) =>
        [.. verdict.Criteria.Where(criterion => criterion.State == state && (required ?? criterion.Required) == criterion.Required)
        .Select(criterion => criterion.Id)];

    private static string Capital(string sentence) => string.Concat(sentence[..1].ToUpperInvariant(), sentence.AsSpan(1));
}
