using System.Globalization;
using System.Text.RegularExpressions;
using GateAction.Core.Model;
using GateAction.Core.Reports.Markdown;

namespace GateAction.Core.Reports;

/// <summary>What the comment said before this run: a comment carries it as a hidden line, so that the next run can tell what
/// changed.</summary>
public sealed partial record PreviousRun(VerdictState State, double? Score, IReadOnlyDictionary<string, CriterionState> Criteria)
{
    private const int MostBytes = 8192;

    public static PreviousRun Of(Verdict verdict) =>
        new(verdict.State, verdict.Score,
        verdict.Criteria.ToDictionary(criterion => criterion.Id, criterion => criterion.State, StringComparer.Ordinal));

    /// <summary>Null where the text is no comment of gate, or one too long to hold the line.</summary>
    public static PreviousRun? Read(string comment)
    {
        if (Line().Match(comment) is not { Success: true } match
            || !Enum.TryParse<VerdictState>(match.Groups["state"].Value, out var state))
            return null;
        var criteria = new Dictionary<string, CriterionState>(StringComparer.Ordinal);
        foreach (var entry in match.Groups["criteria"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (entry.Split('=') is [var id, var text] && Enum.TryParse<CriterionState>(text, out var criterion))
                criteria[Uri.UnescapeDataString(id)] = criterion;
        }
        return new(state, double.TryParse(match.Groups["score"].Value, CultureInfo.InvariantCulture, out var score) ? score : null,
            criteria);
    }

    /// <summary>The hidden line, or nothing where there are too many criteria for it.</summary>
    public string Write()
    {
        var criteria = string.Join(' ', Criteria.Select(entry => $"{Escape(entry.Key)}={entry.Value}"));
        var line = string.Create(CultureInfo.InvariantCulture,
            $"<!-- gate-state verdict={State} score={Score:0.####} criteria: {criteria} -->\n");
        return Section.Bytes(line) <= MostBytes ? line : "";
    }

    private static string Escape(string id) => Uri.EscapeDataString(id).Replace("-", "%2D", StringComparison.Ordinal);

    [GeneratedRegex(
        @"<!-- gate-state verdict=(?<state>[A-Za-z]{1,20}) score=(?<score>[0-9.]{0,10}) criteria: (?<criteria>[^<>]{0,8192}) -->",
        RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}
