using GateAction.Cel.Patterns;
using GateAction.Syntax;

namespace GateAction.Sources.Logs;

/// <summary>The fields that every kind of log has.</summary>
internal static class LogFields
{
    private static readonly Syntax<LogPattern> Pattern = Syntaxes.Text.Unless(LogPattern.ObjectionTo).Select(LogPattern.Compile);

    private static readonly MappingSyntax<KnownIssue> Known = Mapping.Of("known issue", fields => new KnownIssue(
        fields.Required("pattern", Pattern,
        "a regular expression (RE2); the lines it fits are tolerated and counted apart"),
        fields.Required("reason", Syntaxes.Text, "why they are tolerated: a ticket or a sentence"),
        fields.Required("expires", Syntaxes.Date,
        "the last day (UTC) on which they are; from the next day on they count like any other line")));

    public static LogRules Rules(Fields fields) => new(
        [
            .. fields.Optional("count", Syntaxes.MapOf(Syntaxes.Text, Pattern), [],
                "regular expressions (RE2) by name; the fact 'counts' holds how many lines each fits")
                .Select(entry => new NamedPattern(entry.Key, entry.Value)),
        ],
        fields.Optional("known", Syntaxes.ListOf(Known), [],
        "issues that are tolerated for a time; their lines count in 'known' and in 'total' alone"),
        fields.Optional("min-lines", Syntaxes.Int(), 1, "with fewer lines the log is inconclusive: an empty log proves nothing"))
    {
        Levels = fields.Optional("levels", Syntaxes.MapOf(Syntaxes.Text, Syntaxes.EnumOf(
            [.. LogSeverities.FactNames.Select((name, index) => (name, (LogSeverity)index))])), [],
            "what the log's own words or numbers for a severity are worth: AUDIT: info")
            .ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.OrdinalIgnoreCase),
    };

    public static TimeSpan ClockTolerance(Fields fields) => fields.Optional(
        "clock-tolerance", Syntaxes.Duration, TimeSpan.Zero,
        "reads lines that are older than `since` by up to this, because the clocks of two machines differ");

    public static LogMoment? Since(Fields fields) => fields.Optional(
        "since", LogMoment.Syntax,
        "reads the lines from then on: a fact such as service.deployed_at, a timestamp, or a duration before now such as 30m");
}

/// <summary>What a manifest looks for in a log.</summary>
/// <param name="MinLines">With fewer lines the log proves nothing.</param>
internal sealed record LogRules(IReadOnlyList<NamedPattern> Count, IReadOnlyList<KnownIssue> Known, int MinLines)
{
    /// <summary>Severities of words that no format knows.</summary>
    public IReadOnlyDictionary<string, LogSeverity> Levels { get; init; } = new Dictionary<string, LogSeverity>();
}

/// <summary>A pattern whose lines are counted under a name.</summary>
internal sealed record NamedPattern(string Name, LogPattern Pattern);

/// <summary>Lines that are tolerated, and counted apart, up to and including the day <paramref name="Expires"/> (UTC).</summary>
internal sealed record KnownIssue(LogPattern Pattern, string Reason, DateOnly Expires);

/// <summary>A pattern of RE2, as conditions know it too; it runs in time linear in the line.</summary>
internal sealed class LogPattern
{
    private readonly PatternProgram _program;

    private LogPattern(string text) => (Text, _program) = (text, PatternProgram.Parse(text));

    public string Text { get; }

    public static LogPattern Compile(string pattern) => new(pattern);

    /// <summary>What is wrong with a pattern; null where nothing is.</summary>
    public static string? ObjectionTo(string pattern)
    {
        try
        {
            return Compile(pattern).IsIn("")
                ? $"pattern '{pattern}' also fits an empty line, so it fits every line; write what a line must hold"
                : null;
        }
        catch (FormatException exception)
        {
            return $"pattern '{pattern}': {exception.Message}";
        }
    }

    public bool IsIn(string text) => NewSearch().IsIn(text);

    /// <summary>For many lines, one after the other.</summary>
    public PatternProgram.Search NewSearch() => _program.NewSearch();
}
