namespace GateAction.Core.Reports.Markdown;

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
            isShortened |= texts[index] != whole;
            left -= Section.Bytes(texts[index] ?? "");
        }
        string[] dropped = [.. sections.Where((_, index) => texts[index] is null).Select(section => section.Name)];
        var kept = string.Concat(texts.SkipLast(1));
        return kept + (dropped.Length == 0 ? "" : note(string.Join(", ", dropped)).ToString()) + texts[^1];
    }
}
