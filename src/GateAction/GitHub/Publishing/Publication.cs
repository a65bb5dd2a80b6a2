using System.Text;
using GateAction.Core.Model;
using GateAction.Core.Reports;
using GateAction.Core.Reports.Machine;

namespace GateAction.GitHub.Publishing;

/// <summary>What reached GitHub.</summary>
/// <param name="IsStatusMissing">True if the commit has no final status of this gate although it should.</param>
/// <param name="Failures">One sentence for each publisher that failed.</param>
/// <param name="Notices">What a reader should know and nobody has to mend, as that a newer run has spoken.</param>
internal sealed record Publication(bool IsStatusMissing, CommentResult? Comment, IReadOnlyList<string> Failures,
    IReadOnlyList<string> Notices)
{
    /// <summary>The verdict's own exit code stands unless the status could not be set.</summary>
    public ExitCode ExitCode(ExitCode ofVerdict) => IsStatusMissing ? Core.Model.ExitCode.NotPublished : ofVerdict;
}

/// <summary>The Markdown on the run's page; GitHub refuses one of more than 1 MiB, all that the step wrote taken together.</summary>
internal static class StepSummary
{
    public const int MostBytes = 1024 * 1024;

    public static async Task AppendAsync(string path, string markdown, CancellationToken cancellation)
    {
        var there = File.Exists(path) ? new FileInfo(path).Length : 0;
        var room = (int)Math.Max(0, MostBytes - there - 2);
        await File.AppendAllTextAsync(path, MarkdownLimit.Fit(markdown, room) + "\n", cancellation);
    }
}

/// <summary>The step's outputs: each value stands between two random words, so that no value can bring an output of its own.</summary>
internal static class StepOutputs
{
    public static async Task AppendAsync(string path, IEnumerable<(string Name, string Value)> outputs, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in outputs)
        {
            var word = WorkflowCommands.RandomWord();
            text.Append($"{name}<<{word}\n{value}\n{word}\n");
        }
        await File.AppendAllTextAsync(path, text.ToString(), cancellation);
    }
}

/// <summary>Keeps Markdown within a limit of GitHub's. Reports cut themselves by what matters; this is the last guard.</summary>
internal static class MarkdownLimit
{
    private const string Cut = "\n\n*The rest is left out here; the full report is in the run's files.*\n";

    /// <summary>The text itself if it fits, else its beginning up to an empty line outside of tables, fences and details.</summary>
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
            // Cut inside a fence, a table or details, everything below on the page would be swallowed by it.
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

/// <summary>All that one gate has to say at its end, ready to publish.</summary>
/// <param name="Description">The most important thing in 140 characters; longer text is cut.</param>
/// <param name="Comment">
/// Writes the comment's Markdown in a number of bytes, from the run that it showed before (null if there was none); null for no comment.
/// </param>
/// <param name="Summary">Markdown for the run's page; null for none.</param>
/// <param name="Digest">Any text that changes when the verdict changes, and only then.</param>
/// <param name="IsProblem">True if somebody has to do something.</param>
internal sealed record GateReport(
    FinalState State,
    string Description,
    Func<PreviousRun?, int, string>? Comment,
    string? Summary,
    string Digest,
    bool IsProblem,
    IReadOnlyList<(string Name, string Value)> Outputs,
    IReadOnlyList<Annotation> Annotations)
{
    /// <summary>What the comment remembers of this run for the next one; null for a run without a decision.</summary>
    public PreviousRun? Run { get; init; }

    /// <summary>The digest of the evidence that was decided on (<see cref="CommentMarker.EvidenceDigestOf"/>).</summary>
    public string? Evidence { get; init; }

    /// <summary>Writes the Markdown that says that a gate which was met is not any more, from the address of its comment; null if it is
    /// met.</summary>
    public Func<string, string>? Regression { get; init; }
}

/// <summary>What carries the gate's word on the commit; <c>Both</c> goes under two names.</summary>
internal enum ReportKind
{
    Status,
    Check,
    Both,
}
