using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GateAction.StandIns;
using GateAction.StandIns.GitHub;
using GateAction.StandIns.GitHub.State;
using GateAction.StandIns.Staging;
using Microsoft.AspNetCore.Hosting;

namespace GateAction.Tests.EndToEnd;

/// <summary>GitHub behind a proxy and behind a certificate authority of one's own: what only a process of its own can show.</summary>
internal sealed class NetworkTests
{
    [Test]
    public async Task GitHub_over_plain_http_is_refused_behind_a_proxy_too()
    {
        await using var proxy = await StartAsync();

        var (exitCode, output) = await DoctorAsync(new()
        {
            ["GITHUB_API_URL"] = "http://github.example.com",
            ["HTTP_PROXY"] = proxy.Url.ToString(),
        });

        Assert.That(exitCode, Is.EqualTo(2), output);
        Assert.That(output, Does.Contain("an address that begins with 'https://' is accepted"));
        Assert.That(proxy.Requests, Is.Empty);
    }

    [Test]
    public async Task No_proxy_goes_past_it()
    {
        await using var server = await StartAsync();

        var (exitCode, output) = await DoctorAsync(new()
        {
            ["GITHUB_API_URL"] = server.Url.ToString(),
            ["HTTP_PROXY"] = "http://127.0.0.1:9",
            ["NO_PROXY"] = "127.0.0.1",
        });

        Assert.That(exitCode, Is.Zero, output);
    }

    [TestCase("", 0, 1)]
    [TestCase(".example.com", 4, 0)]
    [TestCase("other.example.com", 0, 1)]
    public async Task GitHub_over_TLS_is_reached_through_a_tunnel_of_the_proxy(string noProxy, int expected, int tunnels)
    {
        using var key = RSA.Create(2048);
        using var certificate = SelfSigned(key);
        await using var server = await StartAsync(certificate);
        using var proxy = new ConnectProxy(server.Url.Port);
        var file = await WriteAsync(certificate);

        var (exitCode, output) = await DoctorAsync(new()
        {
            ["GITHUB_API_URL"] = "https://github.example.com",
            ["HTTPS_PROXY"] = proxy.Url.ToString(),
            ["NO_PROXY"] = noProxy,
            ["SSL_CERT_FILE"] = file,
        });

        File.Delete(file);
        Assert.That(exitCode, Is.EqualTo(expected), output);
        Assert.That(proxy.Targets.Distinct(), Is.EqualTo(Enumerable.Repeat("github.example.com:443", tunnels)));
    }

    [TestCase("", 0)]
    [TestCase("staging.example.com", 1)]
    public async Task Probes_over_TLS_use_the_proxy_too(string noProxy, int expected)
    {
        using var key = RSA.Create(2048);
        using var certificate = SelfSigned(key);
        await using var staging = await StagingServer.StartAsync(new StagingState(Scenario.Healthy, "4f1c0de"), certificate);
        using var proxy = new ConnectProxy(staging.Url.Port);
        var folder = Directory.CreateTempSubdirectory("gate-proxy-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "authority.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(folder, "gate.yml"), """
            version: 1
            defaults: { attempts: 1 }
            probes:
              backend: { http: "https://staging.example.com/health", ca: authority.pem }
              chat: { websocket: "wss://staging.example.com/ws", ca: authority.pem, send: { type: ping }, receive: json.type == "pong" }
            criteria:
              healthy: backend.status == 200 && backend.json.status == "healthy"
              trusted: '"staging.example.com" in backend.tls.names'
              answers: chat.json.type == "pong"
            """);

        var (exitCode, output) = await RunAsync(["run"], folder, new() { ["HTTPS_PROXY"] = proxy.Url.ToString(), ["NO_PROXY"] = noProxy });

        Directory.Delete(folder, recursive: true);
        Assert.That(exitCode, Is.EqualTo(expected), output);
        Assert.That(proxy.Targets.Distinct(), Is.EqualTo(expected == 0 ? ["staging.example.com:443"] : Array.Empty<string>()));
    }

    [TestCase(true, 0, "✓ the token is accepted")]
    [TestCase(false, 4, "could not be reached (GET repos/octo-org/shop): The remote certificate")]
    public async Task A_certificate_authority_of_ones_own_is_given_by_SSL_CERT_FILE(bool isGiven, int expected, string said)
    {
        using var key = RSA.Create(2048);
        using var certificate = SelfSigned(key);
        await using var server = await StartAsync(certificate);
        var file = await WriteAsync(certificate);
        var variables = new Dictionary<string, string> { ["GITHUB_API_URL"] = $"https://localhost:{server.Url.Port}" };
        if (isGiven)
            variables["SSL_CERT_FILE"] = file;

        var (exitCode, output) = await DoctorAsync(variables);

        File.Delete(file);
        Assert.That(exitCode, Is.EqualTo(expected), output);
        Assert.That(output, Does.Contain(said));
    }

    private static async Task<GitHubStandIn> StartAsync(X509Certificate2? certificate = null)
    {
        var server = await GitHubStandIn.StartAsync(listen: options =>
        {
            if (certificate is not null)
                options.UseHttps(certificate);
        });
        server.Repository.AddCommit("main", (".github/gate.yml", (StoredFile)GitHub.GateScene.Manifest));
        server.Repository.Rules["main"] = [("gate/staging", 15368)];
        return server;
    }

    private static X509Certificate2 SelfSigned(RSA key)
    {
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName("github.example.com");
        names.AddDnsName("staging.example.com");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }

    private static async Task<string> WriteAsync(X509Certificate2 certificate)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem());
        return file;
    }

    private static Task<(int ExitCode, string Output)> DoctorAsync(Dictionary<string, string> variables)
    {
        variables["GITHUB_TOKEN"] = "ghs_standin";
        return RunAsync(["doctor", "--repository", "octo-org/shop"], Path.GetTempPath(), variables);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string[] arguments, string folder,
        Dictionary<string, string> variables)
    {
        var run = await GateProcess.RunAsync(folder, variables, arguments);
        return (run.ExitCode, run.Out + run.Error);
    }
}
