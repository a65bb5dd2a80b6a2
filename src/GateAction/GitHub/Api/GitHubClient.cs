namespace GateAction.GitHub.Api;

/// <summary>GitHub's REST API for one repository, as far as the gate needs it. Groups and calls are named as Octokit names them.</summary>
internal sealed class GitHubClient : IDisposable
{
    private readonly Connection _connection;

    public GitHubClient(Connection connection, RepositoryName repository)
    {
        _connection = connection;
        var endpoints = new Endpoints(connection, repository);
        Repository = new(endpoints);
        Issue = new(endpoints);
        PullRequest = new(endpoints, repository);
        Check = new(endpoints);
        Actions = new(endpoints);
    }

    public RepositoriesClient Repository { get; }

    public IssuesClient Issue { get; }

    public PullRequestsClient PullRequest { get; }

    public ChecksClient Check { get; }

    public ActionsClient Actions { get; }

    public void Dispose() => _connection.Dispose();
}
