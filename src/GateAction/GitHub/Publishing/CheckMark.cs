using System.Net;
using GateAction.Core.Reports.Machine;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Publishing;

/// <summary>A check run. Never <c>neutral</c>: GitHub counts that as met.</summary>
internal sealed class CheckMark(GitHubClient client, GateTarget target) : CommitMark
{
    /// <summary>More are counted and not sent: each fifty cost a call.</summary>
    public const int MostAnnotations = 500;

    private const int MostSummary = 65_535;

    private long? _id;

    public override async Task<string?> BeginAsync(CancellationToken cancellation)
    {
        var run = await client.Check.Run.CreateAsync(
            new(target.CheckName, target.Event.Sha, "in_progress", target.Job.RunUrl, $"{target.Job.RunId}/{target.Job.RunAttempt}"), cancellation);
        _id = run.Id;
        return run.App?.Slug is { } slug ? $"{slug}[bot]" : null;
    }

    public override async Task FinishAsync(
        FinalState state, string description, string? summary, IReadOnlyList<Annotation> annotations, CancellationToken cancellation)
    {
        if (_id is null)
            await BeginAsync(cancellation);
        var placed = annotations.Where(annotation => annotation.File is not null).ToList();
        var text = placed.Count <= MostAnnotations ? summary : $"{summary}\n\n… and {placed.Count - MostAnnotations:N0} more annotations.";
        var output = new CheckRunOutput(StatusMark.Shorten(description), MarkdownLimit.Fit(text ?? description, MostSummary));
        var batches = placed.Take(MostAnnotations).Select(Convert).Chunk(CheckRunsClient.MostAnnotations).DefaultIfEmpty([]).ToList();
        var sent = await SendAllButLastAsync(output, batches, cancellation);
        if (sent is { } before && await TryCompleteAsync(state, output with { Annotations = batches[^1] }, before + batches[^1].Length, cancellation))
            return;
        await client.Check.Run.UpdateAsync(_id!.Value, new("completed", Conclusion(state), output), sent ?? 0, cancellation);
    }

    /// <summary>False where GitHub refuses the annotations: a line that another program named must not keep the check run from its end.</summary>
    private async Task<bool> TryCompleteAsync(FinalState state, CheckRunOutput output, int annotationsThen, CancellationToken cancellation)
    {
        try
        {
            await client.Check.Run.UpdateAsync(_id!.Value, new("completed", Conclusion(state), output), annotationsThen, cancellation);
            return true;
        }
        catch (ApiException exception) when (exception.Status == HttpStatusCode.UnprocessableEntity && output.Annotations is { Count: > 0 })
        {
            return false;
        }
    }

    /// <summary>How many annotations were sent; null where GitHub refused some: the check run is completed without them, never left in progress.</summary>
    private async Task<int?> SendAllButLastAsync(CheckRunOutput output, List<CheckRunAnnotation[]> batches, CancellationToken cancellation)
    {
        var sent = 0;
        try
        {
            foreach (var batch in batches.SkipLast(1))
                await client.Check.Run.UpdateAsync(_id!.Value, new("in_progress", null, output with { Annotations = batch }), sent += batch.Length, cancellation);
            return sent;
        }
        catch (ApiException)
        {
            return null;
        }
    }

    private static string Conclusion(FinalState state) => state == FinalState.Success ? "success" : "failure";

    private static CheckRunAnnotation Convert(Annotation annotation) => new(
        annotation.File!,
        annotation.Line ?? 1,
        annotation.Line ?? 1,
        annotation.Level.ToString().ToLowerInvariant(),
        annotation.Message,
        annotation.Title);
}
