using System.Text.Json;
using GateAction.Cel.Values;

namespace GateAction.Tests.Cel;

/// <summary>Facts of a staging environment with their declared types, as conditions see them.</summary>
internal static class Staging
{
    private static readonly FactType Http = FactType.Object("an HTTP probe",
        ("status", FactType.Int("status code")),
        ("ok", FactType.Bool("whether the status is 2xx")),
        ("body", FactType.String("text of the answer")),
        ("headers", FactType.Map("by name in lower case", FactType.String("value"))),
        ("size", FactType.Size("bytes of the body")),
        ("availability", FactType.Ratio("share of samples that were answered")),
        ("samples", FactType.Int("how many")),
        ("json", FactType.Dynamic("the body")),
        ("measured_at", FactType.Timestamp("when")),
        ("latency", FactType.Object("time to the answer",
            ("p50", FactType.Duration("median")),
            ("p95", FactType.Duration("95th percentile")),
            ("max", FactType.Duration("slowest")))));

    private static readonly FactType Tests = FactType.Object("test results",
        ("total", FactType.Int("cases")),
        ("passed", FactType.Int("cases that passed")),
        ("failed", FactType.Int("cases that failed")),
        ("errors", FactType.Int("cases that could not run")),
        ("pass_rate", FactType.Ratio("share that passed")),
        ("duration", FactType.Duration("sum")),
        ("failures", FactType.List("failed cases",
        FactType.Object("case", ("name", FactType.String("full name")), ("message", FactType.String("first line"))))),
        ("slowest", FactType.List("slowest cases",
        FactType.Object("case", ("name", FactType.String("full name")), ("duration", FactType.Duration("time"))))));

    public static IReadOnlyDictionary<string, FactType> Types { get; } = new Dictionary<string, FactType>
    {
        ["backend"] = Http,
        ["cache"] = Http,
        ["unit"] = Tests,
        ["memory"] = FactType.Object("a query", ("value", FactType.Number("of the first series"))),
        ["baseline"] = FactType.Object("the last run on the base branch", ("backend", Http), ("unit", Tests)),
        ["now"] = FactType.Timestamp("when the gate decides"),
    };

    private static readonly Dictionary<string, string> Facts = new()
    {
        ["backend"] = """
            {
              "status": 200, "ok": true, "body": "{\"status\":\"degraded\"}", "headers": { "content-type": "application/json" },
              "size": 734003200, "availability": 0.93125, "samples": 20, "measured_at": "2027-03-31T12:00:00Z",
              "latency": { "p50": "0.210s", "p95": "0.812s", "max": "5.2s" },
              "json": {
                "status": "degraded", "version": "2.1.0", "startup_complete": false, "count": 3,
                "checks": { "postgres": { "ok": true, "latency_ms": 5004 }, "redis": { "ok": false, "error": "connection refused" }, "queue": { "ok": false, "error": null } },
                "operations": [
                  { "id": "listOrders", "deprecated": false }, { "id": "", "deprecated": true }, { "id": "getOrder", "deprecated": true }, { "id": "", "deprecated": true }
                ],
                "note": "a note that is so long that nobody would want to read all of it in the middle of a pull request comment, really"
              }
            }
            """,
        ["cache"] = """{ "latency": {} }""",
        ["unit"] = """
            {
              "total": 257, "passed": 17, "failed": 2, "errors": 1, "pass_rate": 0.0661, "duration": "90.5s",
              "failures": [ { "name": "Orders.Are_listed", "message": "expected 3" }, { "name": "Orders.Are_found", "message": "timed out" } ], "slowest": []
            }
            """,
        ["memory"] = """{ "value": 734003200 }""",
        ["baseline"] = """{ "backend": { "latency": { "p95": "0.5s" } }, "unit": { "total": 250, "passed": 250 } }""",
        ["now"] = "\"2027-04-01T00:00:00Z\"",
    };

    /// <summary>The cache could not be reached; all the rest was measured.</summary>
    public static Scope Scope { get; } = new(
        Facts.ToDictionary(fact => fact.Key, fact => Read(fact.Value, Types[fact.Key])),
        new Dictionary<string, string> { ["cache"] = "could not be reached: connection refused (loopback:6379)" });

    private static Value Read(string json, FactType type)
    {
        using var document = JsonDocument.Parse(json);
        return ValueJson.Read(document.RootElement, type);
    }
}
