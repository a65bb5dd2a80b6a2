using System.Security.Cryptography.X509Certificates;

namespace GateAction.Http;

/// <summary>Which server certificates are accepted.</summary>
/// <param name="AcceptAny">True where the manifest says <c>insecure: true</c>; what is wrong with the certificate is then a fact.</param>
/// <param name="AuthorityFile">A PEM file with the authorities to trust in place of the machine's; null for the machine's.</param>
internal sealed record TlsTrust(bool AcceptAny, string? AuthorityFile)
{
    public static readonly TlsTrust Machine = new(false, null);

    /// <summary>Null where the machine's own authorities are trusted.</summary>
    public X509ChainPolicy? CreateChainPolicy()
    {
        if (AuthorityFile is null)
            return null;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(AuthorityFile);
        return policy;
    }
}
