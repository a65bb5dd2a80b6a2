using GateAction.GitHub.Api;
using GateAction.GitHub.Publishing;

namespace GateAction.GitHub.Overrides;

/// <summary>
/// The run that last measured for a gate on a commit, by the words of the token's own account. A run that only answered a comment measured
/// nothing and is passed over.
/// </summary>
internal sealed record LastRun(long Id, RunState State)
{
    private const string Comments = "issue_comment";
    private const int MostRuns = 20;

    public bool IsUnderWay => State.Status != "completed";

    /// <summary>The run is null if none has spoken yet, and if those that have are gone.</summary>
    /// <returns>With the number of the newest word, if there is one: whoever speaks after it knows more than the run's evidence
    /// does.</returns>
    public static async Task<(LastRun? Run, long? Place)> FindAsync(
        RepositoryApi client, GateTarget target, string login, CancellationToken cancellation)
    {
        StatusPublisher mark = target.Report == ReportKind.Check
            ? new CheckRunPublisher(client, target)
            : new CommitStatusPublisher(client, target);
        var words = await mark.ReadAsync(login, cancellation);
        // Bounded, because each costs a request: after twenty runs that only answered comments the one that measured is too old to tell.
        foreach (var id in words.Runs.Where(id => id != target.Job.RunId).Take(MostRuns))
        {
            if (await StateAsync(client, id, cancellation) is { } state && state.Event != Comments)
                return (new(id, state), words.Newest?.Id);
        }
        return (null, words.Newest?.Id);
    }

    /// <summary>Re-runs what failed; if nothing did, or <paramref name="isAll"/>, all of it.</summary>
    public async Task RerunAsync(RepositoryApi client, bool isAll, CancellationToken cancellation)
    {
        if (isAll || State.Conclusion is "success" or "neutral" or "skipped")
        {
            await client.Actions.RerunAsync(Id, cancellation);
            return;
        }
        try
        {
            await client.Actions.RerunFailedAsync(Id, cancellation);
        }
        catch (GitHubException exception) when (exception is { IsForbidden: false, IsTransient: false, MayHaveHappened: false })
        {
            // A run that was cancelled before a job began has no failed ones.
            await client.Actions.RerunAsync(Id, cancellation);
        }
    }

    /// <summary>Null if it was deleted.</summary>
    private static async Task<RunState?> StateAsync(RepositoryApi client, long id, CancellationToken cancellation)
    {
        try
        {
            return await client.Actions.StateAsync(id, cancellation);
        }
        catch (GitHubException exception) when (exception.IsNotFound)
        {
            return null;
        }
    }
}
