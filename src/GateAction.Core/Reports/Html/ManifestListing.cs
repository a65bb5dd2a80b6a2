using System.Net;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>The manifest with numbered lines; the lines of criteria are marked and can be linked to.</summary>
internal static class ManifestListing
{
    private const int MostLines = 5000;

    public static IEnumerable<string> Of(string manifest, Verdict verdict)
    {
        var criteria = verdict.Criteria.Select(criterion => criterion.Position.Line).ToHashSet();
        yield return "<ol class=\"manifest\" tabindex=\"0\" aria-label=\"The manifest\">\n";
        foreach (var (index, line) in manifest.ReplaceLineEndings("\n").Split('\n').Take(MostLines).Index())
        {
            var shown = string.Concat(PlainText.Lines(line, 2000));
            yield return $"<li id=\"L{index + 1}\"{(criteria.Contains(index + 1) ? " class=\"criterion\"" : "")}>"
                + $"{WebUtility.HtmlEncode(shown.Length == 0 ? " " : shown)}</li>\n";
        }
        yield return "</ol>\n";
    }
}
