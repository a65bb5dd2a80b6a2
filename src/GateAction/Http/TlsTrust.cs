using System.Security.Cryptography.X509Certificates;

namespace GateAction.Http;

/// <summary>Which server certificates are accepted.</summary>
/// <param name="AcceptAny">True where the manifest says <c>insecure: true</c>; what is wrong with the certificate is then a fact.</param>
/// <param name="AuthorityPem">The authorities to trust in place of the machine's; null for the machine's.</param>
internal sealed record TlsTrust(bool AcceptAny, string? AuthorityPem)
{
    public static readonly TlsTrust Machine = new(false, null);

    /// <summary>Null where the machine's own authorities are trusted. Throws <see cref="System.Security.Cryptography.CryptographicException"/> for a text without certificates.</summary>
    public X509ChainPolicy? CreateChainPolicy()
    {
        if (AuthorityPem is null)
            return null;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(AuthorityPem);
        return policy;
    }
}
