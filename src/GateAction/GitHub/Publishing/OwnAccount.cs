using GateAction.GitHub.Api;

namespace GateAction.GitHub.Publishing;

/// <summary>The account that the token writes as: by it the gate knows its own words and its comment among those of others.</summary>
internal sealed class OwnAccount(RepositoryApi? client)
{
    private bool _isKnown;

    /// <summary>Until it is told, that of a workflow's own token, as most are.</summary>
    public string Login { get; private set; } = "github-actions[bot]";

    /// <param name="login">What an answer told; null asks, unless it is known already.</param>
    public async Task LearnAsync(string? login, CancellationToken cancellation)
    {
        if (login is null && (_isKnown || client is null))
            return;
        try
        {
            Login = login ?? await client!.LoginAsync(cancellation);
        }
        catch (GitHubException)
        {
            // Neither answers every token, and the workflow's own is the likeliest.
        }
        _isKnown = true;
    }
}
