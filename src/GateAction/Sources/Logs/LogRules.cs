namespace GateAction.Sources.Logs;

/// <summary>What a manifest looks for in a log.</summary>
/// <param name="MinLines">With fewer lines the log proves nothing.</param>
internal sealed record LogRules(IReadOnlyList<NamedPattern> Count, IReadOnlyList<KnownIssue> Known, int MinLines);

/// <summary>A pattern whose lines are counted under a name.</summary>
internal sealed record NamedPattern(string Name, LogPattern Pattern);

/// <summary>Lines that are tolerated, and counted apart, up to and including the day <paramref name="Expires"/> (UTC).</summary>
internal sealed record KnownIssue(LogPattern Pattern, string Reason, DateOnly Expires);
