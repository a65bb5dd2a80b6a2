using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GateAction.Http;

namespace GateAction.Tests.Http;

/// <summary>Chains of certificates as servers send them, good ones and each kind of bad one.</summary>
internal sealed class CertificateReviewTests
{
    private const string Host = "api.example.com";
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private static X509Certificate2 Root => Authorities.Value.Root;

    private static X509Certificate2 OtherRoot => Authorities.Value.OtherRoot;

    private static X509Certificate2 Middle => Authorities.Value.Middle;

    private static readonly Lazy<(X509Certificate2 Root, X509Certificate2 OtherRoot, X509Certificate2 Middle)> Authorities = new(() =>
    {
        var root = Issue("Root", null, isAuthority: true);
        return (root, Issue("Other Root", null, isAuthority: true), Issue("Middle", root, isAuthority: true));
    });

    private static IEnumerable<TestCaseData> GoodChains()
    {
        yield return Chain("an intermediate", [Leaf(Middle), Middle], Root);
        yield return Chain("the root too", [Leaf(Middle), Middle, Root], Root);
        yield return Chain("in the wrong order, and twice", [Leaf(Middle), Root, Middle, Middle], Root);
        yield return Chain("one that has nothing to do with it", [Leaf(Middle), Middle, OtherRoot], Root);
        yield return Chain("the intermediate is the authority that is trusted", [Leaf(Middle), Middle], Middle);
        yield return Chain("the intermediate is trusted, so it need not be sent", [Leaf(Middle)], Middle);
        yield return Chain("a wildcard", [Leaf(Middle, "*.example.com"), Middle], Root);
        yield return Chain("RSA of 2048 bits", [Issue("api", Middle, key: RSA.Create(2048), names: [Host]), Middle], Root);
        using var both = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (one, other) = (Issue("Cross", Root, true, key: both), Issue("Cross", OtherRoot, true, key: both));
        foreach (var trusted in (X509Certificate2[])[Root, OtherRoot])
        {
            yield return Chain($"signed by two, {trusted.Subject} is trusted", [Leaf(one), one, other], trusted);
            yield return Chain($"the other way round, {trusted.Subject} is trusted", [Leaf(one), other, one], trusted);
        }
    }

    [TestCaseSource(nameof(GoodChains))]
    public void A_good_chain_has_no_problem(X509Certificate2[] sent, X509Certificate2 trusted) =>
        Assert.That(Review(sent, trusted).Problem, Is.Null);

    [Test]
    public void What_stands_in_ca_need_not_be_sent_whatever_else_stands_there()
    {
        var lower = Issue("Lower", Middle, isAuthority: true);
        X509Certificate2 leaf = Leaf(Middle), below = Leaf(lower);

        Assert.That(Review([leaf], [Root, Middle]).Problem, Is.Null);
        Assert.That(Review([leaf], [Middle, OtherRoot, Root]).Problem, Is.Null);
        Assert.That(Review([below, lower], [Root, Middle]).Problem, Is.Null);
        Assert.That(Review([below], [Root, Middle, lower]).Problem, Is.Null);
        Assert.That(Review([below], [Root, Middle]).Problem, Does.Contain("whose certificate the server did not send"));
        Assert.That(Review([leaf], [Root, OtherRoot]).Problem, Does.Contain("whose certificate the server did not send"));
    }

    [TestCaseSource(nameof(PssSignatures))]
    public void A_signature_by_PSS_is_as_good_as_the_hash_that_it_names(string hash, byte[]? parameters, string? problem)
    {
        using var key = RSA.Create(2048);
        var authority = Issue("Pss", Root, true, key: key);
        var leaf = Issue("api", authority, names: [Host], signer: parameters is null
            ? X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pss)
            : new PssGenerator(key, new HashAlgorithmName(hash), parameters));

        Assert.That(Review([leaf, authority], authority).Problem, Is.EqualTo(problem));
    }

    private static IEnumerable<TestCaseData> PssSignatures()
    {
        const string weak = "the certificate is signed over SHA-1, which clients refuse";
        yield return new TestCaseData("SHA256", null, null).SetArgDisplayNames("SHA-256");
        yield return new TestCaseData("SHA1", Array.Empty<byte>(), weak).SetArgDisplayNames("none, which is SHA-1");
        byte[] sha1 = [0xa0, 11, 0x30, 9, 6, 5, 0x2b, 0x0e, 3, 2, 0x1a, 5, 0];
        yield return new TestCaseData("SHA1", sha1, weak).SetArgDisplayNames("SHA-1");
    }

    private static IEnumerable<TestCaseData> BadChains()
    {
        yield return Chain("no intermediate", [Leaf(Middle)], Root, "whose certificate the server did not send");
        yield return Chain("another authority", [Leaf(Middle), Middle], OtherRoot, "from an authority that is not trusted ('CN=Root')");
        var old = Issue("Old", Root, true, from: -20, to: -3);
        yield return Chain("an intermediate that expired", [Leaf(old), old], Root, "the certificate of its issuer 'CN=Old' expired on ");
        var early = Issue("Early", Root, true, from: 5, to: 20);
        yield return Chain("an intermediate of tomorrow", [Leaf(early), early], Root,
            "the certificate of its issuer 'CN=Early' is valid only from ");
        yield return Chain("expired", [Issue("api", Middle, names: [Host], from: -20, to: -3), Middle], Root,
            "the certificate expired on ");
        yield return Chain("another name", [Leaf(Middle, "www.example.com"), Middle], Root,
            "the certificate is for 'www.example.com', not for ");
        yield return Chain("a wildcard one level too high", [Leaf(Middle, "*.com"), Middle], Root,
            "the certificate is for '*.com', not for ");
        yield return Chain("a wildcard one level too low", [Leaf(Middle, "*.api.example.com"), Middle], Root, "the certificate is for ");
        yield return Chain("no name", [Issue("api", Middle), Middle], Root, "the certificate names no host");
        yield return Chain("signed by itself", [Issue("api", null, names: [Host])], Root, "the certificate is self-signed ('CN=api')");
        yield return Chain("for clients", [Issue("api", Middle, names: [Host], usage: "1.3.6.1.5.5.7.3.2"), Middle], Root,
            "is not meant for servers");
        var leaf = Leaf(Middle);
        yield return Chain("signed by what is no authority", [Issue("below", leaf, names: [Host]), leaf, Middle], Root, "is no authority");
        yield return Chain("a short key", [Issue("api", Middle, key: RSA.Create(1024), names: [Host]), Middle], Root,
            "the certificate has an RSA key of 1024 bits, and clients refuse less than 2048");
        var shortKey = Issue("Short", Root, true, key: RSA.Create(1024));
        yield return Chain("a short key above it", [Leaf(shortKey), shortKey], Root,
            "of its issuer 'CN=Short' has an RSA key of 1024 bits");
        yield return Chain("a short key of its own", [Issue("api", null, key: RSA.Create(1024), names: [Host])], null,
            "has an RSA key of 1024");
        yield return Chain("SHA-1", [Issue("api", Middle, names: [Host], isWeak: true), Middle], Root,
            "the certificate is signed over SHA-1, which clients refuse");
        var forged = Issue("Middle", null, isAuthority: true);
        yield return Chain("signed by one that only has the name of a trusted one", [Leaf(forged)], Middle, "");
        yield return Chain("the same, and it is sent", [Leaf(forged), forged], Middle, "");
    }

    [TestCaseSource(nameof(BadChains))]
    public void What_is_wrong_with_a_chain_is_said(X509Certificate2[] sent, X509Certificate2? trusted, string problem) =>
        Assert.That(Review(sent, trusted ?? sent[0]).Problem, Is.Not.Null.And.Contains(problem));

    [TestCase("127.0.0.1", "the certificate names '127.0.0.1' as a host's name (DNS), where an address must be named as one (IP)")]
    [TestCase("127.0.0.2", "the certificate is for '127.0.0.1', not for '127.0.0.2'")]
    public void A_name_that_looks_like_an_address_is_none(string host, string problem) =>
        Assert.That(Review([Leaf(Middle, "DNS:127.0.0.1"), Middle], Root, host).Problem, Is.EqualTo(problem));

    [Test]
    public void The_chain_runs_out_with_its_first_certificate()
    {
        var soon = Issue("Soon", Root, true, to: 3);

        Assert.That(Review([Leaf(soon), soon], Root).ChainExpiresAt, Is.EqualTo(Now.AddDays(3)).Within(TimeSpan.FromMinutes(1)));
    }

    private static CertificateReview Review(X509Certificate2[] sent, X509Certificate2 trusted, string host = Host) =>
        Review(sent, [trusted], host);

    private static CertificateReview Review(X509Certificate2[] sent, X509Certificate2[] trusted, string host = Host)
    {
        var authorities = string.Join('\n', trusted.Select(one => one.ExportCertificatePem()));
        using var chain = new X509Chain { ChainPolicy = new TlsTrust(false, authorities).CreateChainPolicy() };
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        chain.ChainPolicy.ExtraStore.AddRange(sent[1..]);
        var errors = chain.Build(sent[0]) ? SslPolicyErrors.None : SslPolicyErrors.RemoteCertificateChainErrors;
        if (!sent[0].MatchesHostname(host))
            errors |= SslPolicyErrors.RemoteCertificateNameMismatch;
        return CertificateReview.Of(sent[0], chain, errors, host);
    }

    private static TestCaseData Chain(string name, X509Certificate2[] sent, params object?[] rest) =>
        new TestCaseData([sent, .. rest]).SetArgDisplayNames(name);

    private static X509Certificate2 Leaf(X509Certificate2 issuer, params string[] names) =>
        Issue("api", issuer, names: names.Length > 0 ? names : [Host]);

    /// <param name="issuer">Null for one that signs itself.</param>
    private static X509Certificate2 Issue(string name, X509Certificate2? issuer, bool isAuthority = false, AsymmetricAlgorithm? key = null,
        string[]? names = null, int from = -1, int to = 90, string? usage = null, bool isWeak = false,
        X509SignatureGenerator? signer = null)
    {
        key ??= ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var digest = HashAlgorithmName.SHA256;
        var request = key is RSA rsa
            ? new CertificateRequest($"CN={name}", rsa, digest, RSASignaturePadding.Pkcs1)
            : new CertificateRequest($"CN={name}", (ECDsa)key, digest);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var one in names ?? [])
        {
            if (IPAddress.TryParse(one, out var address))
                alternatives.AddIpAddress(address);
            else
                alternatives.AddDnsName(one.Replace("DNS:", ""));
        }
        if (names?.Length > 0)
            request.CertificateExtensions.Add(alternatives.Build());
        if (usage is not null)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        if (issuer is null)
            return request.CreateSelfSigned(Now.AddDays(from), Now.AddDays(to));
        var generator = signer ?? (issuer.GetECDsaPrivateKey() is { } signing
            ? isWeak ? new Sha1Generator(signing) : X509SignatureGenerator.CreateForECDsa(signing)
            : X509SignatureGenerator.CreateForRSA(issuer.GetRSAPrivateKey()!, RSASignaturePadding.Pkcs1));
        using var signed = request.Create(issuer.SubjectName, generator, Now.AddDays(from), Now.AddDays(to),
            RandomNumberGenerator.GetBytes(8));
        return key is RSA own ? signed.CopyWithPrivateKey(own) : signed.CopyWithPrivateKey((ECDsa)key);
    }

    /// <param name="parameters">What stands in the parameters' sequence: the hash, if it is named.</param>
    private sealed class PssGenerator(RSA key, HashAlgorithmName hash, byte[] parameters) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
        [
            0x30, (byte)(13 + parameters.Length), 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 0x0a, 0x30, (byte)parameters.Length,
            .. parameters,
        ];

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.SignData(data, hash, RSASignaturePadding.Pss);

        protected override PublicKey BuildPublicKey() => new(key);
    }

    /// <summary>What .NET does not sign any more.</summary>
    private sealed class Sha1Generator(ECDsa key) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
            [0x30, 9, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 1];

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) =>
            key.SignData(data, HashAlgorithmName.SHA1, DSASignatureFormat.Rfc3279DerSequence);

        protected override PublicKey BuildPublicKey() => new(key);
    }
}
