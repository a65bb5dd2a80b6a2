using System.Text;

namespace GateAction.Benchmarks;

/// <summary>The manifests that are timed.</summary>
internal static class BenchManifests
{
    /// <summary>Five probes, ten criteria and one result file, none of which waits for anything.</summary>
    public const string FiveProbes =
        """
        version: 1
        name: staging
        env: [STAGING_URL]
        secrets: [STAGING_PASSWORD]
        target: ${STAGING_URL}
        probes:
          backend: { http: /health }
          frontend: { http: / }
          echo: { http: /echo }
          login: { http: /login, method: POST, json: { user: smoke, password: "${STAGING_PASSWORD}" }, mask: [json.access_token] }
          orders: { http: "/v1/orders?limit=5", headers: { Authorization: "Bearer ${login.json.access_token}" } }
        results:
          unit: { files: "results/**/*.xml" }
        criteria:
          runs-this-commit: backend.json.git_sha == github.sha
          started: backend.json.startup_complete == true
          healthy: backend.status == 200 && backend.json.status == "healthy"
          fast: { pass: backend.latency.p95 < 2s, warn: backend.latency.p95 < 5s }
          front: frontend.status == 200
          echoes: echo.json.method == "GET"
          postgres: backend.json.checks.postgres.latency_ms < 500
          redis: { pass: 'backend.json.checks.redis.status == "healthy"', required: false }
          orders: size(orders.json.orders) == 5
          tests-green: unit.failed == 0 && unit.passed >= 200
        """;

    /// <summary>Thirty probes and sixty criteria.</summary>
    public static string NinetyEntries { get; } = WriteNinetyEntries();

    private static string WriteNinetyEntries()
    {
        var text = new StringBuilder("version: 1\nname: staging\nprobes:\n");
        for (var index = 0; index < 30; index++)
            text.Append($"  service_{index}: {{ http: 'https://staging.example.com/{index}/health', samples: 5, every: 2s }}\n");
        text.Append("criteria:\n");
        for (var index = 0; index < 30; index++)
            text.Append($"  answers-{index}: service_{index}.status == 200\n  fast-{index}: service_{index}.latency.p95 < 500ms\n");
        return text.ToString();
    }
}
