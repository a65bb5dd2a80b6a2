using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using GateAction.Tests.GitHub;

namespace GateAction.Tests.Commands;

/// <summary><c>--dry-run</c>: everything that a run would do, and none of it done.</summary>
internal sealed class DryRunTests
{
    private const string Manifest = """
        version: 1
        name: shop
        env: [STAGING_URL]
        secrets: [TOKEN]
        target: ${STAGING_URL}
        probes:
          login: { http: /login, method: POST, json: { key: "${TOKEN}" } }
          orders: { http: "/orders/${login.json.id}?key=${TOKEN}" }
          soak: { http: "/health?key=${TOKEN}", samples: 20, every: 30s, attempts: 1, timeout: 2s }
          ready: { http: /health, wait: { until: status == 200, every: 3s, within: 1m } }
          memory: { prometheus: up, url: "http://127.0.0.1:9/prom" }
          notes: { file: notes.txt }
          touch: { command: [touch, touched] }
          nightly: { file: nightly.txt }
        results:
          unit: { files: ["results/**/*.xml", "!results/old/**"] }
        coverage:
          lines: { files: cover.out }
        criteria:
          fast: soak.latency.p95 < 500ms && soak.status == 200
          orders: orders.ok && ready.ok
          memory: { pass: memory.value < 1.0, required: false }
          tests: unit.failed == 0 && unit.errors == 0 && lines.lines > 80%
          local: notes.exists && touch.exit_code == 0
          at-night: { pass: nightly.exists, when: { changed: ["night/**"] } }
        """;

    private TcpListener _staging = null!;
    private CommandRun _run = null!;

    [SetUp]
    public void Prepare()
    {
        _staging = new(IPAddress.Loopback, 0);
        _staging.Start();
        _run = new CommandRun().With("gate.yml", Manifest).With("gate-report/verdict.json", "{}")
            .WithVariable("STAGING_URL", $"http://{_staging.LocalEndpoint}").WithVariable("TOKEN", "s3cr3t-value");
    }

    [TearDown]
    public void Stop()
    {
        _staging.Dispose();
        _run.Dispose();
    }

    private string[] FilesIn() =>
        [.. Directory.GetFiles(_run.Folder, "*", SearchOption.AllDirectories).Order()];

    [TestCase("run")]
    [TestCase("collect")]
    public async Task It_says_what_would_be_done_and_does_none_of_it(string command)
    {
        var url = $"http://{_staging.LocalEndpoint}";
        var before = FilesIn();

        Assert.That(await _run.RunAsync(command, "--dry-run", "--changed", "src/a.cs"), Is.Zero, _run.Error);

        Assert.That(_staging.Pending(), Is.False, "nobody came");
        Assert.That(FilesIn(), Is.EqualTo(before));
        Assert.That(_run.Out, Does.StartWith("Dry run of gate 'shop' by gate.yml: nothing is measured, written or said.\n")
            .And.Not.Contain("s3cr3t").And.Contain("left out: nightly"));
        Assert.That(_run.Out, Does.Contain($"  login (http): POST {url}/login\n").And.Contain("measured before orders"));
        Assert.That(_run.Out, Does.Contain("  orders (http): known once 'login' is measured\n"));
        Assert.That(_run.Out, Does.Contain($"  soak (http): GET {url}/health?key=***\n"
            + "      20 samples, one every 30s; each attempt 2s at most, 1 attempt; read by fast\n"));
        Assert.That(_run.Out, Does.Contain("first polls every 3s for up to 1m until status == 200; read by orders"));
        Assert.That(_run.Out, Does.Contain("  memory (prometheus): up at http://127.0.0.1:9/prom\n"));
        Assert.That(_run.Out, Does.Contain("  unit (results): results/**/*.xml, !results/old/**\n      read by tests\n"));
        Assert.That(_run.Out.Contains("  at-night: skipped, no changed file matches 'night/**'"), Is.EqualTo(command == "run"));
        Assert.That(_run.Out, Does.Contain(command == "run"
            ? "Would write gate-report/evidence.json, gate-report/report.html, "
            : "Would write gate-report/evidence.json.\n"));
        Assert.That(_run.Out, Does.EndWith("Would say nothing to GitHub: this is no workflow.\n"));
    }

    [Test]
    public async Task As_JSON_it_names_the_sources_with_their_readers()
    {
        Assert.That(await _run.RunAsync("run", "--dry-run", "--json"), Is.Zero, _run.Error);

        using var plan = JsonDocument.Parse(_run.Out);
        var soak = plan.RootElement.GetProperty("sources").EnumerateArray()
            .Single(source => source.GetProperty("name").GetString() == "soak");
        Assert.That(soak.GetProperty("samples").GetInt32(), Is.EqualTo(20));
        Assert.That(soak.GetProperty("criteria").EnumerateArray().Select(one => one.GetString()), Is.EqualTo(["fast"]));
        Assert.That(_run.Out, Does.Not.Contain("s3cr3t"));
    }

    [TestCase("--only nobody", "'only' names 'nobody'")]
    [TestCase("--baseline nosuch.json", "the evidence 'nosuch.json' cannot be read")]
    [TestCase("--timeout soon", "'timeout' is 'soon'")]
    [TestCase("--evidence artifact", "'evidence' is 'artifact', so nothing would be measured")]
    [TestCase("nosuch.yml", "there is no manifest 'nosuch.yml'")]
    public async Task What_a_run_would_refuse_it_refuses(string arguments, string expected)
    {
        Assert.That(await _run.RunAsync(["run", "--dry-run", .. arguments.Split(' ')]), Is.EqualTo(2));
        Assert.That(_run.Error, Does.StartWith($"gate: {expected}"));
    }

    [Test]
    public async Task In_a_workflow_it_names_status_and_comment_and_sets_neither()
    {
        await using var scene = await GateScene.StartAsync();

        var shell = scene.Shell(scene.Job());

        var exitCode = await Program.RunAsync(["run", "--dry-run"], shell, CancellationToken.None);

        Assert.That(exitCode, Is.Zero, scene.Error.ToString());
        Assert.That(scene.GitHub.Requests.Select(request => request.Method).Distinct(), Is.EqualTo(["GET"]));
        Assert.That(scene.Out.ToString(), Does.Contain("Would set the status 'gate/staging' on ").And.Contain("a comment on #"));
    }
}
