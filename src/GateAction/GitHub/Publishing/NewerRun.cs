using System.Globalization;
using System.Text.RegularExpressions;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Publishing;

/// <summary>
/// Which run's word stands. The order of runs is the order of their <c>pending</c>s on the commit, by GitHub's own list: who began to judge
/// later knows more, be it a new run or the re-run of an old one, whatever its number. Only what the token's own account set counts:
/// anybody with write access can set a status of this name and write a run's address into it.
/// </summary>
/// <param name="IsOrdered">True if this run's <c>pending</c> is on the commit, so that the order is known.</param>
/// <param name="RunId">The run that began later; null if there is none.</param>
internal sealed partial record NewerRun(bool IsOrdered, long? RunId)
{
    public static readonly NewerRun Unknown = new(false, null);

    /// <param name="login">The token's own account.</param>
    public static async Task<NewerRun> FindAsync(RepositoryApi client, GateTarget target, string login, CancellationToken cancellation)
    {
        var ours = (target.Job.RunId, target.Job.RunAttempt);
        (long Id, int Attempt)? above = null;
        await foreach (var status in client.Statuses.ListAsync(target.Event.Sha, cancellation))
        {
            if (status.Context != target.Context || status.Creator != login || status.State != "pending" || RunOf(status) is not { } run)
                continue;
            if (run == ours)
                return new(true, above?.Id);
            above ??= run;
        }
        return Unknown;
    }

    private static (long Id, int Attempt)? RunOf(CommitStatus status) => RunUrl().Match(status.TargetUrl ?? "") is { Success: true } match
        ? (long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))
        : null;

    [GeneratedRegex(@"/actions/runs/(\d{1,18})/attempts/(\d{1,9})$")]
    private static partial Regex RunUrl();
}
