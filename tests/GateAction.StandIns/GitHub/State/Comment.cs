namespace GateAction.StandIns.GitHub.State;

internal sealed record Comment(long Id, int Issue, string Author, string Body, DateTimeOffset CreatedAt)
{
    public int Edits { get; init; }
}
