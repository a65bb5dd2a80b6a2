using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using GateAction.Cel.Values;

namespace GateAction.Http;

/// <summary>What a server's certificate and the chain above it are found to be.</summary>
/// <param name="Problem">What is wrong, in one clause; null if nothing is.</param>
/// <param name="ChainExpiresAt">When the first certificate of the chain runs out; null if there is no certificate.</param>
internal sealed record CertificateReview(string? Problem, DateTimeOffset? ChainExpiresAt)
{
    public static CertificateReview Of(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors, string host)
    {
        if (certificate is null)
            return new("the server shows no certificate", null);
        using var other = chain is not null && errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)
            ? OtherWay(certificate, chain)
            : null;
        if (other is not null)
            (chain, errors) = (other, errors & ~SslPolicyErrors.RemoteCertificateChainErrors);
        var expires = (chain?.ChainElements.Select(element => element.Certificate) ?? []).Append(certificate)
            .Min(one => one.NotAfter.ToUniversalTime());
        return new(ProblemOf(certificate, chain, errors, host) ?? CertificateStrength.ProblemOf(certificate, Links(chain)), expires);
    }

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
        // In the order in which a person would look: an expired certificate is often also one of an authority that nobody trusts any more.
        if (flags.HasFlag(X509ChainStatusFlags.NotTimeValid))
            return DescribeTime(certificate, chain!);
        // .NET still takes the common name; browsers, Go and curl do not (RFC 9110, 4.3.4).
        if (AlternativesOf(certificate).Length == 0)
            return $"the certificate names no host: it has no subject alternative name (SAN), and clients do not look at its common name "
                + $"('{certificate.Subject}')";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) && AlternativesOf(certificate).Contains(host))
            return $"the certificate names '{host}' as a host's name (DNS), where an address must be named as one (IP)";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return $"the certificate is for {string.Join(", ", NamesOf(certificate).Take(5).Select(name => $"'{name}'"))}, not for "
                + $"'{host}'";
        if (flags.HasFlag(X509ChainStatusFlags.Revoked))
            return "the certificate was revoked";
        if (errors == SslPolicyErrors.None || IsAnchored(chain, flags))
            return MissingLink(chain);
        // After IsAnchored: one that signs itself and stands in 'ca' is trusted.
        if (certificate.Subject == certificate.Issuer)
            return $"the certificate is self-signed ('{certificate.Subject}')";
        if (flags.HasFlag(X509ChainStatusFlags.PartialChain))
            return DescribeGap(chain!);
        return flags.HasFlag(X509ChainStatusFlags.UntrustedRoot)
            ? $"the certificate comes from an authority that is not trusted ('{chain!.ChainElements[^1].Certificate.Subject}')"
            : Flaws.FirstOrDefault(flaw => flags.HasFlag(flaw.Flag)).Meaning ?? $"the certificate is not valid ({flags})";
    }

    private static readonly (X509ChainStatusFlags Flag, string Meaning)[] Flaws =
    [
        (X509ChainStatusFlags.NotSignatureValid, "the certificate's signature, or one above it, is not that of its issuer"),
        (X509ChainStatusFlags.NotValidForUsage, "the certificate, or one above it, is not meant for servers (extended key usage)"),
        (X509ChainStatusFlags.InvalidBasicConstraints,
            "a certificate above the server's is no authority, or may have none below it (basic constraints)"),
        (X509ChainStatusFlags.HasNotPermittedNameConstraint, "an authority above may not issue for this name (name constraints)"),
        (X509ChainStatusFlags.HasExcludedNameConstraint, "an authority above may not issue for this name (name constraints)"),
    ];

    /// <summary>An authority of <c>ca:</c> is trusted as it stands, also if it is not a root.</summary>
    private static bool IsAnchored(X509Chain? chain, X509ChainStatusFlags flags) =>
        chain is { ChainPolicy.TrustMode: X509ChainTrustMode.CustomRootTrust } && flags == X509ChainStatusFlags.PartialChain
        && chain.ChainPolicy.CustomTrustStore.Any(trusted => trusted.Thumbprint == chain.ChainElements[^1].Certificate.Thumbprint);

    /// <summary>If several authorities signed one intermediate certificate and the server sends more than one of these, one way may lead
    /// to an authority that is trusted though another does not; null if none does.</summary>
    private static X509Chain? OtherWay(X509Certificate2 certificate, X509Chain chain)
    {
        // Each builds a chain anew; a server that sends a hundred twins must not cost a hundred.
        const int most = 8;
        var twins = chain.ChainPolicy.ExtraStore.GroupBy(sent => sent.Subject).Where(group => group.Skip(1).Any())
            .SelectMany(group => group);
        foreach (var left in twins.Take(most))
        {
            var other = new X509Chain { ChainPolicy = chain.ChainPolicy.Clone() };
            other.ChainPolicy.ExtraStore.Remove(left);
            if (other.Build(certificate))
                return other;
            other.Dispose();
        }
        return null;
    }

    /// <summary>The certificates below the first that is trusted: a root, or one of <c>ca:</c>. People write the whole chain into such a
    /// file, intermediate certificates too.</summary>
    private static X509Certificate2[] Links(X509Chain? chain)
    {
        var trusted = chain?.ChainPolicy.CustomTrustStore.Select(one => one.Thumbprint).ToHashSet() ?? [];
        return [.. (chain?.ChainElements.SkipLast(1) ?? []).Select(element => element.Certificate)
            .TakeWhile(link => !trusted.Contains(link.Thumbprint))];
    }

    /// <summary>A link that this machine happens to have, in a store of its user for instance, and the server did not send: other clients
    /// do not have it.</summary>
    private static string? MissingLink(X509Chain? chain)
    {
        if (chain is null)
            return null;
        var sent = chain.ChainPolicy.ExtraStore.Select(certificate => certificate.Thumbprint).ToHashSet();
        return Links(chain).Skip(1).FirstOrDefault(link => !sent.Contains(link.Thumbprint)) is { } missing
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
            ? $"{whose} expired on {UnitText.Date(wrong.NotAfter)}"
            : $"{whose} is valid only from {UnitText.Date(wrong.NotBefore)} to {UnitText.Date(wrong.NotAfter)}";
    }
}

/// <summary>Ends a TLS handshake over the server's certificate; the message says what is wrong with it.</summary>
internal sealed class CertificateRefusedException(string message, TlsSession? session) : AuthenticationException(message)
{
    public TlsSession? Session { get; } = session;
}
