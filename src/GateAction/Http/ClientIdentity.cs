using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace GateAction.Http;

/// <summary>A certificate with its private key, shown to a server that asks for one; two are alike only if they are the same
/// object.</summary>
internal sealed class ClientIdentity
{
    private const string KeyMissing = "there is no private key with it: give it in 'client-key', in PEM";

    private ClientIdentity(X509Certificate2 certificate, X509Certificate2Collection chain)
    {
        Subject = certificate.Subject;
        // Offline, or .NET would fetch certificates that the chain lacks from a server that one of them names.
        Context = SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }

    /// <summary>Whom it names.</summary>
    public string Subject { get; }

    /// <summary>With the certificates above it that were given with it.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <param name="certificate">PEM, DER or PKCS#12.</param>
    /// <param name="key">PEM; null if it stands with the certificate.</param>
    /// <exception cref="IdentityUnreadableException">It cannot be read.</exception>
    public static ClientIdentity Read(byte[] certificate, byte[]? key, string? password)
    {
        try
        {
            return IsPem(certificate) || key is not null
                ? FromPem(certificate, TextOf(key ?? certificate), password)
                : FromPkcs12(certificate, password);
        }
        catch (CryptographicException exception)
        {
            throw new IdentityUnreadableException($"it is damaged, or no certificate ({FirstSentence(exception)})", exception);
        }
    }

    // Two files put together whose first has no line break at its end.
    private static string TextOf(byte[] pem) =>
        Encoding.UTF8.GetString(pem).Replace("----------BEGIN ", "-----\n-----BEGIN ", StringComparison.Ordinal);

    private static bool IsPem(byte[] bytes) => bytes.AsSpan().IndexOf("-----BEGIN "u8) >= 0;

    private static ClientIdentity FromPem(byte[] bytes, string keyPem, string? password)
    {
        var certificates = CertificatesIn(bytes);
        using var key = KeyIn(keyPem, password);
        // Not the first one: files list the chain in any order, and only the key tells which certificate is the client's own.
        foreach (var candidate in certificates)
        {
            if (WithKey(candidate, key) is not { } owner)
                continue;
            certificates.Remove(candidate);
            return Of(owner, certificates);
        }
        throw new IdentityUnreadableException("the key belongs to another certificate");
    }

    private static X509Certificate2Collection CertificatesIn(byte[] bytes)
    {
        var certificates = new X509Certificate2Collection();
        if (IsPem(bytes))
            certificates.ImportFromPem(TextOf(bytes));
        else if (X509Certificate2.GetCertContentType(bytes) is X509ContentType.Cert)
            certificates.Add(X509CertificateLoader.LoadCertificate(bytes));
        else
            throw new IdentityUnreadableException("it is PKCS#12, which holds its key itself: leave out 'client-key'");
        return certificates.Count > 0 ? certificates : throw new IdentityUnreadableException("it holds no certificate");
    }

    private static AsymmetricAlgorithm KeyIn(string pem, string? password)
    {
        if (pem.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
            throw new IdentityUnreadableException(
                "the key is encrypted in OpenSSL's old format: write it anew with `openssl pkcs8 -topk8`");
        if (!pem.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            throw new IdentityUnreadableException(KeyMissing);
        var isEncrypted = pem.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal);
        if (isEncrypted && password is null)
            throw new IdentityUnreadableException("the key is encrypted: give its password in 'client-key-password'");
        // 'BEGIN PRIVATE KEY' does not say of which kind it is; what one class cannot import the other one may.
        foreach (var create in (Func<AsymmetricAlgorithm>[])[RSA.Create, ECDsa.Create])
        {
            var key = create();
            try
            {
                if (isEncrypted)
                    key.ImportFromEncryptedPem(pem, password);
                else
                    key.ImportFromPem(pem);
                return key;
            }
            catch (Exception exception) when (exception is ArgumentException or CryptographicException)
            {
                key.Dispose();
            }
        }
        throw new IdentityUnreadableException(isEncrypted
            ? "the key cannot be decrypted: 'client-key-password' is not its password, or it is neither RSA nor ECDSA"
            : "the key cannot be read: one key, RSA or ECDSA, in PEM is accepted");
    }

    private static X509Certificate2? WithKey(X509Certificate2 certificate, AsymmetricAlgorithm key)
    {
        try
        {
            return key is RSA rsa ? certificate.CopyWithPrivateKey(rsa) : certificate.CopyWithPrivateKey((ECDsa)key);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static ClientIdentity FromPkcs12(byte[] bytes, string? password)
    {
        // JKS, the default of keytool until Java 8.
        if (bytes is [0xFE, 0xED, 0xFE, 0xED, ..])
            throw new IdentityUnreadableException(
                "it is a Java keystore: write it as PKCS#12 with `keytool -importkeystore -deststoretype pkcs12`");
        if (X509Certificate2.GetCertContentType(bytes) is X509ContentType.Cert)
            throw new IdentityUnreadableException(KeyMissing);
        var certificates = Unpacked(bytes, password);
        var owner = certificates.FirstOrDefault(one => one.HasPrivateKey)
            ?? throw new IdentityUnreadableException("it holds no private key");
        certificates.Remove(owner);
        return Of(owner, certificates);
    }

    private static X509Certificate2Collection Unpacked(byte[] bytes, string? password)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12Collection(bytes, password);
        }
        catch (CryptographicException exception) when (exception.Message.Contains("password", StringComparison.OrdinalIgnoreCase))
        {
            throw new IdentityUnreadableException(password is null
                ? "it is encrypted: give its password in 'client-key-password'"
                : "it cannot be decrypted: 'client-key-password' is not its password", exception);
        }
    }

    // Windows takes no key for TLS that lies in memory alone.
    private static ClientIdentity Of(X509Certificate2 certificate, X509Certificate2Collection chain) => new(
        OperatingSystem.IsWindows()
            ? X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null)
            : certificate,
        chain);

    private static string FirstSentence(Exception exception) =>
        exception.Message.ReplaceLineEndings(" ").Split(". ", 2)[0].TrimEnd('.', ' ');
}

/// <summary>A certificate and its key cannot be read; the message is a clause that says why.</summary>
internal sealed class IdentityUnreadableException(string message, Exception? innerException = null) : Exception(message, innerException);
