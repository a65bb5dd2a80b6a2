using System.Text.Json.Nodes;
using GateAction.StandIns;
using GateAction.StandIns.Google;
using GateAction.StandIns.Staging;
using GateAction.Tests.Sources.Google;

namespace GateAction.Tests.EndToEnd;

/// <summary>Google's library in the real program: it reads and writes JSON by reflection, so that trimming could break it.</summary>
internal sealed class PublishedProgramGoogleTests
{
    private GoogleWorld _world = null!;
    private StagingServer _staging = null!;

    [SetUp]
    public async Task StartAsync() =>
    (_world, _staging) = (await GoogleWorld.StartWithServiceAccountAsync(), await StagingServer.StartAsync(Scenario.Healthy));

    [TearDown]
    public async Task StopAsync()
    {
        await _staging.DisposeAsync();
        await _world.DisposeAsync();
    }

    [TestCase("service account", "service-account.")]
    [TestCase("federated, acting", "impersonated.")]
    [TestCase("federated by a file", "impersonated.")]
    [TestCase("metadata server", "metadata.")]
    public async Task Each_way_to_credentials_gives_access_tokens_and_ID_tokens(string way, string accessToken)
    {
        Use(way);

        var run = await RunAsync();

        Assert.That(run.ExitCode, Is.Zero, run.Out + run.Error);
        Assert.That(_world.Google.Tokens.Keys, Has.Some.StartsWith(accessToken));
        var idToken = _world.Google.Tokens.Keys.Single(token => token.StartsWith("e30.", StringComparison.Ordinal));
        Assert.That(GoogleWorld.AudienceOf(idToken), Is.EqualTo(_staging.Url.ToString().TrimEnd('/')));
    }

    [TestCase("federated", "federated.", "cannot give ID tokens by itself; give google-github-actions/auth a 'service_account'")]
    [TestCase("federated user", "user.", "cannot give ID tokens; use those of a service account")]
    [TestCase("impersonated", "impersonated.", "cannot be used: Operation not supported when a custom access token URL has been specified")]
    public async Task Some_ways_give_access_tokens_alone(string way, string accessToken, string reason)
    {
        Use(way);

        var run = await RunAsync();

        Assert.That(run.ExitCode, Is.EqualTo(3), run.Out + run.Error);
        Assert.That(_world.Google.Tokens.Keys, Has.Some.StartsWith(accessToken));
        Assert.That(Outcome("up"), Is.EqualTo("measured"));
        Assert.That(Reason("private"), Does.EndWith(reason));
    }

    /// <summary>Google's library knows one address for that, which a proxy leads to the stand-in.</summary>
    [Test]
    public async Task A_refresh_token_of_gcloud_is_exchanged_at_Googles_own_address()
    {
        using var certificates = new Certificates(TimeProvider.System);
        await using var google = await GoogleStandIn.StartAsync(certificates.For("oauth2.googleapis.com"));
        using var proxy = new ConnectProxy(google.Url.Port);
        var user = new JsonObject
        {
            ["type"] = "authorized_user",
            ["client_id"] = "1",
            ["client_secret"] = "s3cret-s3cret",
            ["refresh_token"] = "r3fresh-r3fresh"
        };
        _world.Environment["GOOGLE_APPLICATION_CREDENTIALS"] = _world.Write("user.json", user);
        _world.Environment["HTTPS_PROXY"] = proxy.Url.ToString();
        _world.Environment["SSL_CERT_FILE"] = Path.Combine(_world.Directory, "authority.pem");
        await File.WriteAllTextAsync(_world.Environment["SSL_CERT_FILE"], certificates.AuthorityPem);

        var run = await RunAsync("https://oauth2.googleapis.com/");

        Assert.That(run.ExitCode, Is.EqualTo(3), run.Out + run.Error);
        Assert.That(google.Tokens.Keys.Single(), Does.StartWith("user."));
        Assert.That(Outcome("up"), Is.EqualTo("measured"));
        Assert.That(Reason("private"), Does.Contain("cannot give ID tokens; use those of a service account"));
    }

    [Test]
    public async Task A_refusal_and_a_key_that_is_none_are_one_sentence()
    {
        _world.Google.TokenError = "invalid_grant";
        await RunAsync();
        Assert.That(Reason("up"),
            Does.Contain(
            "invalid_grant: Invalid JWT Signature; the key or the identity was revoked, has expired or is not accepted: make a new one"));

        _world.Environment["GOOGLE_APPLICATION_CREDENTIALS"] =
            _world.Write("bad.json",
            new() { ["type"] = "service_account", ["client_email"] = "a@example.com", ["private_key"] = "nonsense" });
        await RunAsync();
        Assert.That(Reason("up"),
            Does.Contain(
            "cannot be used: PKCS8 data must be contained within '-----BEGIN PRIVATE KEY-----' and '-----END PRIVATE KEY-----'"));
    }

    private void Use(string way)
    {
        switch (way)
        {
            case "service account":
                break;
            case "metadata server":
                _world.Environment.Remove("GOOGLE_APPLICATION_CREDENTIALS");
                _world.Environment.Remove("NO_GCE_CHECK");
                _world.Environment["GCE_METADATA_HOST"] = _world.Google.Url.Authority;
                break;
            default:
                _world.Environment["GOOGLE_APPLICATION_CREDENTIALS"] = _world.Write("credentials.json", Credentials(way));
                break;
        }
    }

    private JsonObject Credentials(string way)
    {
        var credentials = _world.Federated(actsAsServiceAccount: way != "federated");
        switch (way)
        {
            case "federated by a file":
                credentials["credential_source"] = new JsonObject { ["file"] = Path.Combine(_world.Directory, "subject") };
                File.WriteAllText(Path.Combine(_world.Directory, "subject"), _world.Google.IssueToken("subject"));
                return credentials;
            case "federated user":
                return new()
                {
                    ["type"] = "external_account_authorized_user",
                    ["audience"] = "//iam.googleapis.com/locations/global/workforcePools/pool/providers/provider",
                    ["client_id"] = "1",
                    ["client_secret"] = "s3cret-s3cret",
                    ["refresh_token"] = "r3fresh-r3fresh",
                    ["token_url"] = $"{_world.Google.Url}token",
                };
            case "impersonated":
                return new()
                {
                    ["type"] = "impersonated_service_account",
                    ["service_account_impersonation_url"] = credentials["service_account_impersonation_url"]!.DeepClone(),
                    ["source_credentials"] = _world.ServiceAccount(),
                };
            default:
                return credentials;
        }
    }

    private Task<ProgramRun> RunAsync() => RunAsync(_world.Google.Url.ToString());

    private async Task<ProgramRun> RunAsync(string google)
    {
        await File.WriteAllTextAsync(Path.Combine(_world.Directory, "gate.yml"), $$"""
            version: 1
            defaults: { attempts: 1, timeout: 30s }
            probes:
              up: { prometheus: up, url: "{{google}}v1/projects/acme-staging/location/global/prometheus", auth: google }
              private: { http: "{{_staging.Url}}echo", auth: google-id-token }
            criteria:
              up: up.value == 0.42
              private: private.json.headers.authorization.startsWith("Bearer ")
            """);
        return await GateProcess.RunAsync(_world.Directory, _world.Environment, "run");
    }

    private string Outcome(string probe) => Measurement(probe)["outcome"]!.GetValue<string>();

    private string Reason(string probe) => Measurement(probe)["reason"]!.GetValue<string>();

    private JsonNode Measurement(string probe) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(_world.Directory, "gate-report", "evidence.json")))!["measurements"]![probe]!;
}
