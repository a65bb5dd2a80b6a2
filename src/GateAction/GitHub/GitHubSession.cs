using GateAction.Core.Model;
using GateAction.Core.Reports.Machine;
using GateAction.Core.Reports.Markdown;
using GateAction.GitHub.Api;
using GateAction.GitHub.Events;
using GateAction.GitHub.Publishing;

namespace GateAction.GitHub;

/// <summary>One workflow job's access to GitHub. Without a token there is no client: what the payload tells still holds.</summary>
internal sealed class GitHubSession : IDisposable
{
    /// <summary>GitHub shows no more annotations of a level and step.</summary>
    private const int MostAnnotations = 10;

    private const int LongestRemark = 1000;

    private readonly TextWriter _out;

    public GitHubSession(ActionsJob job, string? token, TextWriter output, TimeProvider time, ConnectionLimits? limits = null)
    {
        Job = job;
        Time = time;
        _out = output;
        Client = token is null ? null : new RepositoryApi(job.ApiUrl, token, job.Repository, time, limits);
    }

    public ActionsJob Job { get; }

    public TimeProvider Time { get; }

    public RepositoryApi? Client { get; }

    /// <summary>Takes what is secret out of what GitHub and servers said; what commands print is masked by the shell.</summary>
    public Func<string, string> Mask { get; init; } = text => text;

    public Task<GateEvent> ReadEventAsync(CancellationToken cancellation) => EventKinds.ReadAsync(Job, Client, cancellation);

    public Task<IReadOnlyList<string>?> ReadChangedFilesAsync(GateEvent source, CancellationToken cancellation) =>
        ChangedFiles.ReadAsync(source, Client, cancellation);

    /// <summary>The manifest from a commit. <paramref name="path"/> is the input; null looks where a manifest may lie.</summary>
    public Task<ManifestChoice> ReadManifestAsync(
        GateEvent source, string? path, ManifestFrom from, IReadOnlyList<string>? changedFiles, CancellationToken cancellation)
    {
        var client = Client
            ?? throw new GateException(
            "the manifest is read from a commit, which needs a token: leave the input 'github-token' out, or say 'manifest-from: "
            + "workspace'");
        var paths = path is null ? ManifestPaths.Default : [ManifestPaths.InRepository(path, Job.Workspace)];
        return new ManifestPolicy(client, source, paths).ReadAsync(from, changedFiles, cancellation);
    }

    /// <summary>A line for who watches the log.</summary>
    public Task TellAsync(string sentence) => _out.WriteLineAsync($"gate: {sentence}");

    /// <summary>Writes the job's summary, with remarks above it.</summary>
    public async Task SummarizeAsync(string? summary, IEnumerable<string> remarks, CancellationToken cancellation)
    {
        if (summary is null || Job.SummaryPath is not { } path)
            return;
        var quoted = MarkdownText.Concat(remarks.Select(remark => (MarkdownText)$"> {MarkdownText.Text(Mask(remark), LongestRemark)}\n"));
        await StepSummary.AppendAsync(path, quoted.IsEmpty ? summary : quoted.ToString() + "\n" + summary, cancellation);
    }

    public Task OutputAsync(IReadOnlyList<(string Name, string Value)> outputs, CancellationToken cancellation) =>
        Job.OutputPath is { } path ? StepOutputs.AppendAsync(path, outputs, cancellation) : Task.CompletedTask;

    /// <summary>Writes annotations to the log; of those beyond what GitHub shows, the number is told.</summary>
    public async Task AnnotateAsync(IReadOnlyList<Annotation> annotations)
    {
        foreach (var level in annotations.GroupBy(annotation => annotation.Level))
        {
            var all = level.ToList();
            // The last place says how many are missing: GitHub drops what is beyond its limit without a word.
            var shown = all.Count <= MostAnnotations ? all : all[..(MostAnnotations - 1)];
            foreach (var annotation in shown)
                await _out.WriteLineAsync(WorkflowCommands.Annotation(annotation));
            if (shown.Count < all.Count)
                await _out.WriteLineAsync(
                    WorkflowCommands.Annotation(new(level.Key, "gate", $"and {all.Count - shown.Count:N0} more; see the job's summary")));
        }
    }

    public void Dispose() => Client?.Dispose();
}

/// <summary>GitHub Actions as an app on github.com: the source of every status that a workflow's own token sets.</summary>
internal static class GitHubActions
{
    public const long AppId = 15368;
}
