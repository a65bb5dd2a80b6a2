using GateAction.Core.Reports;
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
        for (var (index, sent) = (0, 0); index < batches.Count; index++)
        {
            sent += batches[index].Length;
            var isLast = index == batches.Count - 1;
            var update = new CheckRunUpdate(
                isLast ? "completed" : "in_progress", isLast ? Conclusion(state) : null, output with { Annotations = batches[index] });
            await client.Check.Run.UpdateAsync(_id!.Value, update, sent, cancellation);
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
