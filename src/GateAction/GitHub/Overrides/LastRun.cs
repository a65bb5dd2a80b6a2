using System.Globalization;
using System.Text.RegularExpressions;
using GateAction.GitHub.Api;
using GateAction.GitHub.Publishing;

namespace GateAction.GitHub.Overrides;

/// <summary>
/// The run that last measured for a gate on a commit: whose address the newest word of the token's own account bears. A run that only answered a comment
/// measured nothing and is passed over.
/// </summary>
/// <param name="Url">As its word on the commit bears it.</param>
internal sealed partial record LastRun(WorkflowRunState Run, string Url)
{
    private const string Comments = "issue_comment";
    private const int MostRuns = 20;

    public bool IsUnderWay => Run.Status != "completed";

    /// <summary>True if none of its jobs failed, so that only the whole of it can be run again.</summary>
    public bool IsWhole => Run.Conclusion is "success" or "neutral" or "skipped";

    /// <summary>Null if none has spoken yet.</summary>
    public static async Task<LastRun?> FindAsync(RepositoryApi client, GateTarget target, string login, CancellationToken cancellation)
    {
        var seen = new HashSet<long>();
        await foreach (var url in WordsAsync(client, target, login, cancellation))
        {
            if (RunUrl().Match(url) is not { Success: true } match)
                continue;
            var id = long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
            if (id == target.Job.RunId || !seen.Add(id))
                continue;
            if (await client.Actions.StateAsync(id, cancellation) is { } run && run.Event != Comments)
                return new(run, url);
            if (seen.Count == MostRuns)
                break;
        }
        return null;
    }

    /// <summary>Re-runs what failed, else all of it.</summary>
    public Task RerunAsync(RepositoryApi client, bool isAll, CancellationToken cancellation) =>
        isAll || IsWhole ? client.Actions.RerunAsync(Run.Id, cancellation) : RerunFailedAsync(client, cancellation);

    private async Task RerunFailedAsync(RepositoryApi client, CancellationToken cancellation)
    {
        try
        {
            await client.Actions.RerunFailedAsync(Run.Id, cancellation);
        }
        catch (GitHubException exception) when (exception is { IsForbidden: false, IsTransient: false })
        {
            // A run that was cancelled before a job began has no failed ones.
            await client.Actions.RerunAsync(Run.Id, cancellation);
        }
    }

    /// <summary>The addresses in the gate's words on the commit, newest first.</summary>
    private static IAsyncEnumerable<string> WordsAsync(RepositoryApi client, GateTarget target, string login, CancellationToken cancellation) =>
        target.Report == ReportKind.Check
            ? client.Checks.ListAsync(target.Event.Sha, target.CheckName, cancellation)
                .Where(check => $"{check.App}[bot]" == login)
                .OrderByDescending(check => check.Id)
                .Select(check => check.DetailsUrl ?? "")
            : client.Statuses.ListAsync(target.Event.Sha, cancellation)
                .Where(status => status.Context == target.Context && status.Creator == login)
                .Select(status => status.TargetUrl ?? "");

    [GeneratedRegex(@"/actions/runs/(\d{1,18})/")]
    private static partial Regex RunUrl();
}
