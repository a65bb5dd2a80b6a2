using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace GateAction.Http;

/// <summary>Says in one clause what is wrong with a server's certificate.</summary>
internal static class CertificateProblem
{
    /// <summary>Null where nothing is wrong.</summary>
    public static string? Describe(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors, string host)
    {
        if (certificate is null)
            return "the server shows no certificate";
        if (errors == SslPolicyErrors.None)
            return null;
        var flags = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status) ?? X509ChainStatusFlags.NoError;
        if (flags.HasFlag(X509ChainStatusFlags.NotTimeValid))
            return DescribeTime(certificate, chain!);
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return $"the certificate is for {string.Join(", ", NamesOf(certificate).Take(5).Select(name => $"'{name}'"))}, not for '{host}'";
        if (flags.HasFlag(X509ChainStatusFlags.Revoked))
            return "the certificate was revoked";
        if (certificate.Subject == certificate.Issuer)
            return $"the certificate is self-signed ('{certificate.Subject}')";
        return (flags & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) != 0
            ? $"the certificate comes from an authority that is not trusted ('{certificate.Issuer}')"
            : $"the certificate is not valid ({flags})";
    }

    public static IReadOnlyList<string> NamesOf(X509Certificate2 certificate)
    {
        var alternatives = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().ToArray();
        string[] names = [.. alternatives.SelectMany(names => names.EnumerateDnsNames()), .. alternatives.SelectMany(names => names.EnumerateIPAddresses()).Select(ip => ip.ToString())];
        return names.Length > 0 ? names : [certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)];
    }

    /// <summary>The date alone decides whether it is the past or the future: the chain was built with the clock of the machine.</summary>
    private static string DescribeTime(X509Certificate2 certificate, X509Chain chain)
    {
        var wrong = chain.ChainElements.FirstOrDefault(element => element.ChainElementStatus.Any(status => status.Status == X509ChainStatusFlags.NotTimeValid))?.Certificate ?? certificate;
        var whose = wrong.Thumbprint == certificate.Thumbprint ? "the certificate" : $"the certificate of its issuer '{wrong.Subject}'";
        return wrong.NotAfter.ToUniversalTime() < chain.ChainPolicy.VerificationTime.ToUniversalTime()
            ? $"{whose} expired on {wrong.NotAfter.ToUniversalTime():yyyy-MM-dd}"
            : $"{whose} is valid only from {wrong.NotBefore.ToUniversalTime():yyyy-MM-dd} to {wrong.NotAfter.ToUniversalTime():yyyy-MM-dd}";
    }
}
