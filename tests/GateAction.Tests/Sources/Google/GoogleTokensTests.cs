using System.Text.Json.Nodes;
using GateAction.Sources.Google;

namespace GateAction.Tests.Sources.Google;

internal sealed class GoogleTokensTests
{
    private const string Service = "https://backend.example.com";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private GoogleWorld _world = null!;

    [SetUp]
    public async Task StartAsync() => _world = await GoogleWorld.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _world.DisposeAsync();

    [Test]
    public async Task A_service_account_file_gives_access_tokens_and_ID_tokens()
    {
        Use("key.json", _world.ServiceAccount());
        var tokens = new GoogleTokens(_world.Shell, _world.Secrets);

        var access = await tokens.AccessTokenAsync("logging.read", Timeout, default);
        var id = await tokens.IdTokenAsync(Service, Timeout, default);

        Assert.That(access, Does.StartWith("service-account."));
        Assert.That(GoogleWorld.AudienceOf(id), Is.EqualTo(Service));
        Assert.That(_world.Secrets.MaskText($"{access} {id}"), Is.EqualTo("*** ***"));
    }

    [TestCase(true, "impersonated.")]
    [TestCase(false, "federated.")]
    public async Task A_workload_identity_is_exchanged_for_an_access_token(bool actsAsServiceAccount, string prefix)
    {
        Use("gha-creds.json", _world.Federated(actsAsServiceAccount));

        var access = await new GoogleTokens(_world.Shell, _world.Secrets).AccessTokenAsync("cloud-platform.read-only", Timeout, default);

        Assert.That(access, Does.StartWith(prefix));
    }

    [Test]
    public async Task A_workload_identity_gets_ID_tokens_from_the_service_account_it_acts_as()
    {
        Use("gha-creds.json", _world.Federated(actsAsServiceAccount: true));

        var id = await new GoogleTokens(_world.Shell, _world.Secrets).IdTokenAsync(Service, Timeout, default);

        Assert.That(GoogleWorld.AudienceOf(id), Is.EqualTo(Service));
    }

    [Test]
    public async Task A_credentials_file_given_by_its_path_on_the_host_is_found_in_the_mounted_workspace()
    {
        _world.Write("gha-creds-0a1b.json", _world.Federated(actsAsServiceAccount: false));
        _world.Environment["GITHUB_WORKSPACE"] = _world.Directory;
        _world.Environment["GITHUB_REPOSITORY"] = "acme/shop";
        _world.Environment["GOOGLE_GHA_CREDS_PATH"] = "/home/runner/work/shop/shop/gha-creds-0a1b.json";

        var access = await new GoogleTokens(_world.Shell, _world.Secrets).AccessTokenAsync("logging.read", Timeout, default);

        Assert.That(access, Does.StartWith("federated."));
    }

    [Test]
    public async Task A_machine_of_Google_gives_the_tokens_of_its_service_account()
    {
        _world.Environment.Remove("NO_GCE_CHECK");
        _world.Environment["GCE_METADATA_HOST"] = _world.Google.Url.Authority;
        var tokens = new GoogleTokens(_world.Shell, _world.Secrets);

        var access = await tokens.AccessTokenAsync("logging.read", Timeout, default);
        var id = await tokens.IdTokenAsync(Service, Timeout, default);

        Assert.That(access, Does.StartWith("metadata."));
        Assert.That(GoogleWorld.AudienceOf(id), Is.EqualTo(Service));
    }

    [Test]
    public async Task Credentials_that_gcloud_wrote_are_used_where_no_variable_names_others()
    {
        _world.Environment["CLOUDSDK_CONFIG"] = _world.Directory;
        _world.Write("application_default_credentials.json", _world.ServiceAccount());

        var access = await new GoogleTokens(_world.Shell, _world.Secrets).AccessTokenAsync("logging.read", Timeout, default);

        Assert.That(access, Does.StartWith("service-account."));
    }

    [Test]
    public async Task Every_fault_is_one_sentence_with_what_to_do()
    {
        var faults = new List<string>
        {
            await FaultAsync(),
            await FaultAsync("missing.json", null),
            await FaultAsync("key.json", new() { ["type"] = "kerberos" }),
            await FaultAsync("key.json",
                new() { ["type"] = "service_account", ["client_email"] = "a@example.com", ["private_key"] = "nonsense" }),
            await FaultAsync("gha-creds.json", _world.Federated(false), idToken: true),
            await FaultAsync("gha-creds.json", WithWrongJobToken()),
        };
        _world.Google.TokenError = "invalid_grant";
        faults.Add(await FaultAsync("key.json", _world.ServiceAccount()));
        _world.Google.TokenError = "unauthorized_client";
        faults.Add(await FaultAsync("gha-creds.json", _world.Federated(true)));
        _world.Google.TokenError = null;
        _world.Google.Denied.Add("iam.serviceAccounts.getAccessToken");
        faults.Add(await FaultAsync("gha-creds.json", _world.Federated(true)));
        faults.Add(await FaultAsync("gha-creds.json", _world.Federated(true), idToken: true));

        Snapshot.Match(string.Join("\n", faults).Replace(_world.Directory, "DIR"));
    }

    [Test]
    public async Task A_token_endpoint_that_does_not_answer_ends_in_time()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var account = _world.ServiceAccount();
        account["token_uri"] = $"http://{silent.LocalEndpoint}/token";
        Use("key.json", account);

        var ask = () => new GoogleTokens(_world.Shell, _world.Secrets).AccessTokenAsync("logging.read", TimeSpan.FromSeconds(0.3), default);

        Assert.That(async () => await ask(), Throws.TypeOf<GoogleException>().With.Message.EqualTo("Google gave no token within 300ms"));
        await Task.CompletedTask;
    }

    private JsonObject WithWrongJobToken()
    {
        var json = _world.Federated(true);
        json["credential_source"]!["headers"]!["Authorization"] = "Bearer other";
        return json;
    }

    private async Task<string> FaultAsync(string? file = null, JsonObject? content = null, bool idToken = false)
    {
        if (file is not null)
            Use(file, content);
        var tokens = new GoogleTokens(_world.Shell, _world.Secrets);
        try
        {
            return await (idToken
                ? tokens.IdTokenAsync(Service, Timeout, default)
                : tokens.AccessTokenAsync("logging.read", Timeout, default));
        }
        catch (GoogleException fault)
        {
            return fault.Message;
        }
    }

    private void Use(string file, JsonObject? content) =>
        _world.Environment["GOOGLE_APPLICATION_CREDENTIALS"] = content is null
        ? Path.Combine(_world.Directory, file)
        : _world.Write(file, content);
}
