using GateAction.Core.Model;

namespace GateAction.Core.Reports.Markdown;

/// <summary>What the change's own manifest would decide. It never counts: a change does not judge itself.</summary>
internal static class PreviewSection
{
    public static Section Of(Verdict verdict, Verdict? preview)
    {
        if (preview is null)
            return Section.Whole("the preview", 4, $"");
        MarkdownText[] items =
        [
            $"This change edits the manifest. With the new one the gate would say: **{MarkdownText.Text(Headline.Of(preview), 300)}** "
                + $"(score {StateWords.Percent(preview.Score)}). It does not count before it is merged.\n\n",
            .. Differences(verdict, preview),
        ];
        return CriteriaSections.Folded("the preview", 4, $"📝 Preview of the changed manifest (does not count)", items, isOpen: true);
    }

    private static IEnumerable<MarkdownText> Differences(Verdict verdict, Verdict preview)
    {
        var now = verdict.Criteria.ToDictionary(criterion => criterion.Id, StringComparer.Ordinal);
        foreach (var criterion in preview.Criteria)
        {
            now.Remove(criterion.Id, out var before);
            if (before is null)
                yield return $"- added: {Told(criterion)}\n";
            else if (before.State != criterion.State || before.Condition != criterion.Condition || before.Required != criterion.Required)
                yield return $"- changed: {Told(before)} → {Told(criterion)}\n";
        }
        foreach (var removed in now.Values)
            yield return $"- **removed**: {Told(removed)}\n";
    }

    private static MarkdownText Told(CriterionVerdict criterion) =>
        $"{MarkdownText.Code(criterion.Id)} {MarkdownText.Code(criterion.Condition, 120)} "
        + $"{StateWords.Of(criterion.State).Word}{CriteriaSections.Advisory(criterion)}";
}
