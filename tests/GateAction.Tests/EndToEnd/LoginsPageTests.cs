using System.Security.Authentication;
using GateAction.StandIns.Staging;
using GateAction.Tests.Sources;

namespace GateAction.Tests.EndToEnd;

/// <summary>The manifest of docs/probes/logins.md, run against a service that wants each of its logins.</summary>
internal sealed class LoginsPageTests
{
    private static readonly string Manifest =
        ProbePage.FirstExampleIn(File.ReadAllText(Path.Combine(TestFiles.Repository, "docs", "probes", "logins.md")));

    [TestCase("")]
    [TestCase("STAGING_PASSWORD")]
    [TestCase("API_TOKEN")]
    [TestCase("CLIENT_SECRET")]
    public async Task The_manifest_of_the_page_logs_in_with_the_right_secrets_and_with_no_wrong_one(string wrong)
    {
        await using var service = await LoginServer.StartAsync();
        using var certificates = new Certificates(TimeProvider.System);
        var client = certificates.Client();
        using var guarded = Guarded(certificates);
        var folder = Directory.CreateTempSubdirectory("gate-logins-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "gate.yml"), Manifest);
        Directory.CreateDirectory(Path.Combine(folder, "certs"));
        await File.WriteAllTextAsync(Path.Combine(folder, "certs", "authority.pem"), certificates.AuthorityPem);
        string? Environment(string name) => name == wrong ? "something-else-entirely" : name switch
        {
            "STAGING_URL" or "LOGIN_URL" => service.Url.ToString().TrimEnd('/'),
            "INTERNAL_URL" => guarded.Url.ToString().TrimEnd('/'),
            "STAGING_PASSWORD" => LoginServer.Password,
            "API_TOKEN" => LoginServer.ApiToken,
            "CLIENT_SECRET" => LoginServer.ClientSecret,
            "CLIENT_CERTIFICATE" => client.CertificatePem,
            "CLIENT_KEY" => client.KeyPem,
            _ => null,
        };

        var run = await ProgramRun.InAsync(folder, Environment, CancellationToken.None, "run");

        Assert.That(run.ExitCode, wrong.Length == 0 ? Is.Zero : Is.EqualTo(1).Or.EqualTo(3), run.Out + run.Error);
        Directory.Delete(folder, recursive: true);
    }

    private static WireServer Guarded(Certificates certificates)
    {
        var tls = WireServer.Tls(certificates.Good(), asksForCertificate: true, protocols: SslProtocols.Tls13);
        tls.AllowTlsResume = false;
        tls.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null;
        return new WireServer(async stream =>
        {
            while (await WireServer.ReadHeadAsync(stream) is not null)
                await stream.WriteAsync(WireServer.Answer("{}"u8.ToArray()));
        }, tls);
    }
}
