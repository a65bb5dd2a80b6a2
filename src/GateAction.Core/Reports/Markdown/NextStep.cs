using GateAction.Core.Model;

namespace GateAction.Core.Reports.Markdown;

/// <summary>The one thing to do next, as Markdown; null where there is nothing to do.</summary>
internal static class NextStep
{
    public static string? Of(Verdict verdict, PreviousRun? previous)
    {
        if (!verdict.Blocks)
            return null;
        if (Headline.Blockers(verdict, previous) is not [var first, ..])
            return verdict.Notes.Count > 0 ? null : "give the gate something to decide.";
        if (first.Help is { } help)
            return MarkdownText.Address(help) is { } url
                ? $"follow [{MarkdownText.Text(Shown(url), 80)}](<{url}>)"
                : MarkdownText.Text(help);
        return first.State == CriterionState.Inconclusive
            ? "make it measurable and run the gate again; what was not measured never counts as met."
            : "repair it and push, or waive it in the manifest with a reason and a date.";
    }

    /// <summary>An address without what every address has.</summary>
    public static string Shown(string url) => url.Replace("https://", "", StringComparison.Ordinal).TrimEnd('/');
}
