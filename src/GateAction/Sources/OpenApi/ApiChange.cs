namespace GateAction.Sources.OpenApi;

/// <summary>One change of an API, in one line: <c>GET /orders: response 200, '[].note' was removed</c>.</summary>
internal sealed record ApiChange(ApiRule Rule, string Text);

/// <summary>Takes the changes as they are found, and what could not be compared.</summary>
/// <param name="levels">What the manifest says of a rule by its id.</param>
internal sealed class ApiChanges(IReadOnlyDictionary<string, ApiLevel> levels)
{
    private readonly List<ApiChange> _all = [];
    private readonly HashSet<ApiChange> _known = [];
    private readonly List<string> _unread = [];

    /// <summary>How often a change was found, those left out or said before too.</summary>
    public int Found { get; private set; }

    /// <summary>Why not everything could be compared.</summary>
    public IReadOnlyList<string> Unread => _unread;

    public ApiLevel LevelOf(ApiRule rule) => levels.TryGetValue(rule.Id, out var level) ? level : rule.Level;

    public IReadOnlyList<ApiChange> All => _all;

    public IEnumerable<ApiChange> Of(ApiLevel level) => _all.Where(change => LevelOf(change.Rule) == level);

    /// <param name="place">The operation, or the part of the document.</param>
    public void Add(ApiRule rule, string place, string text)
    {
        // Before any is left out: by this count SchemaChanges takes a pair for clean, which one with a known change is not.
        Found++;
        var change = new ApiChange(rule, $"{place}: {text}");
        if (LevelOf(rule) != ApiLevel.Off && _known.Add(change))
            _all.Add(change);
    }

    public void AddUnread(string reason)
    {
        if (!_unread.Contains(reason))
            _unread.Add(reason);
    }
}
