using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources;
using GateAction.StandIns.Google;
using GateAction.Surroundings;

namespace GateAction.Tests.Sources.Google;

/// <summary>A stand-in for Google, a directory for credentials files and an environment that names both.</summary>
internal sealed class GoogleWorld : IAsyncDisposable
{
    private static readonly Lazy<string> Key = new(() =>
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKeyPem();
    });

    private GoogleWorld(GoogleStandIn google) => Google = google;

    public GoogleStandIn Google { get; }

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("gate-google-").FullName;

    public Secrets Secrets { get; } = new();

    /// <summary>No variable of the machine is seen.</summary>
    public Dictionary<string, string> Environment { get; } = new() { ["NO_GCE_CHECK"] = "true" };

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public Shell Shell =>
        Shell.FromProcess() with { Environment = name => Environment.GetValueOrDefault(name), Directory = Directory, Time = Time };

    public static async Task<GoogleWorld> StartAsync() => new(await GoogleStandIn.StartAsync());

    /// <summary>A world whose credentials are a service account's, and whose APIs are the stand-in's.</summary>
    public static async Task<GoogleWorld> StartWithServiceAccountAsync()
    {
        var world = await StartAsync();
        world.Environment["GOOGLE_APPLICATION_CREDENTIALS"] = world.Write("key.json", world.ServiceAccount());
        world.Environment["CLOUDSDK_API_ENDPOINT_OVERRIDES_RUN"] = world.Google.Url.ToString();
        world.Environment["CLOUDSDK_API_ENDPOINT_OVERRIDES_LOGGING"] = world.Google.Url.ToString();
        return world;
    }

    /// <summary>For whom an ID token of the stand-in is.</summary>
    public static string AudienceOf(string idToken) =>
        JsonNode.Parse(Base64Url.DecodeFromChars(idToken.Split('.')[1]))!["aud"]!.GetValue<string>();

    /// <summary>Measures one probe, given as YAML, as a run does.</summary>
    public async Task<Measurement> MeasureAsync(string yaml) =>
        (await CollectAsync([ProbeTesting.SourceOf("probe", yaml)])).Measurements["probe"];

    public async Task<Evidence> CollectAsync(IReadOnlyList<EvidenceSource> sources)
    {
        var collection = new Collection("test", sources, Value.Map(), null, null, 8, 8, TimeSpan.FromMinutes(1));
        using var collector = new Collector(collection, Shell, Secrets);
        return await collector.CollectAsync(CancellationToken.None);
    }

    public string Write(string name, JsonObject content)
    {
        var path = Path.Combine(Directory, name);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content.ToJsonString());
        return path;
    }

    public JsonObject ServiceAccount() => new()
    {
        ["type"] = "service_account",
        ["project_id"] = "acme-staging",
        ["private_key_id"] = "1",
        ["private_key"] = Key.Value,
        ["client_email"] = "gate@acme-staging.iam.example.com",
        ["client_id"] = "1",
        ["token_uri"] = $"{Google.Url}token",
    };

    /// <summary>As google-github-actions/auth writes it.</summary>
    public JsonObject Federated(bool actsAsServiceAccount)
    {
        var json = new JsonObject
        {
            ["type"] = "external_account",
            ["audience"] = "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/github/providers/github",
            ["subject_token_type"] = "urn:ietf:params:oauth:token-type:jwt",
            ["token_url"] = $"{Google.Url}v1/token",
            ["credential_source"] = new JsonObject
            {
                ["url"] = $"{Google.Url}github-oidc?audience=github",
                ["headers"] = new JsonObject { ["Authorization"] = "Bearer job-token" },
                ["format"] = new JsonObject { ["type"] = "json", ["subject_token_field_name"] = "value" },
            },
        };
        if (actsAsServiceAccount)
            json["service_account_impersonation_url"] =
                $"{Google.Url}v1/projects/-/serviceAccounts/gate@acme-staging.iam.example.com:generateAccessToken";
        return json;
    }

    public async ValueTask DisposeAsync()
    {
        System.IO.Directory.Delete(Directory, recursive: true);
        await Google.DisposeAsync();
    }
}
