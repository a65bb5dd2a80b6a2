using System.Globalization;
using System.Text.RegularExpressions;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Publishing;

/// <summary>A newer run that has already spoken about the same commit: its word must not be overwritten by an older one.</summary>
/// <param name="Covered">The newer run's last status where this run's <c>pending</c> lies over it and must be taken away again.</param>
internal sealed partial record NewerRun(long RunId, CommitStatus? Covered)
{
    /// <summary>Null where there is none.</summary>
    public static async Task<NewerRun?> FindAsync(RepositoryApi client, GateTarget target, CommentResult? comment, CancellationToken cancellation)
    {
        var marker = comment?.Newer?.Sha == target.Event.Sha ? comment.Newer : null;
        if (marker is null && comment is not null && target.Comment == CommentMode.Always)
            return null;
        var ours = (target.Job.RunId, target.Job.RunAttempt);
        var all = await client.Statuses.ListAsync(target.Event.Sha, cancellation)
            .Where(status => status.Context == target.Context)
            .ToListAsync(cancellation);
        var index = all.FindIndex(status => RunOf(status) is { } run && run.CompareTo(ours) > 0);
        if (index < 0)
            return marker is null ? null : new(marker.RunId, null);
        return new(RunOf(all[index])!.Value.Id, index > 0 && all[index].State != "pending" ? all[index] : null);
    }

    private static (long Id, int Attempt)? RunOf(CommitStatus status) => RunUrl().Match(status.TargetUrl ?? "") is { Success: true } match
        ? (long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))
        : null;

    [GeneratedRegex(@"/actions/runs/(\d{1,18})/attempts/(\d{1,9})$")]
    private static partial Regex RunUrl();
}
