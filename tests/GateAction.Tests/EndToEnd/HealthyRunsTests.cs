using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GateAction.Sources;
using GateAction.StandIns;
using GateAction.StandIns.GitHub.State;
using GateAction.StandIns.Google;
using GateAction.StandIns.Staging;
using GateAction.Tests.Sources.Google;

namespace GateAction.Tests.EndToEnd;

/// <summary>A gate that is red without a reason is soon not looked at any more.</summary>
internal sealed partial class HealthyRunsTests
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

    private const int FewRuns = 5;

    /// <summary>A probe of each kind, and a criterion over each.</summary>
    /// <param name="address">Of the server that a word in capitals names.</param>
    public static string EveryKind(Func<string, string> address) => Server().Replace(Kinds, match => address(match.Value));

    [GeneratedRegex(@"(?<=[""/])[A-Z]{4,}(?=[""/])")]
    private static partial Regex Server();

    private const string Kinds =
        """
        version: 1
        name: staging
        env: [STAGING_URL, PROM_URL]
        target: ${STAGING_URL}
        probes:
          backend: { http: /health }
          chat: { websocket: /ws, send: { type: ping }, receive: json.type == "pong" }
          port: { tcp: "HOST" }
          calls: { grpc: "http://CALLS", service: acme.orders.v1.Orders, samples: 3 }
          name: { dns: staging.example.com, server: "NAMESERVER", type: A }
          api: { openapi: /openapi.json, compare: docs/openapi.json, call-gets: true }
          service: { cloud-run: { project: acme-staging, region: us-central1, service: backend } }
          cloud: { cloud-logging: { project: acme-staging }, since: 1h, settle: 0s }
          logs: { log-file: app.log }
          memory: { prometheus: 'max(max_over_time(process_resident_memory_bytes{job="backend"}[5m]))', url: "${PROM_URL}" }
          arch: { file: arch.json }
          imports: { command: [sh, -c, "echo '{\"ok\": true}'"] }
          repo: { git: . }
          ci: { github: judged }
        results:
          unit: { files: made/unit.xml }
        coverage:
          lines: { files: made/lcov.info }
        criteria:
          unit: unit.green
          lines: lines.lines >= 50%
          backend: backend.status == 200 && backend.json.status == "healthy"
          chat: chat.json.type == "pong" && chat.close_code == 1000
          port: port.connected
          calls: calls.serving && calls.code == 0 && calls.availability == 1.0
          name: size(name.addresses) == 2
          api: size(api.breaking) == 0 && api.called == api.answered + size(api.failing) && api.count > 0
          service: service.ready
          cloud: cloud.total == 2 && cloud.severity.error == 0
          logs: logs.total == 2 && logs.severity.error == 0
          memory: memory.value < 500000000.0
          arch: arch.json.violations == 0
          imports: imports.exit_code == 0 && imports.json.ok
          repo: size(repo.sha) == 40
          ci: ci.checks.passed == 1 && ci.checks.failed == 0
        """;

    [Test]
    public async Task Every_run_with_every_kind_of_probe_passes()
    {
        var runs = int.TryParse(Environment.GetEnvironmentVariable("GATE_HEALTHY_RUNS"), CultureInfo.InvariantCulture, out var asked)
            ? asked
            : FewRuns;
        await using var google = await GoogleWorld.StartWithServiceAccountAsync();
        using var names = new NameServer();
        await using var health = await GrpcServer.StartAsync();
        health.Set("acme.orders.v1.Orders", isServing: true);
        await using var staging = await StagingServer.StartAsync(Scenario.Healthy);
        using var prometheus = File.Exists("/usr/bin/prometheus")
            ? await RealServer.PrometheusAsync(staging.Url)
            : null;
        using var nginx = RealServer.AreInstalled ? await RealServer.NginxAsync(staging.Url) : null;
        using var haproxy = nginx is null ? null : await RealServer.HaproxyAsync(nginx.Url);
        var front = haproxy?.Url ?? staging.Url;
        var servers = new Dictionary<string, string>
        {
            ["HOST"] = front.Authority,
            ["NAMESERVER"] = names.EndPoint.ToString(),
            ["CALLS"] = health.Url.Authority,
        };
        var manifest = EveryKind(name => servers[name]);
        if (prometheus is null)
            manifest = string.Join('\n',
                manifest.Split('\n').Where(line => !line.TrimStart().StartsWith("memory:", StringComparison.Ordinal))).Replace(", PROM_URL",
                "");
        await using var world = await DemoWorld.StartAsync(Scenario.Healthy, manifest);
        await FillAsync(world, google);
        string? Variable(string name) => name switch
        {
            "STAGING_URL" => front.ToString(),
            "PATH" => Environment.GetEnvironmentVariable(name),
            "PROM_URL" => prometheus?.Url.ToString(),
            _ => google.Environment.GetValueOrDefault(name) ?? world.Job[name],
        };

        var red = new List<string>();
        var all = $"{SourceKinds.All.Count} of {SourceKinds.All.Count}";
        for (var run = 0; run < runs; run++)
        {
            world.GitHub.Repository.Statuses.Clear();
            Log(google);
            var result = await ProgramRun.InAsync(world.Job.Directory, Variable, CancellationToken.None, "run");
            if (result.ExitCode != 0 || world.GitHub.Repository.Statuses[^1].Description is not { } said
                || !said.Contains(all, StringComparison.Ordinal) && prometheus is not null)
            {
                red.Add(result.Out + result.Error);
                await TestContext.Progress.WriteLineAsync(red[^1]);
            }
            if ((run + 1) % 100 == 0)
                await TestContext.Progress.WriteLineAsync($"{run + 1} runs, {red.Count} did not pass");
        }

        await TestContext.Out.WriteLineAsync(
            $"{runs} runs with every kind{(haproxy is null ? "" : ", behind haproxy and nginx")}: {red.Count} did not pass");
        Assert.That(red, Is.Empty);
        // It passed with what is here; that something was left out is told all the same.
        if (prometheus is null || haproxy is null)
            Missing.Tool("measured without Prometheus, or without nginx and haproxy: they are not installed");
    }

    /// <summary>Anew for each run: many of them last longer than the hour that is looked at.</summary>
    private static void Log(GoogleWorld google)
    {
        google.Google.Entries.Clear();
        foreach (var text in (string[])["order placed", "order paid"])
            google.Google.Entries.Add(new JsonObject
            {
                ["textPayload"] = text,
                ["severity"] = "INFO",
                ["timestamp"] = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("O")
            });
    }

    private static async Task FillAsync(DemoWorld world, GoogleWorld google)
    {
        RunResources.AddTo(google.Google);
        var folder = world.Job.Directory;
        await File.WriteAllTextAsync(Path.Combine(folder, "app.log"), "INFO up\nWARNING slow\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "arch.json"), """{"violations": 0}""");
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "docs")).FullName, "openapi.json"),
            OpenApiPage.Json);
        var made = Directory.CreateDirectory(Path.Combine(folder, "made")).FullName;
        await File.WriteAllTextAsync(Path.Combine(made, "unit.xml"), "<testsuite name='s'><testcase classname='c' name='a'/></testsuite>");
        await File.WriteAllTextAsync(Path.Combine(made, "lcov.info"), "SF:a.js\nDA:1,1\nDA:2,1\nend_of_record\n");
        foreach (var arguments in (string[])["init --quiet", "add app.log",
            "-c user.name=a -c user.email=a@example.com commit --quiet -m first"])
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder })!;
            await git.WaitForExitAsync();
        }
        var repository = world.GitHub.Repository;
        repository.Checks.Add(new Check(repository.NextId(), repository.Pulls[0].HeadSha, "build", world.GitHub.Time.GetUtcNow())
        { Status = "completed", Conclusion = "success" });
    }
}
