using System.Net;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Doctor;

/// <summary>Looks whether a repository is set up so that the gate can block a merge, and changes nothing.</summary>
/// <param name="appId">GitHub Actions as an expected source; null on a server that gives it another number.</param>
internal sealed class GitHubDoctor(RepositoryApi client, long? appId)
{
    /// <summary>A commit that no repository has: asking to set a status on it tells whether the token may, and sets none.</summary>
    private const string NoCommit = "0000000000000000000000000000000000000000";

    /// <summary>Whether the token is accepted and sees the repository; then its default branch.</summary>
    public async Task<(DoctorFinding Finding, string? DefaultBranch)> FindBranchAsync(CancellationToken cancellation)
    {
        try
        {
            var repository = await client.GetAsync(cancellation);
            return (new(Health.Good, $"the token is accepted and sees '{repository.FullName}'"), repository.DefaultBranch);
        }
        catch (GitHubException exception)
        {
            return (new(Health.Bad, exception.Message), null);
        }
    }

    public async Task<DoctorFinding> ExamineStatusPermissionAsync(CancellationToken cancellation)
    {
        try
        {
            await client.Statuses.SetAsync(NoCommit, new() { State = Octokit.CommitState.Pending, Context = "gate" }, cancellation);
            return new(Health.Good, "the token may set commit statuses");
        }
        // GitHub looks at the permission first, then for the commit: a 422 says that only the commit is missing.
        catch (GitHubException exception) when (exception.Status is HttpStatusCode.UnprocessableEntity)
        {
            return new(Health.Good, "the token may set commit statuses");
        }
        catch (GitHubException exception)
        {
            return new(Health.Bad, exception.Message, exception.IsForbidden ? Permission.StatusesWrite.Repair : null);
        }
    }

    /// <summary>The statuses that a branch requires, by rulesets or by branch protection, and their expected sources.</summary>
    public async Task<IReadOnlyList<RequiredName>> ReadRequiredAsync(string branch, CancellationToken cancellation)
    {
        var required = new List<RequiredName>();
        await foreach (var rule in client.Rules.OfBranchAsync(branch, cancellation))
            required.AddRange(
                (rule.Parameters?.RequiredStatusChecks
                ?? []).Select(check => new RequiredName(check.Context, "a ruleset", check.IntegrationId)));
        required.AddRange(
            (await ReadProtectionAsync(branch, cancellation)).Select(check =>
            new RequiredName(check.Context, "branch protection", Positive(check.AppId))));
        return required;
    }

    /// <summary>Whether a status is among them, and from which source.</summary>
    public static DoctorFinding ExamineRequirement(string branch, string context, IReadOnlyList<RequiredName> required) =>
        Judge(branch, context, [.. required.Where(check => check.Name == context)]);

    private static DoctorFinding Judge(string branch, string context, List<RequiredName> required)
    {
        if (required is [])
            return new(
                Health.Bad,
                $"'{context}' is not required on '{branch}': a failed gate does not block the merge",
                $"require '{context}' in a ruleset for '{branch}' (Settings, Rules), or run 'gate doctor --fix' with an administrator's "
                + "token");
        return required.Exists(check => check.AppId is not null)
            ? new(Health.Good, $"'{context}' is required on '{branch}' by {required[0].By}, from one source only")
            : new(
                Health.Fair,
                $"'{context}' is required on '{branch}' by {required[0].By}, from any source: everybody who may write can set it by hand",
                "choose its expected source there: 'GitHub Actions', or the app whose token the gate uses");
    }

    /// <summary>Asks for a ruleset that requires the status. Throws an <see cref="GitHubException"/> if the token may not.</summary>
    public Task<Ruleset> RequireAsync(NewRuleset ruleset, CancellationToken cancellation) =>
        client.Rules.CreateAsync(ruleset, cancellation);

    /// <param name="bypass">Who may pass it by; null for nobody.</param>
    public NewRuleset RulesetFor(string branch, string context, BypassActor? bypass = null) => new(
        $"{context} on {branch}",
        "branch",
        "active",
        new(new([$"refs/heads/{branch}"], [])),
        // Not strict: that would have every pull request be brought up to date before its merge, which nobody asked for.
        [new("required_status_checks", new(false, [new(context, appId)]))])
    {
        BypassActors = bypass is null ? null : [bypass],
    };

    /// <summary>Only administrators may see branch protection; for others the rulesets are what there is to see.</summary>
    private async Task<IReadOnlyList<RequiredStatusCheck>> ReadProtectionAsync(string branch, CancellationToken cancellation)
    {
        try
        {
            return (await client.Rules.ProtectionAsync(branch, cancellation)).Checks ?? [];
        }
        catch (GitHubException exception) when (exception.IsForbidden || exception.IsNotFound)
        {
            return [];
        }
    }

    // Branch protection writes -1 for any source, rulesets leave it out.
    private static long? Positive(long? appId) => appId > 0 ? appId : null;
}

internal enum Health
{
    Good,

    /// <summary>It works, and could be safer.</summary>
    Fair,
    Bad,
}

/// <summary>One thing the doctor looked at.</summary>
/// <param name="Repair">What to change; null if nothing is to be changed.</param>
internal sealed record DoctorFinding(Health Health, string Text, string? Repair = null);

/// <summary>A status that a branch requires.</summary>
/// <param name="By">What requires it, as "a ruleset".</param>
/// <param name="AppId">Its expected source; null for any.</param>
internal sealed record RequiredName(string Name, string By, long? AppId);
