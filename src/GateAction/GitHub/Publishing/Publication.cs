using System.Text;
using GateAction.Core.Model;

namespace GateAction.GitHub.Publishing;

/// <summary>What reached GitHub.</summary>
/// <param name="IsStatusMissing">True where the commit has no final status of this gate although it should.</param>
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
