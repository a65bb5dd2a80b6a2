using System.Text;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Markdown;

/// <summary>A part of a Markdown report that can be shortened at the borders of its items.</summary>
internal sealed class Section
{
    private readonly string _head;
    private readonly string[] _items;
    private readonly string _tail;
    private readonly Func<int, MarkdownText> _more;

    /// <param name="name">How the note about what was left out calls it.</param>
    /// <param name="rank">The lower, the longer it is kept when space runs out.</param>
    /// <param name="more">What stands in place of the items that were left out, by their number.</param>
    public Section(
        string name, int rank, MarkdownText head, IEnumerable<MarkdownText> items, MarkdownText tail, Func<int, MarkdownText> more)
    {
        (Name, Rank, _more) = (name, rank, more);
        (_head, _items, _tail) = (head.ToString(), [.. items.Select(item => item.ToString())], tail.ToString());
    }

    public string Name { get; }

    public int Rank { get; }

    public static Section Whole(string name, int rank, MarkdownText text) => new(name, rank, text, [], $"", _ => $"");

    /// <summary>As many items as fit; null if not even the frame does.</summary>
    public string? Fit(int maxBytes)
    {
        var all = Bytes(_head) + _items.Sum(Bytes) + Bytes(_tail);
        if (all <= maxBytes)
            return _head + string.Concat(_items) + _tail;
        // The note is longest if it counts them all.
        var left = maxBytes - Bytes(_head) - Bytes(_tail) - Bytes(More(_items.Length));
        var taken = 0;
        while (taken < _items.Length && (left -= Bytes(_items[taken])) >= 0)
            taken++;
        return taken == 0 ? null : _head + string.Concat(_items.Take(taken)) + More(_items.Length - taken) + _tail;
    }

    public static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);

    private string More(int left) => _more(left).ToString();
}

/// <summary>What this run did not look at, or could not: sources without a clean measurement and criteria that were skipped.</summary>
internal static class NotMeasuredSection
{
    public static Section Of(Verdict verdict)
    {
        var probes = verdict.Probes.Where(probe => probe.Outcome != Outcome.Measured).Select(Probe);
        var skipped = verdict.Criteria.Where(criterion => criterion.State == CriterionState.Skipped).Select(Skipped);
        MarkdownText[] items = [.. probes, .. skipped];
        return CriteriaSections.Folded("what was not measured", 5, $"❔ Not measured: {StateWords.Count(items.Length, "item")}", items);
    }

    private static MarkdownText Probe(ProbeSummary probe)
    {
        var reason = probe.Reason ?? StateWords.Of(probe.Outcome).Words;
        return $"- {MarkdownText.Code(probe.Name)} ({probe.Kind}): {MarkdownText.Text(reason, 600)}\n";
    }

    private static MarkdownText Skipped(CriterionVerdict criterion) =>
        $"- {MarkdownText.Text(criterion.Title, 160)} was skipped"
        + $"{(criterion.Reason is { } reason ? $": {MarkdownText.Text(reason, 600)}" : MarkdownText.Empty)}\n";
}

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

/// <summary>What is different from the run that the comment showed before.</summary>
internal static class ChangesSection
{
    public static Section Of(Verdict verdict, PreviousRun? previous)
    {
        const string Name = "what changed";
        if (previous is null)
            return Section.Whole(Name, 1, $"");
        var told = MarkdownText.Join(
            $" · ",
            [
            Ids("newly failed", verdict, criterion => IsBad(criterion.State) && previous.Criteria.TryGetValue(criterion.Id, out var before)
                && !IsBad(before)),
            Ids("repaired", verdict, criterion => criterion.State is CriterionState.Passed
                && previous.Criteria.TryGetValue(criterion.Id, out var before) && IsBad(before)),
            Ids("new", verdict, criterion => !previous.Criteria.ContainsKey(criterion.Id)),
            ScoreChange(verdict.Score, previous.Score),
            ]);
        return Section.Whole(Name, 1, told.IsEmpty ? MarkdownText.Empty : $"Since the last run: {told}\n\n");
    }

    private static bool IsBad(CriterionState state) => state is CriterionState.Failed or CriterionState.Inconclusive;

    private static MarkdownText Ids(string word, Verdict verdict, Func<CriterionVerdict, bool> isOne)
    {
        var ids = verdict.Criteria.Where(isOne).Select(criterion => MarkdownText.Code(criterion.Id)).ToArray();
        MarkdownText more = ids.Length > 5 ? $" and {ids.Length - 5} more" : MarkdownText.Empty;
        return ids.Length == 0 ? MarkdownText.Empty : $"{word} {MarkdownText.Join($", ", ids.Take(5))}{more}";
    }

    private static MarkdownText ScoreChange(double? now, double? before) =>
        now is { } score && before is { } earlier && Math.Abs(score - earlier) >= 0.001
            ? $"score {StateWords.Percent(earlier)} → {StateWords.Percent(score)}"
            : MarkdownText.Empty;
}

/// <summary>What does not block although it does not hold, who says so, and for how long.</summary>
internal static class WaiversSection
{
    public static Section Of(Verdict verdict)
    {
        var items = verdict.Waivers.OrderBy(waiver => waiver.State == WaiverState.Used).ThenBy(waiver => waiver.DaysLeft)
            .Select(waiver => Item(waiver, verdict)).ToArray();
        var counted = verdict.Waivers.Count(waiver => waiver.State == WaiverState.Used);
        return CriteriaSections.Folded("waivers", 5, $"🕓 {StateWords.Count(items.Length, "waiver")}, {counted} in use", items,
            isOpen: verdict.State == VerdictState.Warned);
    }

    private static MarkdownText Item(WaiverUse waiver, Verdict verdict)
    {
        var criterion = verdict.Criteria.FirstOrDefault(criterion => criterion.Id == waiver.CriterionId);
        MarkdownText by = waiver.By is { } owner ? $", by {MarkdownText.Text(owner, 80)}" : MarkdownText.Empty;
        MarkdownText comment = MarkdownText.Address(waiver.Comment) is { } url
            ? $" ({MarkdownText.Link("comment", url)})"
            : MarkdownText.Empty;
        return $"- **{MarkdownText.Text(criterion?.Title ?? waiver.CriterionId, 100)}**: {State(waiver, criterion)}; "
            + $"{Days(waiver.DaysLeft)} ({UnitText.Date(waiver.Expires)}). {MarkdownText.Text(waiver.Reason, 200)}{by}{comment}\n";
    }

    private static MarkdownText State(WaiverUse waiver, CriterionVerdict? criterion) => waiver.State switch
    {
        WaiverState.Used => $"in use: {(criterion is null ? "waived" : StateWords.Of(criterion.Underlying).Word)} without it",
        WaiverState.Unused => $"not used",
        WaiverState.Expired => $"**expired**, does not count",
        WaiverState.TooLong => $"**too far ahead**, does not count",
    };

    private static string Days(int days) => days switch
    {
        < -1 => $"{-days} days ago",
        -1 => "yesterday",
        0 => "last day",
        1 => "1 day left",
        _ => $"{days} days left",
    };
}

/// <summary>The short comment that says that a gate which was met is not any more: the edited one notifies nobody.</summary>
public static class RegressionNotice
{
    /// <param name="commentUrl">Where the gate's own comment is.</param>
    public static string Render(Verdict verdict, ReportContext context, string commentUrl)
    {
        var words = StateWords.Of(verdict.State);
        MarkdownText on = context.CommitSha is { } sha ? $" on {MarkdownText.Code(RunIdentity.Short(sha))}" : MarkdownText.Empty;
        MarkdownText all = MarkdownText.Address(commentUrl) is { } url ? $" {MarkdownText.Link("All of it", url)}." : MarkdownText.Empty;
        MarkdownText notice = $"{words.Mark} Gate {MarkdownText.Code(verdict.Gate)} was met and is not any more{on}. "
            + $"{MarkdownText.Text(Headline.Of(verdict, context.Previous), 200)}.{all}\n";
        return notice.ToString();
    }
}

/// <summary>Puts sections together within a number of bytes (GitHub counts bytes): what ranks lowest is left out first, and one section is
/// shortened.</summary>
internal static class Layout
{
    private const int NoteBytes = 400;

    /// <param name="note">What tells the reader which sections were left out, by their names.</param>
    public static string Fit(IReadOnlyList<Section> sections, int maxBytes, Func<string, MarkdownText> note)
    {
        var whole = string.Concat(sections.Select(section => section.Fit(int.MaxValue)));
        return Section.Bytes(whole) <= maxBytes ? whole : Shortened(sections, maxBytes - NoteBytes, note);
    }

    private static string Shortened(IReadOnlyList<Section> sections, int left, Func<string, MarkdownText> note)
    {
        var texts = new string?[sections.Count];
        var isShortened = false;
        foreach (var index in Enumerable.Range(0, sections.Count).OrderBy(index => sections[index].Rank))
        {
            var whole = sections[index].Fit(int.MaxValue);
            texts[index] = isShortened && Section.Bytes(whole!) > left ? null : sections[index].Fit(left);
            // Once one is shortened, later ones come whole or not at all: a page of beginnings helps nobody.
            isShortened |= texts[index] != whole;
            left -= Section.Bytes(texts[index] ?? "");
        }
        string[] dropped = [.. sections.Where((_, index) => texts[index] is null).Select(section => section.Name)];
        var kept = string.Concat(texts.SkipLast(1));
        return kept + (dropped.Length == 0 ? "" : note(string.Join(", ", dropped)).ToString()) + texts[^1];
    }
}
