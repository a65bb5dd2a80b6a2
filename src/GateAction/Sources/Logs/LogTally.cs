using System.Text.RegularExpressions;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Sources.Logs;

/// <summary>Counts the lines of a log as they come. It keeps a few of them and nothing else, whatever the log's size.</summary>
internal sealed class LogTally(LogRules rules, DateOnly today)
{
    /// <summary>How many lines are kept as evidence.</summary>
    public const int KeptLines = 50;

    /// <summary>How much of a kept line is shown.</summary>
    public const int KeptCharacters = 500;

    private readonly long[] _severities = new long[LogSeverities.FactNames.Count];
    private readonly long[] _counts = new long[rules.Count.Count];
    private readonly long[] _knownCounts = new long[rules.Known.Count];
    private readonly List<string> _grave = [];
    private readonly List<string> _first = [];
    private bool _hasSeverity;

    /// <summary>All lines, those of known issues too.</summary>
    public long Total { get; private set; }

    private IEnumerable<(KnownIssue Issue, long Count)> Issues => rules.Known.Zip(_knownCounts);

    /// <param name="severity">Null where the line does not say.</param>
    /// <param name="message">The message inside the line, where the line is JSON: a pattern may fit the one or the other.</param>
    public void Add(LogSeverity? severity, ReadOnlySpan<char> line, ReadOnlySpan<char> message = default)
    {
        Total++;
        _hasSeverity |= severity is not (null or LogSeverity.Default);
        if (IsKnown(line, message))
            return;
        var grade = severity ?? LogSeverity.Default;
        _severities[(int)grade]++;
        for (var i = 0; i < _counts.Length; i++)
        {
            if (Fits(rules.Count[i].Pattern, line, message))
                _counts[i]++;
        }
        Keep(grade >= LogSeverity.Warning ? _grave : _first, line);
    }

    /// <summary>What was counted. Facts are missing where no line says its severity: a count of errors would then prove nothing.</summary>
    public Look ToLook(DateTimeOffset? since, DateTimeOffset? until, string? truncation)
    {
        var reason = truncation ?? WhyTooFew(since) ?? WhyNoSeverity();
        var facts = new List<(string, Value)>
        {
            ("total", Value.Int(Total)),
            ("counts", Value.Map(rules.Count.Zip(_counts, (pattern, count) => (pattern.Name, Value.Int(count))))),
            ("known", Value.Int(Issues.Where(issue => !HasExpired(issue.Issue)).Sum(issue => issue.Count))),
            ("expired", Value.List(rules.Known.Where(HasExpired).Select(issue => issue.Reason))),
            ("lines", Value.List(_grave.Count > 0 ? _grave : _first)),
            ("truncated", Value.Bool(truncation is not null)),
        };
        if (_hasSeverity || Total == 0)
            facts.Insert(1, ("severity", Value.Map(LogSeverities.FactNames.Zip(_severities, (name, count) => (name, Value.Int(count))))));
        if (since is { } from)
            facts.Add(("since", Value.Timestamp(from)));
        if (until is { } to)
            facts.Add(("until", Value.Timestamp(to)));
        return new Look(facts, reason) { Outcome = OutcomeOf(truncation, since), Details = [.. Details()] };
    }

    private Outcome OutcomeOf(string? truncation, DateTimeOffset? since) =>
        truncation is not null ? Outcome.Unclean
        : WhyTooFew(since) is not null ? Outcome.Unknown
        : Outcome.Measured;

    private string? WhyTooFew(DateTimeOffset? since)
    {
        if (Total >= rules.MinLines)
            return null;
        var found = Total == 0 ? "no line" : Lines(Total);
        var window = since is { } from ? $" since {from.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}" : "";
        return $"the log holds {found}{window}; 'min-lines' wants at least {rules.MinLines} (an empty log proves nothing)";
    }

    private string? WhyNoSeverity() =>
        _hasSeverity || Total == 0 ? null : "no line of the log says its severity, so lines by severity cannot be counted; count a pattern instead";

    private bool IsKnown(ReadOnlySpan<char> line, ReadOnlySpan<char> message)
    {
        var isKnown = false;
        for (var i = 0; i < _knownCounts.Length && !isKnown; i++)
        {
            if (!Fits(rules.Known[i].Pattern, line, message))
                continue;
            _knownCounts[i]++;
            isKnown = !HasExpired(rules.Known[i]);
        }
        return isKnown;
    }

    private bool HasExpired(KnownIssue issue) => issue.Expires < today;

    private IEnumerable<string> Details() =>
    [
        .. Issues.Where(issue => HasExpired(issue.Issue)).Select(issue =>
            $"the known issue '{issue.Issue.Reason}' expired on {issue.Issue.Expires:yyyy-MM-dd} and counts like any other: {Lines(issue.Count)}"),
        .. Issues.Where(issue => !HasExpired(issue.Issue) && issue.Count > 0).Select(issue =>
            $"known as '{issue.Issue.Reason}' until {issue.Issue.Expires:yyyy-MM-dd}: {Lines(issue.Count)}"),
        .. _grave,
    ];

    private static string Lines(long count) => count == 1 ? "1 line" : $"{count} lines";

    private static bool Fits(Regex pattern, ReadOnlySpan<char> line, ReadOnlySpan<char> message) =>
        pattern.IsMatch(line) || (!message.IsEmpty && pattern.IsMatch(message));

    private static void Keep(List<string> kept, ReadOnlySpan<char> line)
    {
        if (kept.Count < KeptLines)
            kept.Add(line.Length <= KeptCharacters ? line.ToString() : string.Concat(line[..(KeptCharacters - 1)], "…"));
    }
}
