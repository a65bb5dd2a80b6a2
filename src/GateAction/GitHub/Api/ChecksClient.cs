namespace GateAction.GitHub.Api;

/// <summary>https://docs.github.com/rest/checks</summary>
internal sealed class ChecksClient(Endpoints endpoints)
{
    public CheckRunsClient Run { get; } = new(endpoints);
}
