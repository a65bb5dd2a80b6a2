using GateAction.Core.Model;
using GateAction.GitHub.Api;
using GateAction.GitHub.Overrides;

namespace GateAction.Commands;

/// <summary>The waivers that comments on the pull request give to what is not met.</summary>
internal static class Overriding
{
    /// <summary>
    /// Who may waive here; null for nobody. Only the base's manifest can say: one that the change brings must not let its author waive it.
    /// </summary>
    public static OverridePolicy? PolicyOf(JobContext job, EffectiveManifest? judge) =>
        job is { Session.Client: not null, Event: { PullRequest: not null } source } && judge?.Commit is { } commit && commit != source.Sha
            ? judge.Reading.Manifest?.Gate.Override
            : null;

    /// <summary>The comments are asked only if something is not met. If they cannot be read, none counts, and a note says why.</summary>
    /// <param name="decided">The verdict without them.</param>
    public static async Task<WaiverRecord> ReadAsync(
        JobContext job, EffectiveManifest judge, Gate gate, Verdict decided, DateTimeOffset now, CancellationToken cancellation)
    {
        var unmet = decided.Criteria.Where(criterion => criterion.IsUnmet).Select(criterion => criterion.Id)
            .ToHashSet(StringComparer.Ordinal);
        if (unmet.Count == 0 || PolicyOf(job, judge) is null)
            return WaiverRecord.Empty;
        try
        {
            return await new CommentWaivers(job.Session!.Client!, job.Event!.PullRequest!.Number, gate, now).ReadAsync(unmet, cancellation);
        }
        catch (GitHubException exception)
        {
            await job.NoteAsync($"waivers by comment cannot be read, so none of them counts: {exception.Message}");
            return WaiverRecord.Empty;
        }
    }

    /// <summary>Shows those who wrote them that they do not count; the verdict says why.</summary>
    public static async Task AnswerAsync(JobContext job, IReadOnlyList<RefusedWaiver> refused, CancellationToken cancellation)
    {
        foreach (var comment in refused.Where(waiver => !waiver.IsAnswered).Select(waiver => waiver.Comment.Id).Distinct())
        {
            try
            {
                await job.Session!.Client!.Comments.ReactAsync(comment, Reaction.Refused, cancellation);
            }
            catch (GitHubException)
            {
                // The verdict says it; a token that may not react is told of by the comment that it may not write.
                return;
            }
        }
    }
}
