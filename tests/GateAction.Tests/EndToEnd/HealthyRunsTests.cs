using GateAction.Demo.Staging;

namespace GateAction.Tests.EndToEnd;

/// <summary>A gate that is red without a reason is soon not looked at any more.</summary>
internal sealed class HealthyRunsTests
{
    private const string Manifest =
        """
        version: 1
        name: staging
        env: [STAGING_URL]
        secrets: [STAGING_PASSWORD]
        target: ${STAGING_URL}
        probes:
          backend: { http: /health, samples: 3 }
          login: { http: /login, json: { user: smoke, password: "${STAGING_PASSWORD}" }, mask: [json.access_token] }
          orders: { http: /v1/orders, headers: { Authorization: "Bearer ${login.json.access_token}" } }
          other: { http: /redirect/hops/3 }
        criteria:
          healthy: backend.status == 200 && backend.availability == 1.0
          fast: backend.latency.p95 < 30s
          orders: size(orders.json.orders) == 5
          other: other.status == 200 && other.redirects == 3
        """;

    [TestCase(25)]
    [TestCase(1000, Explicit = true, Reason = "takes minutes")]
    public async Task Every_run_against_a_healthy_environment_passes(int runs)
    {
        await using var staging = await StagingServer.StartAsync(Scenario.Healthy);
        var folder = Directory.CreateTempSubdirectory("gate-healthy-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "gate.yml"), Manifest);
        string? Environment(string name) => name switch
        {
            "STAGING_URL" => staging.Url.ToString(),
            "STAGING_PASSWORD" => "correct horse",
            _ => null,
        };

        var red = new List<string>();
        for (var run = 0; run < runs; run++)
        {
            var result = await ProgramRun.InAsync(folder, Environment, CancellationToken.None, "run");
            if (result.ExitCode != 0 || result.Out.Contains("degraded", StringComparison.Ordinal))
                red.Add(result.Out + result.Error);
        }

        Assert.That(red, Is.Empty);
        Directory.Delete(folder, recursive: true);
    }
}
