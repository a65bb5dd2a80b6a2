using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GateAction.StandIns.Staging;

/// <summary>An authority of our own and the certificates it issues, good and bad.</summary>
internal sealed class Certificates : IDisposable
{
    private readonly X509Certificate2 _authority;
    private readonly DateTimeOffset _now;

    public Certificates(TimeProvider time)
    {
        _now = time.GetUtcNow();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Acme Staging Authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 1, true));
        _authority = request.CreateSelfSigned(_now.AddYears(-2), _now.AddYears(5));
    }

    /// <summary>The authority's certificate in PEM, to be trusted by <c>ca:</c>.</summary>
    public string AuthorityPem => _authority.ExportCertificatePem();

    /// <summary>A certificate of an authority between the root and it, which may run out before it does.</summary>
    public (X509Certificate2 Certificate, X509Certificate2 Intermediate) BelowIntermediate(TimeSpan intermediateLasts)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Acme Intermediate Authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var intermediate = request.Create(_authority, _now.AddDays(-2), _now + intermediateLasts, RandomNumberGenerator.GetBytes(8));
        var withKey = intermediate.CopyWithPrivateKey(key);
        return (Issue(withKey, ["localhost", "127.0.0.1"], _now.AddDays(-1), new[] { _now.AddDays(30), _now + intermediateLasts }.Min()),
            withKey);
    }

    /// <summary>One whose common name alone names the host.</summary>
    public X509Certificate2 WithoutAlternativeName() => Issue(_authority, [], _now.AddDays(-1), _now.AddDays(30));

    public X509Certificate2 Good() => Issue(["localhost", "127.0.0.1"], _now.AddDays(-1), _now.AddDays(30));

    public X509Certificate2 Expired() => Issue(["localhost", "127.0.0.1"], _now.AddDays(-90), _now.AddDays(-3));

    public X509Certificate2 ForAnotherHost() => For("shop.example.com");

    public X509Certificate2 For(string host) => Issue([host], _now.AddDays(-1), _now.AddDays(30));

    /// <summary>What a client shows: a certificate of the authority with its key, RSA or elliptic.</summary>
    public ClientFiles Client(bool isRsa = false)
    {
        using AsymmetricAlgorithm key = isRsa ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = key is RSA rsa
            ? new CertificateRequest("CN=gate", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest("CN=gate", (ECDsa)key, HashAlgorithmName.SHA256);
        using var certificate =
            request.Create(_authority.SubjectName, X509SignatureGenerator.CreateForECDsa(_authority.GetECDsaPrivateKey()!),
            _now.AddDays(-1), _now.AddDays(30), RandomNumberGenerator.GetBytes(8));
        using var withKey = key is RSA own ? certificate.CopyWithPrivateKey(own) : certificate.CopyWithPrivateKey((ECDsa)key);
        return new ClientFiles(
            certificate.ExportCertificatePem(),
            key.ExportPkcs8PrivateKeyPem(),
            key.ExportEncryptedPkcs8PrivateKeyPem(ClientFiles.Password,
                new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 2048)),
            withKey.Export(X509ContentType.Pkcs12, ClientFiles.Password),
            withKey.Export(X509ContentType.Pkcs12));
    }

    public void Dispose() => _authority.Dispose();

    private X509Certificate2 Issue(IReadOnlyList<string> names, DateTimeOffset from, DateTimeOffset to) =>
        Issue(_authority, names, from, to);

    private static X509Certificate2 Issue(X509Certificate2 issuer, IReadOnlyList<string> names, DateTimeOffset from, DateTimeOffset to)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={(names.Count > 0 ? names[0] : "localhost")}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
                alternatives.AddIpAddress(address);
            else
                alternatives.AddDnsName(name);
        }
        if (names.Count > 0)
            request.CertificateExtensions.Add(alternatives.Build());
        using var certificate = request.Create(issuer, from, to, RandomNumberGenerator.GetBytes(8));
        using var withKey = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }
}

/// <summary>A client's certificate in the forms that people keep it in.</summary>
internal sealed record ClientFiles(string CertificatePem, string KeyPem, string EncryptedKeyPem, byte[] Pkcs12, byte[] OpenPkcs12)
{
    public const string Password = "open sesame";
}
