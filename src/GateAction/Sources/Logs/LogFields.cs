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
        fields.Optional("min-lines", Syntaxes.Int(), 1, "with fewer lines the log is inconclusive: an empty log proves nothing"));

    public static TimeSpan ClockTolerance(Fields fields) => fields.Optional(
        "clock-tolerance", Syntaxes.Duration, TimeSpan.Zero,
        "reads lines that are older than `since` by up to this, because the clocks of two machines differ");

    public static LogMoment? Since(Fields fields) => fields.Optional(
        "since", LogMoment.Syntax,
        "reads the lines from then on: a fact such as service.deployed_at, a timestamp, or a duration before now such as 30m");
}
