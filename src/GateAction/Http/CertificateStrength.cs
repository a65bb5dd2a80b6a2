using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace GateAction.Http;

/// <summary>What current clients refuse although the chain is right: short keys and signatures over hashes that were broken (CA/Browser
/// Forum, Baseline Requirements, 6.1.5 and 7.1.3; OpenSSL's security level 2).</summary>
internal static class CertificateStrength
{
    private const int LeastRsaBits = 2048;

    private const string Pss = "1.2.840.113549.1.1.10";
    private const string Sha1 = "1.3.14.3.2.26";

    // Of signatures, and of the hashes themselves, which a signature by RSASSA-PSS names.
    private static readonly (string Oid, string Hash)[] Broken =
    [
        (Sha1, "SHA-1"), ("1.2.840.113549.2.5", "MD5"), ("1.2.840.113549.2.2", "MD2"),
        ("1.2.840.113549.1.1.2", "MD2"), ("1.2.840.113549.1.1.4", "MD5"), ("1.2.840.113549.1.1.5", "SHA-1"), ("1.3.14.3.2.29", "SHA-1"),
        ("1.2.840.10040.4.3", "SHA-1"), ("1.2.840.10045.4.1", "SHA-1"),
    ];

    /// <summary>Null if nothing is wrong. An authority that is trusted is trusted whatever it is signed with.</summary>
    /// <param name="links">The certificate itself and those above it that are not trusted by themselves; empty if it is.</param>
    public static string? ProblemOf(X509Certificate2 certificate, IReadOnlyList<X509Certificate2> links) =>
        links.Count == 0
            ? ShortKey(certificate, certificate)
            : links.Select(link => ShortKey(link, certificate) ?? BrokenHash(link, certificate)).FirstOrDefault(flaw => flaw is not null);

    private static string? ShortKey(X509Certificate2 link, X509Certificate2 leaf)
    {
        using var rsa = link.PublicKey.GetRSAPublicKey();
        return rsa?.KeySize < LeastRsaBits
            ? $"{Name(link, leaf)} has an RSA key of {rsa.KeySize} bits, and clients refuse less than {LeastRsaBits}"
            : null;
    }

    private static string? BrokenHash(X509Certificate2 link, X509Certificate2 leaf)
    {
        var oid = link.SignatureAlgorithm.Value == Pss ? PssHash(link.RawData) : link.SignatureAlgorithm.Value;
        return Broken.FirstOrDefault(one => one.Oid == oid).Hash is { } hash
            ? $"{Name(link, leaf)} is signed over {hash}, which clients refuse"
            : null;
    }

    private static string Name(X509Certificate2 link, X509Certificate2 leaf) =>
        link.Thumbprint == leaf.Thumbprint ? "the certificate" : $"the certificate of its issuer '{link.Subject}'";

    /// <summary>The hash of a signature by RSASSA-PSS stands in its parameters; if they name none, it is SHA-1 (RFC 4055,
    /// 3.1).</summary>
    private static string PssHash(byte[] certificate)
    {
        var parts = new AsnReader(certificate, AsnEncodingRules.BER).ReadSequence();
        parts.ReadEncodedValue();
        var algorithm = parts.ReadSequence();
        algorithm.ReadObjectIdentifier();
        if (!algorithm.HasData)
            return Sha1;
        var parameters = algorithm.ReadSequence();
        var hash = new Asn1Tag(TagClass.ContextSpecific, 0);
        return parameters.HasData && parameters.PeekTag().HasSameClassAndValue(hash)
            ? parameters.ReadSequence(hash).ReadSequence().ReadObjectIdentifier()
            : Sha1;
    }
}
