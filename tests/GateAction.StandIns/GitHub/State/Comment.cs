namespace GateAction.StandIns.GitHub.State;

/// <param name="Author">Empty for an account that is gone.</param>
internal sealed record Comment(long Id, int Issue, string Author, string Body, DateTimeOffset CreatedAt)
{
    public int Edits { get; init; }

    /// <summary>What only GraphQL tells.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>The REST API's <c>updated_at</c>, which also moves without an edit.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}
