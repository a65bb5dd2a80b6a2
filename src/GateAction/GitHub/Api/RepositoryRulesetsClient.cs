namespace GateAction.GitHub.Api;

/// <summary>https://docs.github.com/rest/repos/rules</summary>
internal sealed class RepositoryRulesetsClient(Endpoints endpoints)
{
    /// <summary>Creates a ruleset. Where an attempt's fate is unknown, one with the same name tells.</summary>
    public Task<Ruleset> CreateAsync(NewRuleset ruleset, CancellationToken cancellation) =>
        endpoints.SendAsync(
            ApiRequest.Post(endpoints.Path("rulesets"), Permission.AdministrationWrite, ruleset, GitHubJson.Default.NewRuleset),
            GitHubJson.Default.Ruleset,
            cancellation,
            async token => await GetAllAsync(token).FirstOrDefaultAsync(found => found.Name == ruleset.Name, token));

    public IAsyncEnumerable<Ruleset> GetAllAsync(CancellationToken cancellation) =>
        endpoints.ListAsync(
            ApiRequest.Get(endpoints.Path("rulesets?per_page=100"), Permission.MetadataRead), GitHubJson.Default.ListRuleset, cancellation);
}
