using System.Text;

namespace GateAction.GitHub.Publishing;

/// <summary>Keeps Markdown within a limit of GitHub's. Reports cut themselves by what matters; this is the last guard.</summary>
internal static class MarkdownLimit
{
    private const string Cut = "\n\n*The rest is left out here; the full report is in the run's files.*\n";

    /// <summary>The text itself where it fits, else its beginning up to an empty line outside of tables, fences and details.</summary>
    public static string Fit(string markdown, int bytes)
    {
        if (Encoding.UTF8.GetByteCount(markdown) <= bytes)
            return markdown;
        var room = bytes - Encoding.UTF8.GetByteCount(Cut);
        return room <= 0 ? "" : LongestBlocks(markdown, room) + Cut;
    }

    private static string LongestBlocks(string markdown, int bytes)
    {
        var (used, end, position, fenced, details) = (0, 0, 0, false, 0);
        foreach (var line in markdown.Split('\n'))
        {
            used += Encoding.UTF8.GetByteCount(line) + 1;
            if (used > bytes)
                break;
            fenced ^= line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            details += fenced ? 0 : Count(line, "<details") - Count(line, "</details>");
            position += line.Length + 1;
            if (line.Trim().Length == 0 && !fenced && details == 0)
                end = position;
        }
        return markdown[..end].TrimEnd();
    }

    private static int Count(string line, string word) => line.Split(word).Length - 1;
}
