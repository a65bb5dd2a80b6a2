using GateAction.Core.Model;
using GateAction.GitHub.Api;
using GateAction.GitHub.Events;
using GateAction.Sources;
using GateAction.Sources.Results.Coverage;

namespace GateAction.Commands;

/// <summary>Answers coverage's question what the judged pull request changes.</summary>
internal sealed class PullChanges(RepositoryApi client, GateEvent judged)
{
    /// <summary>Throws <see cref="NoEvidenceException"/> if GitHub does not tell all of it.</summary>
    public async Task<IReadOnlyList<ChangedFile>> AskAsync(CancellationToken cancellation)
    {
        if (judged.PullRequest is not { } pull)
            throw new NoEvidenceException(
                "this run judges no pull request, so no lines are changed; `when: { event: [pull_request] }` keeps a criterion to those");
        try
        {
            var files = await client.PullRequests.FilesAsync(pull.Number, cancellation).ToListAsync(cancellation);
            if (files.Count >= PullRequestsApi.MostFiles)
                throw new NoEvidenceException(
                    $"the pull request changes more files than the {PullRequestsApi.MostFiles:N0} that GitHub lists");
            // After the list, not before it: a push in between would else go unseen.
            var head = (await client.PullRequests.GetAsync(pull.Number, cancellation)).Head.Sha;
            return head == judged.Sha
                ? [.. files.Select(file => new ChangedFile(file.FileName, file.Sha ?? "", file.Additions, file.Patch))]
                : throw new NoEvidenceException(
                $"the pull request is at {RunIdentity.Short(head)} by now, and this run judges {judged.ShortSha}");
        }
        catch (GitHubException exception)
        {
            throw new NoEvidenceException($"GitHub could not be asked which lines the pull request changes: {exception.Message}",
                exception);
        }
    }
}
