namespace GateAction.GitHub.Api;

/// <summary>https://docs.github.com/rest/branches</summary>
internal sealed class RepositoryBranchesClient(Endpoints endpoints)
{
    /// <summary>The rules of all rulesets that apply to a branch.</summary>
    public IAsyncEnumerable<BranchRule> GetRulesAsync(string branch, CancellationToken cancellation) =>
        endpoints.ListAsync(
            ApiRequest.Get(endpoints.Path($"rules/branches/{Uri.EscapeDataString(branch)}?per_page=100"), Permission.MetadataRead),
            GitHubJson.Default.ListBranchRule,
            cancellation);

    /// <summary>The statuses that branch protection requires; needs an administrator's token.</summary>
    public Task<RequiredStatusChecks> GetRequiredStatusChecksAsync(string branch, CancellationToken cancellation) =>
        endpoints.SendAsync(
            ApiRequest.Get(Path(branch, "/protection/required_status_checks"), Permission.AdministrationRead),
            GitHubJson.Default.RequiredStatusChecks,
            cancellation);

    private string Path(string branch, string rest) => endpoints.Path($"branches/{Uri.EscapeDataString(branch)}{rest}");
}
