using static GateAction.GitHub.Api.AnswerMembers;

namespace GateAction.GitHub.Api;

/// <summary>A rule of a ruleset that applies to a branch; only those of the type <c>required_status_checks</c> are read further.</summary>
internal sealed record BranchRule(string Type, BranchRuleParameters? Parameters = null);

internal sealed record BranchRuleParameters(IReadOnlyList<RuleStatusCheck>? RequiredStatusChecks = null);

/// <summary>A status that a ruleset requires; <c>IntegrationId</c> is its expected source, null for any.</summary>
internal sealed record RuleStatusCheck(string Context, long? IntegrationId = null);

/// <summary>The statuses a protected branch requires.</summary>
internal sealed record RequiredStatusChecks(IReadOnlyList<RequiredStatusCheck>? Checks = null);

/// <summary>A required status; <c>AppId</c> is its expected source, null or -1 for any.</summary>
internal sealed record RequiredStatusCheck(string Context, long? AppId = null);

internal sealed record BranchName(string Name);

/// <summary>Who may pass a ruleset by. The role 5 is that of the repository's administrators.</summary>
internal sealed record BypassActor(int ActorId, string ActorType, string BypassMode)
{
    public static readonly BypassActor Administrators = new(5, "RepositoryRole", "always");
}

/// <summary>A ruleset as GitHub keeps it.</summary>
internal sealed record Ruleset(long Id, string Name);

/// <summary>A ruleset to create.</summary>
internal sealed record NewRuleset(string Name, string Target, string Enforcement, RulesetConditions Conditions,
    IReadOnlyList<NewRule> Rules)
{
    public IReadOnlyList<BypassActor>? BypassActors { get; init; }
}

internal sealed record RulesetConditions(RefNames RefName);

internal sealed record RefNames(IReadOnlyList<string> Include, IReadOnlyList<string> Exclude);

internal sealed record NewRule(string Type, NewRuleParameters Parameters);

internal sealed record NewRuleParameters(bool StrictRequiredStatusChecksPolicy, IReadOnlyList<RuleStatusCheck> RequiredStatusChecks);

/// <summary>https://docs.github.com/rest/repos/rules and /rest/branches/branch-protection. Octokit knows no rules, and of required statuses
/// no source.</summary>
internal sealed class RulesApi(Calls calls, RepositoryName repository)
{
    /// <summary>The rules of all rulesets that apply to a branch.</summary>
    public IAsyncEnumerable<BranchRule> OfBranchAsync(string branch, CancellationToken cancellation) =>
        ListAsync<BranchRule>($"rules/branches/{Uri.EscapeDataString(branch)}", cancellation);

    /// <summary>The statuses that branch protection requires; needs an administrator's token.</summary>
    public Task<RequiredStatusChecks> ProtectionAsync(string branch, CancellationToken cancellation) => calls.SendAsync(
        Permission.AdministrationRead,
        client => client.GetAsync<RequiredStatusChecks>(
        repository.Path($"branches/{Uri.EscapeDataString(branch)}/protection/required_status_checks")),
        found => Required(found, "required status checks"),
        cancellation);

    /// <summary>The branches that a rule or branch protection protects.</summary>
    public IAsyncEnumerable<BranchName> ProtectedBranchesAsync(CancellationToken cancellation) =>
        calls.ListAsync(
            Permission.ContentsRead,
            (client, page) => client.GetAsync<List<BranchName>>(
                repository.Path($"branches?protected=true&per_page={page.PageSize}&page={page.StartPage}")),
            list => Required(list, "branches"),
            cancellation);

    public async Task<bool> HasBranchAsync(string branch, CancellationToken cancellation)
    {
        try
        {
            return (await calls.SendAsync(
                Permission.ContentsRead,
                client => client.GetAsync<BranchName>(repository.Path($"branches/{Uri.EscapeDataString(branch)}")),
                found => Required(found, "branch"),
                // GitHub answers for the old name of a renamed branch with a redirect, and then tells of the new one.
                cancellation)).Name == branch;
        }
        catch (GitHubException exception) when (exception.IsNotFound)
        {
            return false;
        }
    }

    /// <summary>Creates a ruleset. If an attempt's fate is unknown, one with the same name tells.</summary>
    public Task<Ruleset> CreateAsync(NewRuleset ruleset, CancellationToken cancellation) => calls.WriteAsync(
        Permission.AdministrationWrite,
        client => client.PostAsync<Ruleset>(repository.Path("rulesets"), ruleset),
        found => Required(found, "ruleset"),
        token => ListAsync(token).FirstOrDefaultAsync(found => found.Name == ruleset.Name, token).AsTask(),
        cancellation);

    public IAsyncEnumerable<Ruleset> ListAsync(CancellationToken cancellation) => ListAsync<Ruleset>("rulesets", cancellation);

    private IAsyncEnumerable<T> ListAsync<T>(string path, CancellationToken cancellation) => calls.ListAsync(
        Permission.MetadataRead,
        (client, page) => client.GetAsync<List<T>>(repository.Path($"{path}?per_page={page.PageSize}&page={page.StartPage}")),
        list => Required(list, "rules"),
        cancellation);
}
