using System.Text.Json.Nodes;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.StandIns.Google;

namespace GateAction.Tests.Sources.Google;

internal sealed class CloudRunProbeTests
{
    private const string Yaml = "cloud-run: { project: acme-staging, region: us-central1, service: backend }";
    private GoogleWorld _world = null!;

    private JsonNode Service => _world.Google.Resources[RunResources.Service];

    [SetUp]
    public async Task StartAsync()
    {
        _world = await GoogleWorld.StartWithServiceAccountAsync();
        RunResources.AddTo(_world.Google);
    }

    [TearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [Test]
    public async Task A_service_its_traffic_and_the_revision_that_serves_are_measured()
    {
        var measured = await _world.MeasureAsync(Yaml);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured));
        Assert.That(measured.Reason, Is.Null);
        Assert.That(measured.Subject, Is.EqualTo("backend in acme-staging, us-central1"));
        Assert.That(measured.Fact("ready").IsTrue);
        Assert.That(TextOf(measured, "revision", "latest_ready", "latest_created"),
            Is.EqualTo(new[] { RunResources.New, RunResources.New, RunResources.New }));
        Assert.That(measured.Fact("latest_traffic").AsDouble, Is.EqualTo(1));
        Assert.That(measured.Fact("traffic").AsList, Has.Count.EqualTo(2));
        Assert.That(measured.Fact("url").AsString, Is.EqualTo("https://backend-x1y2z3-uc.example.com"));
        Assert.That(measured.Fact("conditions").AsList, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task The_container_with_the_port_tells_image_limits_and_configuration()
    {
        var measured = await _world.MeasureAsync(Yaml + "\nshow-env: ENVIRONMENT");

        Assert.That(TextOf(measured, "image", "image_digest", "service_account", "vpc.connector", "vpc.egress"), Is.EqualTo(new[]
        {
            "us-docker.pkg.dev/acme-staging/shop/backend",
            "sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
            "backend@acme-staging.iam.example.com",
            "staging",
            "private-ranges-only",
        }));
        Assert.That(measured.Fact("cpu").AsDouble, Is.EqualTo(1));
        Assert.That(measured.Fact("memory").AsInt, Is.EqualTo(512 * 1024 * 1024));
        Assert.That(measured.Fact("vpc.enabled").IsTrue);
        Assert.That(measured.Fact("env_names").AsList.Select(name => name.AsString), Is.EqualTo(new[] { "ENVIRONMENT", "LEGACY_KEY" }));
        Assert.That(measured.Fact("env").AsMap.Entries.Select(entry => (entry.Key.AsString, entry.Value.AsString)),
            Is.EqualTo(new[] { ("ENVIRONMENT", "staging") }));
        Assert.That(measured.Fact("secrets").AsList.Select(secret => secret.AsMap)
            .Select(secret => string.Join(' ', secret.Entries.Select(entry => entry.Value.AsString))), Is.EqualTo(new[]
        {
            "DATABASE_URL database-url 7",
            "JWT_KEY jwt-key latest",
            "tls.crt gateway-tls 3",
        }));
        Assert.That((measured.Fact("min_instances").AsInt, measured.Fact("max_instances").AsInt, measured.Fact("concurrency").AsInt),
            Is.EqualTo((1, 20, 80)));
        Assert.That(measured.Fact("request_timeout").Seconds, Is.EqualTo(300));
    }

    [Test]
    public async Task The_time_of_the_deployment_and_how_long_it_took_are_known()
    {
        var measured = await _world.MeasureAsync(Yaml);

        Assert.That(measured.Fact("deployed_at").Kind, Is.EqualTo(ValueKind.Timestamp));
        Assert.That(measured.Fact("deployed_at").Seconds,
            Is.EqualTo(new DateTimeOffset(2026, 9, 14, 18, 40, 1, TimeSpan.Zero).ToUnixTimeSeconds()));
        Assert.That(measured.Fact("deploy_duration").Seconds, Is.EqualTo(148));
    }

    [Test]
    public async Task A_newest_revision_that_failed_does_not_hide_behind_the_one_that_serves()
    {
        Service["latestCreatedRevision"] = $"{RunResources.Service}/revisions/{RunResources.New}";
        Service["latestReadyRevision"] = $"{RunResources.Service}/revisions/{RunResources.Old}";
        Service["terminalCondition"] =
            JsonNode.Parse(
            """{ "type": "Ready", "state": "CONDITION_FAILED", "message": "Revision 'backend-00645-l8x' is not ready: the container failed to start." }""");

        var measured = await _world.MeasureAsync(Yaml);

        Assert.That(measured.Fact("ready").IsFalse);
        Assert.That(TextOf(measured, "revision", "latest_ready", "latest_created"),
            Is.EqualTo(new[] { RunResources.Old, RunResources.Old, RunResources.New }));
        Assert.That(measured.Fact("latest_traffic").AsDouble, Is.Zero);
        Assert.That(measured.Reason, Does.Contain("the container failed to start"));
        Assert.That(measured.Details, Is.EqualTo(new[] { "backend-00644-abc serves, not the newest revision backend-00645-l8x" }));
    }

    [TestCase("reconciling", "true")]
    [TestCase("observedGeneration", "\"644\"")]
    public async Task A_service_that_is_still_changing_is_not_ready(string field, string value)
    {
        Service[field] = JsonNode.Parse(value);

        Assert.That((await _world.MeasureAsync(Yaml)).Fact("ready").IsFalse);
    }

    [Test]
    public async Task Traffic_that_is_split_shows_the_share_of_the_newest()
    {
        Service["trafficStatuses"] =
            JsonNode.Parse($$"""[ { "revision": "{{RunResources.Old}}", "percent": 90 }, { "revision": "{{RunResources.New}}", "percent": 10, "tag": "canary" } ]""");

        var measured = await _world.MeasureAsync(Yaml);

        Assert.That(measured.Fact("latest_traffic").AsDouble, Is.EqualTo(0.1));
        Assert.That(measured.Fact("revision").AsString, Is.EqualTo(RunResources.Old));
    }

    [Test]
    public async Task What_is_not_configured_is_absent_and_no_zero()
    {
        var revision = _world.Google.Resources[$"{RunResources.Service}/revisions/{RunResources.New}"].AsObject();
        foreach (var field in new[] { "vpcAccess", "scaling", "createTime", "volumes", "serviceAccount" })
            revision.Remove(field);
        revision["containers"] = JsonNode.Parse("""[ { "image": "shop/backend:latest" } ]""");

        var measured = await _world.MeasureAsync(Yaml);

        Assert.That(measured.Fact("vpc.enabled").IsFalse);
        Assert.That(new[] { "vpc.connector", "max_instances", "deployed_at", "deploy_duration", "service_account", "cpu", "memory",
            "image_digest" }.Where(measured.HasFact), Is.Empty);
        Assert.That(measured.Fact("image").AsString, Is.EqualTo("shop/backend:latest"));
    }

    [Test]
    public async Task No_value_of_a_variable_that_is_not_asked_for_is_in_the_evidence()
    {
        var measured = await _world.MeasureAsync(Yaml + "\nshow-env: [ENVIRONMENT]");

        Assert.That(Everything(measured.Facts), Does.Not.Contain("not-shown-anywhere").And.Contain("LEGACY_KEY"));
    }

    [Test]
    public async Task Every_refusal_is_one_sentence_with_what_to_grant_or_correct()
    {
        var google = _world.Google;
        var reasons = new List<string?> { await ReasonAsync(Yaml.Replace("service: backend", "service: frontend")) };
        google.Denied.Add("run.services.get");
        reasons.Add(await ReasonAsync(Yaml));
        google.Denied.Clear();
        google.Denied.Add("run.revisions.get");
        reasons.Add(await ReasonAsync(Yaml));
        google.Denied.Clear();
        google.Disabled.Add("run.googleapis.com");
        reasons.Add(await ReasonAsync(Yaml));
        google.Disabled.Clear();
        reasons.Add(await ReasonAsync(Yaml.Replace("acme-staging", "'../other'")));
        google.Resources[RunResources.Service]["trafficStatuses"] = new JsonArray();
        google.Resources[RunResources.Service]["traffic"] = new JsonArray();
        reasons.Add(await ReasonAsync(Yaml));
        google.TokenError = "invalid_grant";
        reasons.Add(await ReasonAsync(Yaml));
        _world.Environment.Remove("GOOGLE_APPLICATION_CREDENTIALS");
        reasons.Add(await ReasonAsync(Yaml));
        _world.Environment["CLOUDSDK_API_ENDPOINT_OVERRIDES_RUN"] = "http://run.example.com/";
        reasons.Add(await ReasonAsync(Yaml));

        Snapshot.Match(string.Join("\n", reasons).Replace(_world.Directory, "DIR"));
    }

    private async Task<string?> ReasonAsync(string yaml) => (await _world.MeasureAsync(yaml)).Reason;

    private static string[] TextOf(Measurement measured, params string[] facts) => [.. facts.Select(fact => measured.Fact(fact).AsString)];

    private static string Everything(Value value) => value.Kind switch
    {
        ValueKind.String => value.AsString,
        ValueKind.List => string.Join(' ', value.AsList.Select(Everything)),
        ValueKind.Map => string.Join(' ', value.AsMap.Entries.Select(entry => $"{entry.Key.AsString} {Everything(entry.Value)}")),
        _ => "",
    };
}
