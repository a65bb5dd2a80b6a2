using System.Security.Cryptography.X509Certificates;

namespace GateAction.Http;

/// <summary>What current clients refuse although the chain is right: short keys and signatures over hashes that were broken (CA/Browser
/// Forum, Baseline Requirements, 6.1.5 and 7.1.3; OpenSSL's security level 2).</summary>
internal static class CertificateStrength
{
    private const int LeastRsaBits = 2048;

    private static readonly (string Oid, string Hash)[] Broken =
    [
        ("1.2.840.113549.1.1.2", "MD2"), ("1.2.840.113549.1.1.4", "MD5"), ("1.2.840.113549.1.1.5", "SHA-1"), ("1.3.14.3.2.29", "SHA-1"),
        ("1.2.840.10040.4.3", "SHA-1"), ("1.2.840.10045.4.1", "SHA-1"),
    ];

    /// <summary>Null if nothing is wrong. An authority that is trusted is trusted whatever it is signed with.</summary>
    public static string? ProblemOf(X509Certificate2 certificate, X509Chain? chain)
    {
        var links = chain?.ChainElements.Select(element => element.Certificate).ToArray() ?? [];
        return links.SkipLast(1).DefaultIfEmpty(certificate).Select(link => ProblemOf(link, certificate))
            .FirstOrDefault(flaw => flaw is not null);
    }

    private static string? ProblemOf(X509Certificate2 link, X509Certificate2 leaf)
    {
        var whose = link.Thumbprint == leaf.Thumbprint ? "the certificate" : $"the certificate of its issuer '{link.Subject}'";
        using var rsa = link.PublicKey.GetRSAPublicKey();
        if (rsa?.KeySize < LeastRsaBits)
            return $"{whose} has an RSA key of {rsa.KeySize} bits, and clients refuse less than {LeastRsaBits}";
        return link.Subject != link.Issuer && Broken.FirstOrDefault(one => one.Oid == link.SignatureAlgorithm.Value).Hash is { } hash
            ? $"{whose} is signed over {hash}, which clients refuse"
            : null;
    }
}
