namespace GateAction.GitHub.Publishing;

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
