using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace GateAction.Http;

/// <summary>Which server certificates are accepted, and which one the server is shown.</summary>
/// <param name="AcceptAny">True if the manifest says <c>insecure: true</c>; what is wrong with the certificate is then a fact.</param>
/// <param name="AuthorityPem">The authorities to trust in place of the machine's; null for the machine's.</param>
internal sealed record TlsTrust(bool AcceptAny, string? AuthorityPem)
{
    public static readonly TlsTrust Machine = new(false, null);

    /// <summary>Null for a gate that has none to show.</summary>
    public ClientIdentity? Client { get; init; }

    /// <summary>As for a server that the manifest did not name: it is shown no certificate.</summary>
    public TlsTrust ForOthers => this with { Client = null };

    /// <summary>How a handshake is made. The runtime asks <paramref name="select"/> for a certificate only if none is set.</summary>
    public SslClientAuthenticationOptions CreateOptions(LocalCertificateSelectionCallback select,
        RemoteCertificateValidationCallback accept) => new()
        {
            // In a resumed session the server sends no certificates (RFC 8446, 2.2): nothing could be said about its chain.
            AllowTlsResume = false,
            CertificateChainPolicy = CreateChainPolicy(),
            ClientCertificateContext = Client?.Context,
            LocalCertificateSelectionCallback = Client is null ? select : null,
            RemoteCertificateValidationCallback = accept,
        };

    /// <summary>
    /// Nothing is fetched to complete a chain: a server that leaves out an intermediate certificate is not helped, as most clients do not
    /// help it. Throws <see cref="System.Security.Cryptography.CryptographicException"/> for a text without certificates.
    /// </summary>
    public X509ChainPolicy CreateChainPolicy()
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (AuthorityPem is null)
            return policy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.ImportFromPem(AuthorityPem);
        return policy;
    }
}
