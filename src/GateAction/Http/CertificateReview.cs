using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace GateAction.Http;

/// <summary>What a server's certificate and the chain above it are found to be.</summary>
/// <param name="Problem">What is wrong, in one clause; null where nothing is.</param>
/// <param name="ChainExpiresAt">When the first certificate of the chain runs out; null where there is no certificate.</param>
internal sealed record CertificateReview(string? Problem, DateTimeOffset? ChainExpiresAt)
{
    public static CertificateReview Of(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors, string host) => new(
        certificate is null ? "the server shows no certificate" : ProblemOf(certificate, chain, errors, host),
        certificate is null ? null : (chain?.ChainElements.Select(element => element.Certificate) ?? []).Append(certificate)
        .Min(one => one.NotAfter.ToUniversalTime()));

    public static IReadOnlyList<string> NamesOf(X509Certificate2 certificate)
    {
        var names = AlternativesOf(certificate);
        return names.Length > 0 ? names : [certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false)];
    }

    private static string[] AlternativesOf(X509Certificate2 certificate)
    {
        var alternatives = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().ToArray();
        return [.. alternatives.SelectMany(names => names.EnumerateDnsNames()),
            .. alternatives.SelectMany(names => names.EnumerateIPAddresses()).Select(ip => ip.ToString())];
    }

    private static string? ProblemOf(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors, string host)
    {
        var flags = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status)
            ?? X509ChainStatusFlags.NoError;
        if (flags.HasFlag(X509ChainStatusFlags.NotTimeValid))
            return DescribeTime(certificate, chain!);
        if (AlternativesOf(certificate).Length == 0)
            return $"the certificate names no host: it has no subject alternative name (SAN), and clients do not look at its common name "
                + $"('{certificate.Subject}')";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return $"the certificate is for {string.Join(", ", NamesOf(certificate).Take(5).Select(name => $"'{name}'"))}, not for "
                + $"'{host}'";
        if (flags.HasFlag(X509ChainStatusFlags.Revoked))
            return "the certificate was revoked";
        if (errors == SslPolicyErrors.None)
            return MissingLink(chain);
        if (certificate.Subject == certificate.Issuer)
            return $"the certificate is self-signed ('{certificate.Subject}')";
        if (flags.HasFlag(X509ChainStatusFlags.PartialChain))
            return DescribeGap(chain!);
        return flags.HasFlag(X509ChainStatusFlags.UntrustedRoot)
            ? $"the certificate comes from an authority that is not trusted ('{chain!.ChainElements[^1].Certificate.Subject}')"
            : $"the certificate is not valid ({flags})";
    }

    /// <summary>A link that this machine happens to have, in a store of its user for instance, and the server did not send: other clients
    /// do not have it.</summary>
    private static string? MissingLink(X509Chain? chain)
    {
        if (chain is null)
            return null;
        var sent = chain.ChainPolicy.ExtraStore.Select(certificate => certificate.Thumbprint).ToHashSet();
        return chain.ChainElements.Skip(1).SkipLast(1)
            .FirstOrDefault(link => !sent.Contains(link.Certificate.Thumbprint)) is { Certificate: var missing }
            ? $"the chain is incomplete: the server does not send the intermediate certificate '{missing.Subject}'"
            : null;
    }

    private static string DescribeGap(X509Chain chain)
    {
        var last = chain.ChainElements[^1].Certificate;
        return $"the certificate comes from an authority that is not trusted ('{last.Issuer}'), whose certificate the server did not "
            + "send; where that is an intermediate one, the chain is incomplete";
    }

    /// <summary>The date alone decides whether it is the past or the future: the chain was built with the clock of the machine.</summary>
    private static string DescribeTime(X509Certificate2 certificate, X509Chain chain)
    {
        var wrong = chain.ChainElements.FirstOrDefault(element =>
            element.ChainElementStatus.Any(status => status.Status == X509ChainStatusFlags.NotTimeValid))?.Certificate ?? certificate;
        var whose = wrong.Thumbprint == certificate.Thumbprint ? "the certificate" : $"the certificate of its issuer '{wrong.Subject}'";
        return wrong.NotAfter.ToUniversalTime() < chain.ChainPolicy.VerificationTime.ToUniversalTime()
            ? $"{whose} expired on {wrong.NotAfter.ToUniversalTime():yyyy-MM-dd}"
            : $"{whose} is valid only from {wrong.NotBefore.ToUniversalTime():yyyy-MM-dd} to {wrong.NotAfter.ToUniversalTime():yyyy-MM-dd}";
    }
}
