using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources;
using GateAction.Sources.Logs;

namespace GateAction.Tests.Sources.Logs;

internal sealed class LogTallyTests
{
    private static readonly DateOnly Today = new(2027, 3, 31);

    [Test]
    public void Lines_of_a_known_issue_count_apart_until_the_day_it_expires()
    {
        var result = Tally(
            new LogRules([Named("middleware", "Middleware")], [Known("SessionMiddleware", "#2101", Today)], 1),
            (LogSeverity.Error, "SessionMiddleware must be installed"),
            (LogSeverity.Error, "AuthMiddleware must be installed"));

        Assert.Multiple(() =>
        {
            Assert.That(Fact(result, "total").AsInt, Is.EqualTo(2));
            Assert.That(Fact(result, "known").AsInt, Is.EqualTo(1));
            Assert.That(Fact(result, "severity", "error").AsInt, Is.EqualTo(1));
            Assert.That(Fact(result, "counts", "middleware").AsInt, Is.EqualTo(1));
            Assert.That(result.Details, Has.Some.EqualTo("known as '#2101' until 2027-03-31: 1 line"));
        });
    }

    [Test]
    public void A_known_issue_that_has_expired_counts_like_any_other_line_and_is_reported()
    {
        var result = Tally(
            new LogRules([], [Known("SessionMiddleware", "#2101", Today.AddDays(-1))], 1),
            (LogSeverity.Error, "SessionMiddleware must be installed"));

        Assert.Multiple(() =>
        {
            Assert.That(Fact(result, "known").AsInt, Is.Zero);
            Assert.That(Fact(result, "severity", "error").AsInt, Is.EqualTo(1));
            Assert.That(Fact(result, "expired").AsList.Select(reason => reason.AsString), Is.EqualTo(new[] { "#2101" }));
            Assert.That(result.Details[0], Is.EqualTo("the known issue '#2101' expired on 2027-03-30 and counts like any other: 1 line"));
        });
    }

    [Test]
    public void An_empty_log_is_unknown()
    {
        var result = Tally(new LogRules([], [], 1));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(result.Reason, Is.EqualTo("the log holds no line; 'min-lines' wants at least 1 (an empty log proves nothing)"));
    }

    [Test]
    public void An_empty_log_is_clean_where_the_manifest_says_that_it_may_be_empty()
    {
        var result = Tally(new LogRules([], [], 0));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Measured));
        Assert.That(Fact(result, "severity", "error").AsInt, Is.Zero);
    }

    [Test]
    public void Errors_are_not_counted_as_none_where_no_line_says_its_severity()
    {
        var result = Tally(new LogRules([], [], 1), (null, "the disk is on fire"));

        Assert.That(result.Facts.AsMap.Entries.Select(fact => fact.Key.AsString), Has.None.EqualTo("severity"));
        Assert.That(result.Reason, Does.StartWith("no line of the log says its severity"));
    }

    [Test]
    public void The_first_lines_that_fit_a_pattern_are_kept_and_those_of_a_rare_one_are_shown_first()
    {
        var lines = Enumerable.Range(0, 30).Select(i => ((LogSeverity?)LogSeverity.Info, $"up {i}"))
            .Append((LogSeverity.Warning, "panic: 7")).ToArray();

        var result = Tally(new LogRules([Named("up", "up"), Named("panics", "panic")], [], 1), lines);

        Assert.That(Fact(result, "matches", "up").AsList.Select(line => line.AsString),
            Is.EqualTo(Enumerable.Range(0, LogTally.KeptMatches).Select(i => $"up {i}")));
        Assert.That(Fact(result, "matches", "panics").AsList.Select(line => line.AsString), Is.EqualTo(new[] { "panic: 7" }));
        Assert.That(result.Details.Take(3), Is.EqualTo(new[] { "panics: panic: 7", "up: up 0", "up: up 1" }));
    }

    [Test]
    public void A_log_of_which_only_a_part_was_read_is_not_clean()
    {
        var tally = new LogTally(new LogRules([], [], 1), Today);
        tally.Add(LogSeverity.Info, "started");

        var result = ToResult(tally, "only the first 10,000 entries were read");

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Unclean));
        Assert.That(Fact(result, "truncated").AsBool, Is.True);
    }

    [Test]
    public void The_gravest_lines_are_kept_and_cut()
    {
        var lines = Enumerable.Range(0, 200)
            .Select(i => ((LogSeverity?)(i % 2 == 0 ? LogSeverity.Info : LogSeverity.Warning), $"{i}" + new string('x', 1000)));

        var kept = Fact(Tally(new LogRules([], [], 1), [.. lines]), "lines").AsList;

        Assert.That(kept, Has.Count.EqualTo(LogTally.KeptLines));
        Assert.That(kept[1].AsString, Does.StartWith("3x").And.Length.EqualTo(LogTally.KeptCharacters).And.EndsWith("…"));
    }

    [Test]
    public void A_pattern_may_fit_the_message_inside_a_JSON_line()
    {
        var tally = new LogTally(new LogRules([Named("quoted", "said \"no\"")], [], 1), Today);

        tally.Add(LogSeverity.Info, """{"message":"it said \"no\""}""", "it said \"no\"");

        Assert.That(Fact(ToResult(tally), "counts", "quoted").AsInt, Is.EqualTo(1));
    }

    [TestCase("WARN", LogSeverity.Warning)]
    [TestCase("fatal", LogSeverity.Critical)]
    [TestCase("E", LogSeverity.Error)]
    [TestCase("WARN+1", LogSeverity.Warning)]
    [TestCase("Error4", LogSeverity.Error)]
    [TestCase("ERROR+X", null)]
    [TestCase("7", null)]
    [TestCase("healthy", null)]
    public void The_words_of_loggers_are_severities(string field, object? severity)
    {
        Assert.That(LogSeverities.FromField(field), Is.EqualTo(severity));
    }

    private static NamedPattern Named(string name, string pattern) => new(name, LogPattern.Compile(pattern));

    private static KnownIssue Known(string pattern, string reason, DateOnly expires) => new(LogPattern.Compile(pattern), reason, expires);

    private static ProbeResult Tally(LogRules rules, params (LogSeverity? Severity, string Line)[] lines)
    {
        var tally = new LogTally(rules, Today);
        foreach (var (severity, line) in lines)
            tally.Add(severity, line);
        return ToResult(tally);
    }

    private static Value Fact(ProbeResult result, string name, string? key = null)
    {
        var value = result.Facts.AsMap.Entries.Single(fact => fact.Key.AsString == name).Value;
        return key is null ? value : value.AsMap.TryGet(key, out var inner) ? inner : Value.Error($"no {key}");
    }

    private static ProbeResult ToResult(LogTally tally, string? truncation = null)
    {
        var read = new LogRead(tally, null, null, truncation);
        return tally.ToResult(read, LogRead.Facts, read);
    }
}
