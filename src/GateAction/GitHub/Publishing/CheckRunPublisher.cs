using System.Net;
using GateAction.Core.Reports.Machine;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Publishing;

/// <summary>A check run. Never <c>neutral</c>: GitHub counts that as met.</summary>
internal sealed class CheckRunPublisher(RepositoryApi client, GateTarget target) : StatusPublisher
{
    /// <summary>More are counted and not sent: each fifty cost a call.</summary>
    public const int MostAnnotations = 500;

    private const int MostSummary = 65_535;

    private readonly List<long> _own = [];
    private string? _app;

    private string NameOfAnother => $"{target.Job.JobName}+";

    public override Task<string?> BeginAsync(CancellationToken cancellation) =>
        target.Place is null ? CreateAsync(target.Job.JobName, cancellation) : Task.FromResult<string?>(null);

    /// <summary>Another check run: of several with one name GitHub goes by the one with the highest number.</summary>
    public override Task RiseAsync(CancellationToken cancellation) => CreateAsync(NameOfAnother, cancellation);

    public override async Task FinishAsync(
        FinalState state, string description, string? summary, IReadOnlyList<Annotation> annotations, CancellationToken cancellation)
    {
        if (_own is [])
            await CreateAsync(target.Place is null ? target.Job.JobName : NameOfAnother, cancellation);
        var placed = annotations.Where(annotation => annotation.File is not null).ToList();
        var text = placed.Count <= MostAnnotations ? summary : $"{summary}\n\n… and {placed.Count - MostAnnotations:N0} more annotations.";
        var (title, body) = (CommitStatusPublisher.Shorten(description), MarkdownLimit.Fit(text ?? description, MostSummary));
        var batches = placed.Take(MostAnnotations).Select(Convert).Chunk(ChecksApi.MostAnnotations).DefaultIfEmpty([]).ToList();
        // The last batch goes with the conclusion: one call less, and a check run that shows all its annotations the moment it is done.
        var sent = await SendAllButLastAsync(title, body, batches, cancellation);
        if (sent is { } before
            && await TryCompleteAsync(state, Output(title, body, batches[^1]), before + batches[^1].Length, cancellation))
            return;
        await client.Checks.UpdateAsync(_own[^1], Completed(state, Output(title, body, [])), sent ?? 0, cancellation);
    }

    private async Task<string?> CreateAsync(string externalId, CancellationToken cancellation)
    {
        var run = await client.Checks.CreateAsync(
            new(target.CheckName, target.Event.Sha)
            {
                Status = Octokit.CheckStatus.InProgress,
                DetailsUrl = target.Job.RunUrl,
                ExternalId = externalId,
            },
            cancellation);
        _own.Add(run.Id);
        _app = run.App;
        return run.App is { } slug ? $"{slug}[bot]" : null;
    }

    /// <summary>Every check run of this name by the app that created this gate's own; GitHub goes by the one with the highest
    /// number.</summary>
    public override async Task<GateStatusHistory> ReadAsync(string login, CancellationToken cancellation)
    {
        var checks = await client.Checks.ListAsync(target.Event.Sha, target.CheckName, cancellation).ToListAsync(cancellation);
        return new(
            checks.Where(check => _app is null ? $"{check.App}[bot]" == login : check.App == _app).SelectMany(GateStatus.Read),
            target.Job, _own, checks.Count)
        {
            Place = target.Place,
            IsBeginKnown = _own.Count > 0 || target.Place is not null,
        };
    }

    public override async Task GiveWayAsync(CancellationToken cancellation)
    {
        if (_own is [.., var id])
            await client.Checks.UpdateAsync(
                id,
                new()
                {
                    Status = Octokit.CheckStatus.Completed,
                    Conclusion = Octokit.CheckConclusion.Cancelled,
                    Output = new("a run that began later judges this commit", "Its check run stands."),
                },
                0,
                cancellation);
    }

    /// <summary>False if GitHub refuses the annotations: a line that another program named must not keep the check run from its
    /// end.</summary>
    private async Task<bool> TryCompleteAsync(FinalState state, Octokit.NewCheckRunOutput output, int annotationsThen,
        CancellationToken cancellation)
    {
        try
        {
            await client.Checks.UpdateAsync(_own[^1], Completed(state, output), annotationsThen, cancellation);
            return true;
        }
        catch (GitHubException exception)
            when (exception.Status == HttpStatusCode.UnprocessableEntity && output.Annotations is { Count: > 0 })
        {
            return false;
        }
    }

    /// <summary>How many annotations were sent; null if GitHub refused some: the check run is completed without them, never left in
    /// progress.</summary>
    private async Task<int?> SendAllButLastAsync(
        string title, string body, List<Octokit.NewCheckRunAnnotation[]> batches, CancellationToken cancellation)
    {
        var sent = 0;
        try
        {
            // One after the other: GitHub adds annotations up, and only their number tells which call has happened.
            foreach (var batch in batches.SkipLast(1))
            {
                var update = new Octokit.CheckRunUpdate { Status = Octokit.CheckStatus.InProgress, Output = Output(title, body, batch) };
                await client.Checks.UpdateAsync(_own[^1], update, sent += batch.Length, cancellation);
            }
            return sent;
        }
        catch (GitHubException)
        {
            return null;
        }
    }

    private static Octokit.CheckRunUpdate Completed(FinalState state, Octokit.NewCheckRunOutput output) => new()
    {
        Status = Octokit.CheckStatus.Completed,
        Conclusion = state == FinalState.Success ? Octokit.CheckConclusion.Success : Octokit.CheckConclusion.Failure,
        Output = output,
    };

    private static Octokit.NewCheckRunOutput Output(string title, string summary, Octokit.NewCheckRunAnnotation[] annotations) =>
        new(title, summary) { Annotations = annotations.Length == 0 ? null : annotations };

    private static Octokit.NewCheckRunAnnotation Convert(Annotation annotation) =>
        new(annotation.File!, annotation.Line ?? 1, annotation.Line ?? 1, LevelOf(annotation.Level), annotation.Message)
        { Title = annotation.Title };

    private static Octokit.CheckAnnotationLevel LevelOf(AnnotationLevel level) => level switch
    {
        AnnotationLevel.Failure => Octokit.CheckAnnotationLevel.Failure,
        AnnotationLevel.Warning => Octokit.CheckAnnotationLevel.Warning,
        AnnotationLevel.Notice => Octokit.CheckAnnotationLevel.Notice,
    };
}
