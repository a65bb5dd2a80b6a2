namespace GateAction.Sources.OpenApi.Schemas;

/// <summary>Who sends the values: a client must be able to go on sending what it sent, and go on reading what it read.</summary>
internal enum SchemaUse
{
    Request,
    Response,
}

/// <summary>What the comparison of two documents' schemas shares: readers, what is known to be the same, and how much is compared at
/// most.</summary>
internal sealed class SchemaWalk
{
    // Alternatives within alternatives multiply, and recursive types make ever new pairs: a small document could take forever.
    private const int MaxSteps = 2_000_000;
    private int _steps;

    public SchemaWalk(ApiResolver before, ApiResolver after, ApiChanges changes)
    {
        Changes = changes;
        Before = new(before, changes.AddUnread);
        After = new(after, changes.AddUnread);
    }

    public ApiChanges Changes { get; }

    public SchemaReader Before { get; }

    public SchemaReader After { get; }

    /// <summary>Pairs of schemas below which nothing changed.</summary>
    public HashSet<string> Clean { get; } = [];

    /// <summary>False where too much was compared already: then it is said that not everything was.</summary>
    public bool TryStep()
    {
        if (++_steps <= MaxSteps)
            return true;
        Changes.AddUnread("the schemas refer to each other in more ways than can be compared");
        return false;
    }
}
