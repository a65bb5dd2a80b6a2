using GateAction.Cel.Patterns;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Sources.Logs;

/// <summary>Counts the lines of a log as they come. It keeps a few of them and nothing else, whatever the log's size.</summary>
internal sealed class LogTally(LogRules rules, DateOnly today)
{
    /// <summary>How many lines are kept as evidence.</summary>
    public const int KeptLines = 50;

    /// <summary>How many lines are kept that fit a pattern of <c>count</c>.</summary>
    public const int KeptMatches = 10;

    /// <summary>How much of a kept line is shown.</summary>
    public const int KeptCharacters = 500;

    private readonly PatternProgram.Search[] _counted = [.. rules.Count.Select(named => named.Pattern.NewSearch())];
    private readonly PatternProgram.Search[] _known = [.. rules.Known.Select(issue => issue.Pattern.NewSearch())];
    private readonly long[] _severities = new long[LogSeverities.FactNames.Count];
    private readonly long[] _counts = new long[rules.Count.Count];
    private readonly long[] _knownCounts = new long[rules.Known.Count];
    private readonly List<string>[] _matches = [.. rules.Count.Select(_ => new List<string>())];
    private readonly List<string> _silent = [];
    private readonly List<string> _grave = [];
    private readonly List<string> _first = [];
    private bool _hasSeverity;
    private (string Log, string Severity)? _unknown;

    /// <summary>All lines, those of known issues too.</summary>
    public long Total { get; private set; }

    /// <summary>Lines that are older than the window that is read.</summary>
    public long Before { get; set; }

    /// <summary>Lines without a time that could be read.</summary>
    public long Untimed { get; set; }

    /// <summary>What the manifest says of a word that no format knows; null where it says nothing: the word could mean an
    /// error.</summary>
    /// <param name="log">Where it stands, for the message.</param>
    public LogSeverity? MeaningOf(string severity, string log)
    {
        if (rules.Levels.TryGetValue(severity, out var meant))
            return meant;
        _unknown ??= (log, severity);
        return null;
    }

    /// <summary>Takes a file of which no line says its severity: that it has no errors is not known.</summary>
    public void AddSilent(string file) => _silent.Add(file);

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
            if (!Fits(_counted[i], line, message))
                continue;
            _counts[i]++;
            Keep(_matches[i], line, KeptMatches);
        }
        Keep(grade >= LogSeverity.Warning ? _grave : _first, line, KeptLines);
    }

    /// <summary>By severity; null where no line says its severity: a count of errors would then prove nothing.</summary>
    public long[]? Severities => SaysSeverity ? _severities : null;

    /// <summary>The patterns of <c>count</c>: how many lines fit each, and the first of them.</summary>
    public IEnumerable<(string Name, long Count, List<string> Lines)> Counts =>
        rules.Count.Zip(_counts, _matches).Select(pattern => (pattern.First.Name, pattern.Second, pattern.Third));

    public long Known => Issues.Where(issue => !HasExpired(issue.Issue)).Sum(issue => issue.Count);

    public IEnumerable<string> Expired => rules.Known.Where(HasExpired).Select(issue => issue.Reason);

    /// <summary>The lines that are kept as evidence.</summary>
    public IReadOnlyList<string> Shown => _grave.Count > 0 ? _grave : _first;

    /// <summary>What was counted, as the kind's facts.</summary>
    /// <param name="read">This tally, and which part of the log it is of.</param>
    public ProbeResult ToResult<T>(LogRead read, Facts<T> facts, T measured) =>
        new(facts.Of(measured), read.Truncation ?? WhyTooFew(read.Since) ?? WhyNoSeverity())
        {
            Outcome = OutcomeOf(read.Truncation, read.Since),
            Content = read.Content,
            Details = [.. Details(read.Since)],
        };

    private Outcome OutcomeOf(string? truncation, DateTimeOffset? since) =>
        truncation is not null ? Outcome.Unclean
        : WhyTooFew(since) is not null ? Outcome.Unknown
        : Outcome.Measured;

    private string? WhyTooFew(DateTimeOffset? since)
    {
        if (Total >= rules.MinLines)
            return null;
        var found = Total == 0 ? "no line" : Lines(Total);
        var window = since is { } from
            ? $" since {UnitText.Second(from)}{(Before == 0 ? "" : $", {Lines(Before)} before")}"
            : "";
        return $"the log holds {found}{window}; 'min-lines' wants at least {rules.MinLines} (an empty log proves nothing)";
    }

    private bool SaysSeverity => _unknown is null && _silent.Count == 0 && (_hasSeverity || Total == 0);

    private string? WhyNoSeverity()
    {
        if (SaysSeverity)
            return null;
        if (_unknown is { } unknown)
            return $"'{unknown.Log}' has lines of severity '{unknown.Severity}', which is not known, so lines by severity cannot be "
                + $"counted; say what it is worth: levels: {{ {unknown.Severity}: error }}";
        var others = _silent.Count > 1 ? $" (nor of {_silent.Count - 1} more)" : "";
        var log = _silent.Count == 0 || (_silent.Count == 1 && !_hasSeverity) ? "the log" : $"'{_silent[0]}'{others}";
        return $"no line of {log} says its severity in a way that is known, so lines by severity cannot be counted; count a pattern "
            + "instead";
    }

    private bool IsKnown(ReadOnlySpan<char> line, ReadOnlySpan<char> message)
    {
        var isKnown = false;
        for (var i = 0; i < _knownCounts.Length && !isKnown; i++)
        {
            if (!Fits(_known[i], line, message))
                continue;
            _knownCounts[i]++;
            isKnown = !HasExpired(rules.Known[i]);
        }
        return isKnown;
    }

    private bool HasExpired(KnownIssue issue) => issue.Expires < today;

    /// <summary>The first line of each pattern, then the second; those of rare ones before those of frequent ones.</summary>
    private IEnumerable<string> Matches()
    {
        int[] order = [.. Enumerable.Range(0, _matches.Length).OrderBy(index => _counts[index])];
        return Enumerable.Range(0, KeptMatches)
            .SelectMany(row => order.Where(index => row < _matches[index].Count)
            .Select(index => $"{rules.Count[index].Name}: {_matches[index][row]}"));
    }

    private IEnumerable<string> Details(DateTimeOffset? since) =>
    [
        .. Matches(),
        .. since is null || Before + Untimed == 0
            ? Array.Empty<string>()
            : [$"{Lines(Before)} before {UnitText.Second(since.Value)}; {Lines(Untimed)} without a readable time, each "
            + "with the one before it"],
        .. Issues.Where(issue => HasExpired(issue.Issue)).Select(issue =>
            $"the known issue '{issue.Issue.Reason}' expired on {UnitText.Date(issue.Issue.Expires)} and counts like any other: "
            + $"{Lines(issue.Count)}"),
        .. Issues.Where(issue => !HasExpired(issue.Issue) && issue.Count > 0).Select(issue =>
            $"known as '{issue.Issue.Reason}' until {UnitText.Date(issue.Issue.Expires)}: {Lines(issue.Count)}"),
        .. _grave,
    ];

    private static string Lines(long count) => count == 1 ? "1 line" : $"{count} lines";

    private static bool Fits(PatternProgram.Search pattern, ReadOnlySpan<char> line, ReadOnlySpan<char> message) =>
        pattern.IsIn(line) || (!message.IsEmpty && pattern.IsIn(message));

    private static void Keep(List<string> kept, ReadOnlySpan<char> line, int most)
    {
        if (kept.Count < most)
            kept.Add(line.Length <= KeptCharacters ? line.ToString() : string.Concat(line[..(KeptCharacters - 1)], "…"));
    }
}

/// <summary>What the facts of every kind of log are made of.</summary>
/// <param name="Since">Where the part that was read begins; null for the whole log.</param>
/// <param name="Until">The time of the last line; null if no line carries one.</param>
/// <param name="Truncation">Why only a part was read; null if all was.</param>
internal sealed record LogRead(LogTally Tally, DateTimeOffset? Since, DateTimeOffset? Until, string? Truncation)
{
    private static readonly Facts<LogContent> Shown = LogContent.FactsOf(
        $"the first {LogTally.KeptLines} lines of severity warning or above (where there is none, the first lines), each cut at "
        + $"{LogTally.KeptCharacters} characters",
        "the line");

    public static readonly Facts<LogRead> Facts = new Facts<LogRead>()
        .Int("total", "lines, those of known issues too", log => log.Tally.Total).AsFigure(isLast: true)
        .Object("severity", BySeverity(), log => log.Tally.Severities)
        .Map(
            "counts",
            "lines that fit a pattern of 'count', by its name, without those of known issues",
            FactType.Int("lines"),
            log => log.Tally.Counts.Select(pattern => (pattern.Name, Value.Int(pattern.Count))))
        .CountedFrom("matches")
        .Map(
            "matches",
            $"the first {LogTally.KeptMatches} lines that fit a pattern of 'count', by its name",
            FactType.List("lines", FactType.String($"the line, cut at {LogTally.KeptCharacters} characters")),
            log => log.Tally.Counts.Select(pattern => (pattern.Name, Value.List(pattern.Lines))))
        .Int("known", "lines of known issues that have not expired", log => log.Tally.Known).AsFigure()
        .Texts(
            "expired",
            "reasons of the known issues that have expired and count like any other line",
            "the reason",
            log => log.Tally.Expired)
        .Include(Shown, log => log.Content)
        .Bool("truncated", "true if only a part of the log was read: then nothing that holds over it counts", log =>
        log.Truncation is not null)
        .Int("before", "lines that are older than `since`; they count nowhere else", log => log.Tally.Before)
        .Int("untimed", "lines without a time that can be read; each goes with the one before it", log => log.Tally.Untimed)
        .Timestamp("since", "where the part that was read begins; missing if 'since' is not given", log => log.Since)
        .Timestamp("until", "where it ends: the time of the last line; missing if no line carries one", log => log.Until);

    public LogContent Content => new(Tally.Shown);

    public static Content ReadContent(Value facts) => Shown.Read(facts);

    private static Facts<long[]> BySeverity()
    {
        var facts = new Facts<long[]>(
            "lines by severity without those of known issues; missing if no line of the log, or of one of its files, says its severity, "
            + "or one says what is not known");
        foreach (var severity in Enum.GetValues<LogSeverity>())
        {
            var name = LogSeverities.FactNames[(int)severity];
            facts.Int(name, severity == LogSeverity.Default ? "lines that do not say" : $"lines of severity {name}", lines =>
                lines[(int)severity]);
            if (severity >= LogSeverity.Error)
                facts.AsFigure(severity == LogSeverity.Error ? "errors" : name, hidesZero: severity > LogSeverity.Error);
        }
        return facts;
    }
}
