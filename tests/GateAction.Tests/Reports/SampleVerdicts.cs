using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Core.Reports;

namespace GateAction.Tests.Reports;

/// <summary>Verdicts as the demo's scenarios give them, for looking at reports.</summary>
internal static class SampleVerdicts
{
    private static readonly TimeSpan?[] Soak =
        [.. new[] { 155, 161, 149, 172, 158, 166, 151, 204, 163, 157, 149, 812, 640, 158, 162, 150, 171, 163, 158, 160 }.Select(ms =>
        (TimeSpan?)TimeSpan.FromMilliseconds(ms))];

    public static ReportContext Context { get; } = new(
        "0.1.0",
        ".github/gate.yml",
        "3f9c2d1a7b6e5f4c3d2b1a0f9e8d7c6b5a4f3e2d",
        "9b1f6c3d2e8a7f5b4c6d1e0f9a8b7c6d5e4f3a2b",
        "https://github.com/acme/shop",
        "https://github.com/acme/shop/actions/runs/1234567",
        "https://github.com/acme/shop/actions/runs/1234567/artifacts/89");

    public static Verdict Failing { get; } = Verdict(
        VerdictState.Failed,
        0.715,
        0.94,
        [
            Criterion("backend-healthy", "Backend is healthy", "deployment", CriterionState.Passed, "backend.status == 200: was 200",
                "backend.json.status == \"healthy\": was \"healthy\"") with { Reads = ["backend"] },
            Criterion("postgres", "PostgreSQL answers", "deployment", CriterionState.Failed,
                "backend.json.checks.postgres.latency_ms < 500: was 5052") with
            {
                Help = "https://wiki.example.com/postgres-slow",
                Reads = ["backend"],
                Position = new(".github/gate.yml", 31, 5),
            },
            Criterion("redis", "Redis is up", "deployment", CriterionState.Failed,
                "backend.json.checks.redis.status == \"up\": was \"down\"") with { Required = false, Reads = ["backend"] },
            Criterion("golden-path", "Golden path tests are green", "testing", CriterionState.Failed, "golden.failed == 0: was 2") with
            {
                Help = "Run the suite against staging and look at the trace.",
                Reads = ["golden"],
                Position = new(".github/gate.yml", 38, 5),
            },
            Criterion("websocket-suite", "WebSocket suite passes", "testing", CriterionState.Waived, "ws.failed == 0 && ws.passed >= 20")
                with
            {
                Underlying = CriterionState.Inconclusive,
                Explanation = [],
                Reason = "ws: no file matches 'results/ws/**/*.xml'",
                ReasonOf = "ws",
                Reads = ["ws"],
            },
            Criterion("unit-tests", "Unit tests are green", "testing", CriterionState.Passed, "unit.failed == 0: was 0",
                "unit.passed >= 200: was 2316"),
            Criterion("error-logs", "No new errors in the logs", "testing", CriterionState.Inconclusive) with
            {
                Condition = "logs.severity.error == 0",
                Reason =
                    "logs: Cloud Logging answered 403: the account 'gate@acme-staging' may not read 'projects/acme-staging' "
                    + "(roles/logging.viewer is missing)",
                ReasonOf = "logs",
                Reads = ["logs"],
                Position = new(".github/gate.yml", 44, 5),
            },
            Criterion("backend-fast", "Backend answers fast", "performance", CriterionState.Degraded,
                "backend.latency.p95 < 500ms: was 640ms",
                "backend.latency.p95 < 2s: was 640ms") with { Condition = "backend.latency.p95 < 2s", Reads = ["backend"] },
            Criterion("no-slower-than-main", "Not slower than main", "performance", CriterionState.Passed,
                "auth.latency.p95 <= baseline.auth.latency.p95 * 1.10: was 92ms"),
            Criterion("agents", "All agent endpoints are there", "performance", CriterionState.Passed,
                "api.operations.filter(o, o.path.startsWith(\"/api/agent\")).size() == 29: was 29"),
            Criterion("migrations", "Migrations ran", "performance", CriterionState.Skipped)
                with { Explanation = [], Reason = "no changed file matches 'db/**'" },
        ],
        [new("deployment", "Deployment", 20, 0.5, 1), new("testing", "Testing coverage", 15, 0.33, 0.5),
        new("performance", "Performance", 10, 0.833, 1)]);

    public static Verdict Passing { get; } = Verdict(
        VerdictState.Passed,
        1,
        1,
        [.. Failing.Criteria.Where(criterion => criterion.State == CriterionState.Passed)],
        [new("deployment", "Deployment", 20, 1, 1), new("testing", "Testing coverage", 15, 1, 1),
        new("performance", "Performance", 10, 1, 1)]) with
    { Waivers = [], Probes = [.. Failing.Probes.Where(probe => probe.Outcome == Outcome.Measured && probe.Name != "golden")] };

    public static Verdict Warned { get; } = Verdict(
        VerdictState.Warned,
        0.87,
        1,
        [.. Failing.Criteria.Where(criterion => criterion.State is CriterionState.Passed or CriterionState.Degraded
        || !criterion.Required)],
        [new("deployment", "Deployment", 20, 0.75, 1), new("testing", "Testing coverage", 15, 1, 1),
        new("performance", "Performance", 10, 0.833, 1)]) with
    { Waivers = [], Probes = Passing.Probes };

    public static Verdict Inconclusive { get; } = Failing with
    {
        State = VerdictState.Inconclusive,
        Criteria = [.. Failing.Criteria.Where(criterion => criterion.State != CriterionState.Failed)],
    };

    public static PreviousRun Previous { get; } = PreviousRun.Of(Failing with
    {
        Score = 0.64,
        Criteria = [.. Failing.Criteria.Select(criterion => criterion.Id switch
        {
            "golden-path" => criterion with { State = CriterionState.Passed },
            "backend-healthy" => criterion with { State = CriterionState.Failed },
            _ => criterion,
        })],
    });

    public static CriterionVerdict Criterion(string id, string title, string group, CriterionState state, params string[] explanation) =>
        new(
        id, title, group, 1, true, state, state, explanation.Length > 0 ? explanation[0].Split(": was ")[0] : "",
        [.. explanation.Select(Explained)], null, null, [],
        new("", 0, 0), [.. explanation.Select(line => line.Split('.', ' ', ':')).Where(words => words.Length > 1)
        .Select(words => new FactName(words[0], words[1])).Distinct()]);

    /// <summary>Of <c>backend.status == 200: was 200</c> the comparison; anything else is a note.</summary>
    public static Explanation Explained(string line)
    {
        if (line.Split(": was ") is not [var expression, var was])
            return new("") { Note = line };
        var actual = new ComparedValue(expression, null, was);
        return expression.Split(' ') is [var fact, var comparison, var limit]
            && fact.All(letter => char.IsLetterOrDigit(letter) || letter is '.' or '_')
            ? new(expression)
            {
                Actual = actual with { Expression = fact, Name = fact.Split('.')[^1] },
                Operator = comparison,
                Limit = new(null, null, limit)
            }
            : new(expression) { Actual = actual };
    }

    /// <summary>A figure by its text, a number with a unit behind it.</summary>
    public static Figure Figure(string name, string text, double? change = null) =>
        new(name, double.Parse(text.TrimEnd('%', 'm', 's').Replace(",", "")) / (text[^1] == '%' ? 100 : text[^1] == 's' ? 1000 : 1), text,
        change)
        {
            Fact = name is FigureNames.P50 or FigureNames.P95 or FigureNames.Max ? FigureNames.Latency : name,
        };

    private static Verdict Verdict(VerdictState state, double score, double measured, CriterionVerdict[] criteria, GroupScore[] groups) =>
        new(
        "staging",
        state,
        score,
        0.9,
        0.75,
        measured,
        criteria,
        groups,
        [
            new("websocket-suite", "Needs container services, tracked in #812", "@platform-leads", new DateOnly(2026, 12, 31), 41,
                WaiverState.Used),
            new("agents", "Two endpoints are late", "@api", new DateOnly(2026, 11, 2), -18, WaiverState.Expired),
        ],
        [
            new("backend", "http", "https://staging.example.com/health", Outcome.Measured, null, null, TimeSpan.FromSeconds(9.6),
                [Figure("status", "200"), Figure("p50", "158ms", 0.02), Figure("p95", "640ms", 0.33), Figure("max", "812ms", 0.41),
                Figure("availability", "100%")], Soak, []),
            new("auth", "http", "https://auth.staging.example.com/health", Outcome.Measured, null, null, TimeSpan.FromSeconds(0.4),
                [Figure("status", "200"), Figure("p50", "81ms", -0.02), Figure("p95", "92ms", -0.12), Figure("max", "92ms"),
                Figure("availability", "100%")], [.. Soak.Take(7).Select(sample => sample / 2)], []),
            new("golden", "results", "results/e2e/**/*.xml", Outcome.Measured, null, null, TimeSpan.FromMilliseconds(31),
                [Figure("passed", "9"), Figure("failed", "2"), Figure("skipped", "0"), Figure("total", "11")], [],
                ["checkout › pays with a saved card: expected 200, got 502",
                "checkout › shows the receipt: locator('#receipt') timed out after 30 s"])
            {
                FailingTests = 2,
            },
            new("unit", "results", "results/unit/**/*.trx", Outcome.Measured, null, null, TimeSpan.FromMilliseconds(120),
                [Figure("passed", "2,316"), Figure("failed", "0"), Figure("total", "2,316")], [], []),
            new("ws", "results", "results/ws/**/*.xml", Outcome.Unknown, "no file matches 'results/ws/**/*.xml'", null, TimeSpan.Zero, [],
                [], []),
            new("logs", "cloud-logging", "acme-staging", Outcome.Unknown,
                "Cloud Logging answered 403: the account 'gate@acme-staging' may not read 'projects/acme-staging' (roles/logging.viewer "
                + "is missing)", null, TimeSpan.FromSeconds(1.2), [], [], []),
        ],
        ["the waiver of 'agents' expired on 2026-11-02 and does not count: repair the criterion, or renew the waiver"],
        new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero),
        TimeSpan.FromSeconds(12.4));
}
