using System.Globalization;
using System.Text.RegularExpressions;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Publishing;

/// <summary>Tells whether a newer run has already spoken about the same commit: its word must not be overwritten by an older one.</summary>
internal static partial class NewerRun
{
    /// <summary>The newer run's number; null where there is none.</summary>
    public static async Task<long?> FindAsync(GitHubClient client, GateTarget target, CommentResult? comment, CancellationToken cancellation)
    {
        if (comment?.Newer is { } marker)
            return marker.Sha == target.Event.Sha ? marker.RunId : null;
        if (comment is not null && target.Comment == CommentMode.Always)
            return null;
        var latest = await client.Repository.Status.GetLatestAsync(target.Event.Sha, target.Context, cancellation);
        return latest?.TargetUrl is { } url && Run(url) is { } run && run.CompareTo((target.Job.RunId, target.Job.RunAttempt)) > 0 ? run.Id : null;
    }

    private static (long Id, int Attempt)? Run(string url) => RunUrl().Match(url) is { Success: true } match
        ? (long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), match.Groups[2].Success ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : 1)
        : null;

    [GeneratedRegex(@"/actions/runs/(\d{1,18})(?:/attempts/(\d{1,9}))?$")]
    private static partial Regex RunUrl();
}
