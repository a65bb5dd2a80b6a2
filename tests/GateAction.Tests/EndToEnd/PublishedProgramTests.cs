using System.Diagnostics;
using System.Text.Json.Nodes;
using GateAction.StandIns.Google;
using GateAction.StandIns.Staging;
using GateAction.Tests.Sources.Google;
using GateAction.Tests.Sources.Results;
using GateAction.Tests.Sources.Results.Coverage;

namespace GateAction.Tests.EndToEnd;

/// <summary>
/// Everything that measures, in the real program: what the container ships is trimmed and compiles nothing at run time, which no test in
/// the test's own process would notice. See <see cref="GateProcess"/>.
/// </summary>
internal sealed class PublishedProgramTests
{
    private const string OldApi = """
        openapi: 3.0.3
        info: { title: Acme shop, version: "2.3" }
        paths:
          /health: { get: { responses: { "200": { description: ok } } } }
          /v1/carts: { delete: { tags: [carts], responses: { "204": { description: gone } } } }
        """;

    private const string Swagger = """
        { "swagger": "2.0", "info": { "title": "Old shop", "version": "1" }, "paths": { "/health": { "get": { "responses": { "200": { "description": "ok" } } } } } }
        """;

    private const string Criteria = """
        criteria:
          health: health.status == 200 && health.json.checks.all(name, health.json.checks[name].status == "healthy") && health.latency.p95 < 1m
          pattern: health.json.version.matches("^1\\.[0-9]+\\.\\d$") && "%s is %d".format([health.json.service, health.status]) == "acme-backend is 200"
          trusted: secure.version == "2" && secure.samples == 1 && "localhost" in secure.tls.names && secure.tls.expires_in > 7d
          distrusted: distrusted.tls.problem.contains("expired")
          orders: orders.json.orders.map(o, o.total) == [10, 20, 30, 40, 50]
          private: private.json.headers.authorization.startsWith("Bearer ")
          chat: chat.json.type == "pong" && chat.subprotocol == "chat.v2" && chat.alive
          banner: banner.expected && banner.tls.version == "1.3"
          names: names.addresses == ["192.0.2.10", "192.0.2.20"] && size(local.addresses) > 0
          api: api.openapi == "3.1.0" && api.count == 5 && api.deprecated == 1 && api.removed == ["DELETE /v1/carts"] && size(api.breaking) == 1
          api-answers: api.safe == 3 && api.answered == api.called
          api-others: old.openapi == "3.0.3" && old.operations[1].tags == ["carts"] && swagger.openapi == "2.0" && swagger.names == ["GET /health"]
          service: service.ready && service.memory >= 256Mi && service.deployed_at.getHours("Europe/Paris") == 20 && service.deployed_at.getFullYear() == 2026
          logs: logs.severity.error == 0 && logs.counts.started == 1 && logs.total == 2
          up: up.value == 0.42 && up.series[0].labels.job == "backend"
          log-file: app.severity.warning == 1 && app.counts.started == 1
          files: arch.json.violations == 0 && values.json.replicas == 3 && values.json.image.tag == "4f1c0de"
          tool: tool.exit_code == 0 && tool.stdout.startsWith("git version")
          repo: repo.branch == "main" && repo.subject == "First" && now - repo.committed_at < 1h
          tests: unit.total == 72 && unit.passed == 36 && unit.failed == 18 && unit.skipped == 18
          covered: lines.lines > 40% && lines.branches > 40% && lines.files_total == 1
        """;

    private readonly List<IDisposable> _servers = [];
    private GoogleWorld _world = null!;

    [SetUp]
    public async Task StartAsync() => _world = await GoogleWorld.StartWithServiceAccountAsync();

    [TearDown]
    public async Task StopAsync()
    {
        foreach (var server in _servers)
            server.Dispose();
        _servers.Clear();
        await _world.DisposeAsync();
    }

    [Test]
    public async Task Every_kind_of_probe_and_of_result_file_measures()
    {
        using var certificates = new Certificates(TimeProvider.System);
        await using var staging = await StagingServer.StartAsync(Scenario.Healthy);
        await using var secure = await StagingServer.StartAsync(new StagingState(Scenario.Healthy, "4f1c0de"), certificates.Good());
        await using var expired = await StagingServer.StartAsync(new StagingState(Scenario.Healthy, "4f1c0de"), certificates.Expired());
        Write("authority.pem", certificates.AuthorityPem);
        var banner = Keep(new BannerServer("220 mail.example.com\r\n", certificates.Good()));
        var names = Keep(new NameServer());
        FillWorkspace();
        FillGoogle();
        Write("gate.yml", $$"""
            version: 1
            name: everything
            target: {{staging.Url}}
            defaults: { attempts: 1, timeout: 30s }
            probes:
              health: { http: /health }
              secure: { http: "https://localhost:{{secure.Url.Port}}/health", ca: authority.pem, http-version: "2" }
              distrusted: { http: "https://localhost:{{expired.Url.Port}}/health", ca: authority.pem, insecure: true }
              login: { http: /login, json: { user: smoke, password: correct horse }, mask: json.access_token }
              orders: { http: /v1/orders, headers: { Authorization: "Bearer ${login.json.access_token}" } }
              private: { http: /echo, auth: google-id-token }
              chat: { websocket: /ws, subprotocols: chat.v2, send: { type: ping }, receive: json.type == "pong", hold: 100ms }
              banner: { tcp: "localhost:{{banner.Port}}", tls: true, ca: authority.pem, expect: "^220 [a-z.]+" }
              names: { dns: staging.example.com, type: A, server: "{{names.EndPoint}}" }
              local: { dns: localhost }
              api: { openapi: /openapi.json, compare: api.yaml, call-gets: true }
              old: { openapi: api.yaml }
              swagger: { openapi: swagger.json }
              service: { cloud-run: { project: acme-staging, region: us-central1, service: backend } }
              logs: { cloud-logging: { project: acme-staging, filter: severity>=DEFAULT }, settle: 0s, count: { started: 'started in \d+ ms' } }
              up: { prometheus: up, url: "{{_world.Google.Url}}v1/projects/acme-staging/location/global/prometheus", auth: google }
              app: { log-file: "logs/*.log", count: { started: 'started in \d+ ms' } }
              arch: { file: arch.json }
              values: { file: deploy/values.yaml }
              tool: { command: [sh, -c, "git --version; sleep 0.3"] }
              repo: { git: checkout }
            results:
              unit: { files: "results/*" }
            coverage:
              lines: { files: "coverage/*" }
            {{Criteria}}
            """);

        var run = await GateProcess.RunAsync(_world.Directory, _world.Environment, "run");

        Assert.That(run.ExitCode, Is.Zero, run.Out + run.Error);
        Assert.That(run.Out, Does.Contain("Passed: all 21 criteria met"));
        Assert.That(run.Error, Is.Empty);
        var evidence = JsonNode.Parse(Read("gate-report/evidence.json"))!;
        Assert.That(evidence["measurements"]!.AsObject().Select(pair => $"{pair.Key}: {pair.Value!["outcome"]}"),
            Has.Exactly(23).Items.And.All.EndsWith(": measured"));
        Assert.That(_world.Google.Tokens.Keys.Where(token => Read("gate-report/evidence.json").Contains(token)), Is.Empty,
            "tokens are masked");
        await SameAsManagedAsync(new(Path.Combine(_world.Directory, "gate-report")));
    }

    /// <summary>The program that is built beside the tests measures and reports the same, file by file.</summary>
    private async Task SameAsManagedAsync(ReportFolder reports)
    {
        var runs = new List<ReportFolder>();
        foreach (var folder in new[] { "managed", "managed-again" })
        {
            var run = await GateProcess.RunManagedAsync(_world.Directory, _world.Environment, "run", "--out", folder);
            Assert.That(run.ExitCode, Is.Zero, run.Out + run.Error);
            runs.Add(new(Path.Combine(_world.Directory, folder)));
        }
        Assert.That(runs[0].Files.Count(), Is.GreaterThan(5));
        Assert.That(runs[0].DifferencesTo(reports, runs[1]), Is.Empty);
    }

    private void FillWorkspace()
    {
        Write("api.yaml", OldApi);
        Write("swagger.json", Swagger);
        Write("arch.json", """{"violations": 0}""");
        Write("deploy/values.yaml", "replicas: 3\nsidecar: &image { tag: 4f1c0de }\nimage: *image\n");
        Write("logs/app.log",
            $"{DateTimeOffset.UnixEpoch.AddYears(50):O} INFO started in 120 ms\n{DateTimeOffset.UnixEpoch.AddYears(51):O} WARNING slow\n");
        foreach (var (format, content) in FormatSamples.All)
            Write($"results/{format}", content);
        Write("src/a", "the file that the reports are of");
        foreach (var sample in CoverageSamples.All)
            Write($"coverage/{sample.Format}", sample.Text);
        Write("checkout/a.txt", "a");
        Git("init -q -b main");
        Git("add .");
        Git("-c user.name=Octo -c user.email=octo@example.com commit -q -m First");
    }

    private void FillGoogle()
    {
        RunResources.AddTo(_world.Google);
        var now = TimeProvider.System.GetUtcNow();
        _world.Google.Entries.Add(new()
        { ["timestamp"] = $"{now.AddMinutes(-2):O}", ["severity"] = "INFO", ["textPayload"] = "started in 120 ms" });
        _world.Google.Entries.Add(new()
        {
            ["timestamp"] = $"{now.AddMinutes(-1):O}",
            ["severity"] = "INFO",
            ["jsonPayload"] = new JsonObject { ["message"] = "ready" }
        });
    }

    private void Git(string arguments)
    {
        using var process =
            Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Path.Combine(_world.Directory, "checkout") })!;
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, arguments);
    }

    private T Keep<T>(T server)
        where T : IDisposable
    {
        _servers.Add(server);
        return server;
    }

    private string Read(string path) => File.ReadAllText(Path.Combine(_world.Directory, path));

    private void Write(string path, string text)
    {
        var full = Path.Combine(_world.Directory, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
