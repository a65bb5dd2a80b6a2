using System.Globalization;
using GateAction.Sources.Logs;

namespace GateAction.Tests.Sources.Logs;

/// <summary>The lines of <c>formats.txt</c>, each as a file of its own.</summary>
internal sealed class LogFormatsTests
{
    private static readonly DateTimeOffset Now = new(2027, 11, 28, 0, 0, 0, TimeSpan.Zero);

    private static IEnumerable<TestCaseData> Files()
    {
        var text = File.ReadAllText(Path.Combine(TestFiles.Repository, "tests/GateAction.Tests/Sources/Logs/formats.txt"));
        foreach (var (part, number) in text.Split("\n\n== ").Skip(1).Select((part, index) => (part, index + 1)))
        {
            var end = part.IndexOf('\n', StringComparison.Ordinal);
            var lines = part[(end + 1)..].Replace('␛', '\u001b').Replace('␉', '\t').Replace('␍', '\r').Replace('⍰', '\ufeff');
            yield return new TestCaseData(part[..end], lines).SetArgDisplayNames($"{number}: {part[..end]}");
        }
    }

    [TestCaseSource(nameof(Files))]
    public void A_file_says_how_grave_its_lines_are_and_when_they_were_written(string expected, string lines)
    {
        var tally = new LogTally(new LogRules([], [], 1), DateOnly.FromDateTime(Now.UtcDateTime));
        var window = new LogWindow("app.log", null, Now.AddYears(-1), tally);

        Read(lines, window);

        string[] wanted = [.. expected.Split(' ').Where(word => !word.StartsWith("until=", StringComparison.Ordinal))];
        Assert.That(Grades(tally), Is.EqualTo(wanted), lines);
        if (expected.Split("until=") is [_, var until])
            Assert.That(window.Until,
                Is.EqualTo(DateTimeOffset.Parse(until, CultureInfo.InvariantCulture)).Within(TimeSpan.FromMicroseconds(1)), lines);
    }

    private static readonly string[] Words =
    [
        """{"level":"WORD","msg":"x"}""", """{"severity":"WORD"}""", """{"log":"{\"level\":\"WORD\"}\n","stream":"stdout"}""",
        "level=WORD msg=x", "ts=2027-03-31T08:00:00Z level=WORD msg=x", """{"level":{"name":"WORD"}}""", """{"level":7777}""",
        "2027-03-31T08:00:00Z stdout F level=WORD",
    ];

    [TestCaseSource(nameof(Words))]
    public void A_severity_that_is_not_known_is_no_zero_errors_and_the_manifest_may_say_what_it_is_worth(string line)
    {
        var lines = $"{{\"level\":\"info\"}}\nlevel=info\n{line}\n";
        var (silent, told) = (Tally([]), Tally(new() { ["word"] = LogSeverity.Error, ["7777"] = LogSeverity.Error }));

        Read(lines, new LogWindow("app.log", null, Now, silent));
        Read(lines, new LogWindow("app.log", null, Now, told));

        Assert.That(silent.Severities, Is.Null);
        Assert.That(Grades(told), Is.EqualTo(new[] { "error=1", "info=2" }));
    }

    private static readonly string[] Harmless =
    [
        """{"level":"info","msg":"level=WORD"}""", "2027-03-31T08:00:00Z INFO sea level=high", """{"level":"","msg":"x"}""",
        """{"level":null}""", """{"s":"done","l":12,"priority":3}""", "the level=of water", """{"level":"WORD","severity":"info"}""",
        "level= msg=x", """{"level":["a"]}""",
    ];

    [TestCaseSource(nameof(Harmless))]
    public void What_is_no_field_of_a_severity_makes_nothing_unknown(string line)
    {
        var tally = Tally([]);

        Read($"level=info\n{line}\n", new LogWindow("app.log", null, Now, tally));

        Assert.That(tally.Severities, Is.Not.Null);
    }

    [TestCase("2027-03-31T08:00:00Z stdout P {\"level\":\n2027-03-31T08:00:00Z stderr P level=\n2027-03-31T08:00:00Z stdout F \"error\"}\n"
        + "2027-03-31T08:00:00Z stderr F warn\n", "error=1 warning=1")]
    [TestCase("2027-03-31T08:00:00Z stdout P level=er\n2027-03-31T08:00:00Z stdout P r\n2027-03-31T08:00:00Z stdout F or\n", "error=1")]
    [TestCase("2027-03-31T08:00:00Z stdout P level=error", "error=1")]
    [TestCase("{\"log\":\"LONG level=\",\"stream\":\"stdout\",\"time\":\"2027-03-31T08:00:00Z\"}\n"
        + "{\"log\":\"error\\n\",\"stream\":\"stdout\",\"time\":\"2027-03-31T08:00:00Z\"}\n", "error=1")]
    [TestCase("{\"log\":\"level=error\",\"stream\":\"stdout\"}\n{\"log\":\"level=info\",\"stream\":\"stdout\"}\n", "error=1 info=1")]
    public void A_line_that_came_in_parts_is_one(string lines, string expected)
    {
        var tally = Tally([]);

        Read(lines.Replace("LONG", new string('x', 16_384), StringComparison.Ordinal), new LogWindow("app.log", null, Now, tally));

        Assert.That(Grades(tally), Is.EqualTo(expected.Split(' ')));
        Assert.That(tally.Total, Is.EqualTo(expected.Split(' ').Length));
    }

    private static readonly string[] Before =
    [
        "2027-03-31T08:00:00Z INFO up", """{"level":"info","msg":"up"}""", "level=info msg=up", "info: A.B[0]\n      up",
        "I0331 08:00:00.123456 1 x.go:1] up", "2027-03-31T08:00:00Z stdout F INFO up", "<14>Mar 31 08:00:00 h a[1]: up",
        """{"log":"INFO up\n","stream":"stdout","time":"2027-03-31T08:00:00Z"}""", "INFO up\n\tat a.B.c(B.java:1)",
    ];

    private static readonly string[] Indented =
    [
        "  level=error msg=x", "\tlevel=error msg=x", "    [error] boom", "  [ERROR] boom", "  ERROR boom", "  | ERROR | x",
        "- level=error",
        "  time=x level=error", "  2027-03-31 08:00:00 ERROR x", "   E0331 08:00:00.123456       1 x.go:1] boom",
        """  {"level":"error"}""", "{\n  \"level\": \"error\",\n  \"msg\": \"x\"\n}", "  <error> x",
    ];

    [Test]
    public void A_record_that_is_indented_continues_no_other(
        [ValueSource(nameof(Before))] string before, [ValueSource(nameof(Indented))] string line)
    {
        var tally = Tally([]);

        Read($"{before}\n{line}\n", new LogWindow("app.log", null, Now, tally));

        Assert.That(Grades(tally), Is.EqualTo(new[] { "error=1", "info=1" }));
    }

    [TestCase(
        "INFO up\nTraceback (most recent call last):\n  File \"a.py\", line 1\n    log(a=1, level=x, b=2)\n    level=\"error\"\nKeyError: "
        + "1\n")]
    [TestCase("INFO up\nTraceback (most recent call last):\n  File \"a.py\", line 1\n    a=1 level=new\nKeyError: 1\n")]
    public void A_line_of_source_in_a_traceback_is_no_record(string lines)
    {
        var tally = Tally([]);

        Read(lines, new LogWindow("app.log", null, Now, tally));

        Assert.That(Grades(tally), Is.EqualTo(new[] { "error=1", "info=1" }));
    }

    private static LogTally Tally(Dictionary<string, LogSeverity> levels) =>
        new(new LogRules([], [], 1) { Levels = new Dictionary<string, LogSeverity>(levels, StringComparer.OrdinalIgnoreCase) },
            DateOnly.FromDateTime(Now.UtcDateTime));

    private static void Read(string lines, LogWindow window)
    {
        var (reader, parts) = (new LineReader(new StringReader(lines)), new PartialLines());
        while (reader.TryRead(out var line))
        {
            if (parts.TryJoin(ref line) && !line.IsWhiteSpace())
                window.Add(line);
        }
        foreach (var rest in parts.Rest())
            window.Add(rest);
        window.Finish();
    }

    private static string[] Grades(LogTally tally)
    {
        string[] grades =
        [
            .. LogSeverities.FactNames.Zip(tally.Severities ?? [])
                .Where(grade => grade is { First: not "default", Second: > 0 }).Select(grade => $"{grade.First}={grade.Second}").Order(),
        ];
        return grades.Length == 0 ? ["none"] : grades;
    }
}
