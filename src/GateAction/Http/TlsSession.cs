using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace GateAction.Http;

/// <summary>What was agreed on with a server and whom its certificate names.</summary>
/// <param name="Version"><c>1.2</c> or <c>1.3</c>.</param>
/// <param name="ChainExpiresAt">When the first certificate of the whole chain runs out.</param>
/// <param name="Problem">Why the certificate is not valid, if the manifest says to go on all the same; else null.</param>
internal sealed record TlsSession(
    string Version,
    string Cipher,
    string Subject,
    string Issuer,
    IReadOnlyList<string> Names,
    DateTimeOffset StartsAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset ChainExpiresAt,
    string? Problem)
{
    /// <summary>True if the server asks for a client certificate.</summary>
    public bool AsksForCertificate { get; init; }

    /// <summary>Whom the certificate names that the server was shown; null if it was shown none.</summary>
    public string? ClientSubject { get; init; }

    /// <summary>Of a connection that was made.</summary>
    public static TlsSession From(SslStream stream, X509Certificate2 certificate, CertificateReview review) =>
        From(certificate, review) with
        {
            Version = NameOf(stream.SslProtocol),
            Cipher = stream.NegotiatedCipherSuite.ToString(),
            AsksForCertificate = stream.IsMutuallyAuthenticated,
            ClientSubject = stream.IsMutuallyAuthenticated ? stream.LocalCertificate?.Subject : null,
        };

    /// <summary>Of a connection that was refused for its certificate: version and cipher are empty.</summary>
    public static TlsSession From(X509Certificate2 certificate, CertificateReview review) => new(
        "",
        "",
        certificate.Subject,
        certificate.Issuer,
        CertificateReview.NamesOf(certificate),
        certificate.NotBefore.ToUniversalTime(),
        certificate.NotAfter.ToUniversalTime(),
        review.ChainExpiresAt ?? certificate.NotAfter.ToUniversalTime(),
        review.Problem);

    /// <summary>The times of two sessions that are worse.</summary>
    public TlsSession Weakest(TlsSession? other) => other is null ? this : this with
    {
        StartsAt = StartsAt > other.StartsAt ? StartsAt : other.StartsAt,
        ExpiresAt = ExpiresAt < other.ExpiresAt ? ExpiresAt : other.ExpiresAt,
        ChainExpiresAt = ChainExpiresAt < other.ChainExpiresAt ? ChainExpiresAt : other.ChainExpiresAt,
    };

    private static string NameOf(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls13 => "1.3",
        SslProtocols.Tls12 => "1.2",
        var older => older.ToString(),
    };
}
