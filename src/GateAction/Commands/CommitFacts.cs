using GateAction.GitHub.Api;
using GateAction.GitHub.Publishing;
using GateAction.Sources;
using GateAction.Sources.Commits;

namespace GateAction.Commands;

/// <summary>Answers the <c>github</c> probe's questions.</summary>
/// <param name="ownNames">What this run's own status and check run are called.</param>
internal sealed class CommitFacts(RepositoryApi client, string gate, long runId, params IReadOnlyList<string> ownNames)
{
    public async Task<CommitAnswer> AskAsync(CommitQuestion question, CancellationToken cancellation)
    {
        try
        {
            return new(await ChecksAsync(question.Sha, cancellation),
                question.Environment is { } environment ? await DeploymentAsync(question.Sha, environment, cancellation) : null);
        }
        catch (GitHubException exception)
        {
            throw new NoEvidenceException($"GitHub could not be asked: {exception.Message}", exception);
        }
    }

    private async Task<IReadOnlyList<CommitCheck>> ChecksAsync(string sha, CancellationToken cancellation)
    {
        var checks = new OrderedDictionary<string, CommitCheck>(StringComparer.Ordinal);
        await foreach (var run in client.Checks.ListAsync(sha, cancellation))
        {
            // The jobs of this very run are not done while it measures: to wait for them would be to wait for itself.
            if (!IsOwn(run.Name) && run.DetailsUrl?.Contains($"/actions/runs/{runId}/", StringComparison.Ordinal) != true)
                checks.TryAdd(run.Name, new(run.Name, StateOf(run)));
        }
        // GitHub lists every status that was ever set, newest first: the first of a name counts.
        await foreach (var status in client.Statuses.ListAsync(sha, cancellation))
        {
            if (!IsOwn(status.Context))
                checks.TryAdd(status.Context,
                    new(status.Context, status.State switch { "success" => "passed", "pending" => "pending", _ => "failed" }));
        }
        return [.. checks.Values];
    }

    private async Task<CommitDeployment?> DeploymentAsync(string sha, string environment, CancellationToken cancellation)
    {
        if (await client.Deployments.ListAsync(sha, environment, cancellation).FirstOrDefaultAsync(cancellation) is not { } newest)
            return null;
        var state = await client.Deployments.StatusesAsync(newest.Id, cancellation).FirstOrDefaultAsync(cancellation);
        return new(state?.State ?? "pending", state?.EnvironmentUrl, newest.CreatedAt);
    }

    private bool IsOwn(string name) => StatusName.IsOf(gate, name) || ownNames.Contains(name);

    private static string StateOf(CheckRun run) => (run.Status, run.Conclusion) switch
    {
        (not "completed", _) => "pending",
        (_, "success") => "passed",
        (_, "skipped" or "neutral") => "skipped",
        _ => "failed",
    };
}
