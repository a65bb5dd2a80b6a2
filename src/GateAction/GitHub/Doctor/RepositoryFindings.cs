using GateAction.GitHub.Api;
using GateAction.GitHub.Publishing;

namespace GateAction.GitHub.Doctor;

/// <summary>What a repository's workflows, branches and open pull requests say of its gates. It only reads.</summary>
/// <param name="branch">The default branch, or the one that was asked for.</param>
/// <param name="defaultBranch">The repository's default branch.</param>
internal sealed class RepositoryFindings(RepositoryApi client, string branch, string defaultBranch)
{
    private const string Folder = ".github/workflows";
    private const int MostWorkflows = 100;
    private const int MostPullRequests = 30;
    private const string WorkflowToken = "github-actions[bot]";

    public async Task<IReadOnlyList<Workflow>> ReadWorkflowsAsync(CancellationToken cancellation)
    {
        if (await client.ContentAsync(Folder, branch, cancellation) is not { Entries: { } entries })
            return [];
        List<Workflow> workflows = [];
        foreach (var entry in entries.Where(entry => entry.Type == "file" && Path.GetExtension(entry.Path) is ".yml" or ".yaml")
            .Take(MostWorkflows))
        {
            if (await client.ContentAsync(entry.Path, branch, cancellation) is { Type: "file", Content: not null } content
                && Workflow.Read(entry.Path, ManifestContent.Decode(content, branch)) is { } workflow)
                workflows.Add(workflow);
        }
        return [.. workflows.Select(workflow => workflow.WithCalled(workflows))];
    }

    public async IAsyncEnumerable<DoctorFinding> OfWorkflowsAsync(
        IReadOnlyList<Workflow> workflows,
        IReadOnlyList<GateManifest> manifests,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var finding in WorkflowFindings.OfNames(workflows, manifests).Concat(WorkflowFindings.OfStrangers(workflows)))
            yield return finding;
        if (await client.Rules.OfBranchAsync(branch, cancellation).AnyAsync(rule => rule.Type == "merge_queue", cancellation))
            foreach (var finding in WorkflowFindings.OfMergeQueue(workflows, branch))
                yield return finding;
        foreach (var (workflow, named) in WorkflowFindings.NamedBranches(workflows))
        {
            if (named != branch && !await client.Rules.HasBranchAsync(named, cancellation))
                yield return new(
                    Health.Bad,
                    $"'{workflow.File}' waits for the branch '{named}', which does not exist: was it renamed? The default branch is "
                    + $"'{defaultBranch}'",
                    $"write the branch's name of today there");
        }
    }

    /// <summary>Names of gates that a branch requires although nobody sets them there, as after a gate or the default branch was
    /// renamed.</summary>
    /// <param name="required">What the branch requires.</param>
    /// <param name="names">What the gates are called there.</param>
    /// <param name="isAllSeen">False if only a run knows some of the names.</param>
    public static IEnumerable<DoctorFinding> OfRequired(
        string branch, IEnumerable<string> required, IReadOnlyList<string> names, bool isAllSeen) => required
        .Where(name => name.StartsWith("gate/", StringComparison.Ordinal) && !names.Contains(name)
        // The check run of 'report: both', see GateTarget.CheckName.
        && !names.Contains(name.Replace(" (check)", "", StringComparison.Ordinal)))
        .Distinct()
        .Select(name => isAllSeen
        ? new DoctorFinding(
            Health.Bad,
            $"'{branch}' requires '{name}', which no gate sets there: nothing can be merged",
            $"require {WorkflowFindings.List(names)} instead")
        : new DoctorFinding(
            Health.Fair,
            $"'{branch}' requires '{name}', and none of the gates whose names can be read in the workflows sets it there",
            "see that one whose manifest or 'status-name' only a run knows does"));

    /// <summary>Pull requests whose gate will never speak: opened by a workflow's own token, or waiting for a run that is over.</summary>
    /// <param name="manifest">The gate.</param>
    /// <param name="isCheck">True if it sets a check run and no status.</param>
    public async IAsyncEnumerable<DoctorFinding> OfPullRequestsAsync(
        GateManifest manifest, bool isCheck, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var pull in client.PullRequests.OpenAsync(cancellation).Take(MostPullRequests))
        {
            // Of several names one tells: a workflow that never runs sets none of them.
            var name = manifest.NamesFor(pull.Base.Ref, defaultBranch).First();
            var (isThere, waits) = isCheck ? await NewestCheckAsync(pull.Head.Sha, name, cancellation)
                : await NewestStatusAsync(pull.Head.Sha, name, cancellation);
            if (!isThere && pull.User?.Login == WorkflowToken)
                yield return new(
                    Health.Bad,
                    $"#{pull.Number} was opened by a workflow's own token, which starts no workflow: its '{name}' is never set",
                    "let an app's or a person's token open such pull requests; this one can be closed and opened again by hand, or judged "
                    + "by 'workflow_dispatch' on its branch");
            if (waits is { } word && await IsOverAsync(word, cancellation))
                yield return new(
                    Health.Bad,
                    $"'{name}' of #{pull.Number} waits for run {word.RunId}, which has ended without a word",
                    "re-run that run or any other of this pull request");
        }
    }

    private async Task<(bool IsThere, GateStatus? Waits)> NewestStatusAsync(string sha, string name, CancellationToken cancellation)
    {
        var newest = await client.Statuses.ListAsync(sha, cancellation).Where(status => status.Context == name)
            .OrderByDescending(status => status.Id).FirstOrDefaultAsync(cancellation);
        return (newest is not null, newest is { State: "pending" } ? GateStatus.Read(newest) : null);
    }

    private async Task<(bool IsThere, GateStatus? Waits)> NewestCheckAsync(string sha, string name, CancellationToken cancellation)
    {
        var newest = await client.Checks.ListAsync(sha, name, cancellation).OrderByDescending(check => check.Id)
            .FirstOrDefaultAsync(cancellation);
        return (newest is not null, newest is { Status: not "completed" } ? GateStatus.Read(newest).FirstOrDefault() : null);
    }

    private async Task<bool> IsOverAsync(GateStatus word, CancellationToken cancellation)
    {
        try
        {
            var state = await client.Actions.StateAsync(word.RunId, cancellation);
            // The state is that of the newest attempt: if there is a later one, the attempt that this word is of has ended.
            return state.Status == "completed" || state.RunAttempt > word.Attempt;
        }
        catch (GitHubException)
        {
            return false;
        }
    }
}
