using System.Globalization;
using System.Text.RegularExpressions;
using GateAction.Core.Model;
using GateAction.Core.Reports.Markdown;

namespace GateAction.Core.Reports;

/// <summary>What the comment said before this run: its marker carries it as text, so that the next run can tell what changed.</summary>
public sealed partial record PreviousRun(VerdictState State, double? Score, IReadOnlyDictionary<string, CriterionState> Criteria)
{
    private const int MostBytes = 8192;

    /// <summary>True if that run let the change through.</summary>
    public bool WasMet => State is VerdictState.Passed or VerdictState.Warned or VerdictState.NotConcerned;

    public static PreviousRun Of(Verdict verdict) =>
        new(verdict.State, verdict.Score,
        verdict.Criteria.ToDictionary(criterion => criterion.Id, criterion => criterion.State, StringComparer.Ordinal));

    /// <summary>Null if the text is none that <see cref="Write"/> gave.</summary>
    public static PreviousRun? Read(string text)
    {
        // Who may write in the repository may edit the comment: what does not have the form is not read, and lengths are bounded.
        if (Form().Match(text) is not { Success: true } match || !Enum.TryParse<VerdictState>(match.Groups["state"].Value, out var state))
            return null;
        var criteria = new Dictionary<string, CriterionState>(StringComparer.Ordinal);
        foreach (var entry in match.Groups["criteria"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (entry.Split('=') is [var id, var word] && Enum.TryParse<CriterionState>(word, out var criterion))
                criteria[Uri.UnescapeDataString(id)] = criterion;
        }
        return new(state, double.TryParse(match.Groups["score"].Value, CultureInfo.InvariantCulture, out var score) ? score : null,
            criteria);
    }

    /// <summary>One line without <c>&lt;</c>, <c>&gt;</c> and two hyphens in a row; if there are too many criteria for it, they are left
    /// out.</summary>
    public string Write()
    {
        var start = string.Create(CultureInfo.InvariantCulture, $"verdict={State} score={Score:0.####} criteria:");
        var whole = string.Concat([start, .. Criteria.Select(entry => $" {Escape(entry.Key)}={entry.Value}")]);
        return Section.Bytes(whole) <= MostBytes ? whole : start;
    }

    private static string Escape(string id) => Uri.EscapeDataString(id).Replace("-", "%2D", StringComparison.Ordinal);

    [GeneratedRegex(@"\Averdict=(?<state>[A-Za-z]{1,20}) score=(?<score>[0-9.]{0,10}) criteria:(?<criteria>[^<>]{0,8192})\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
