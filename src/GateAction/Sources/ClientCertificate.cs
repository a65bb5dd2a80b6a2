using System.Collections.Concurrent;
using System.Text;
using GateAction.Files;
using GateAction.Http;
using GateAction.Sources.Files;
using GateAction.Syntax;

namespace GateAction.Sources;

/// <summary>The certificate that a probe shows to its server, as the manifest names it: a file, or the value of a secret.</summary>
/// <param name="Certificate">A path, PEM, or Base64 of PEM, DER or PKCS#12.</param>
/// <param name="Key">A path, PEM, or its Base64; null if it stands with the certificate.</param>
internal sealed record ClientCertificate(Template Certificate, Template? Key, Template? Password)
{
    public const string Field = "client-certificate";
    private const string KeyField = "client-key";
    private const string PasswordField = "client-key-password";
    private const int MaxBytes = 1024 * 1024;
    // A file's name may be Base64 by chance; the smallest certificate is longer than this.
    private const int ShortestBase64 = 100;

    /// <summary>Null if the manifest names none.</summary>
    public static ClientCertificate? Read(Fields fields)
    {
        var certificate = fields.Optional(Field, Syntaxes.Template,
            "the certificate to show to a server that asks for one: a PEM or PKCS#12 file, or a secret that holds it (PKCS#12 as Base64); "
            + "no other host is shown it");
        var key = fields.Optional(KeyField, Syntaxes.Template,
            "its private key: a PEM file, or a secret that holds it; without it, the key stands with the certificate");
        var password = fields.Optional(PasswordField, Syntaxes.Template, "the password of that key, or of the PKCS#12 file");
        foreach (var name in (string[])[KeyField, PasswordField])
            fields.Check(certificate is not null || !fields.Has(name), name, $"'{name}' needs '{Field}', which is not given");
        return certificate is null ? null : new(certificate, key, password);
    }

    /// <summary>True if the manifest has any of the fields.</summary>
    public static bool IsIn(Fields fields) => fields.Has(Field) || fields.Has(KeyField) || fields.Has(PasswordField);

    /// <summary>The same for every attempt of a run. Throws <see cref="NoEvidenceException"/> if it cannot be read.</summary>
    public ClientIdentity In(ProbeContext context)
    {
        var texts = (context.Expand(Certificate), Key is null ? null : context.Expand(Key),
            Password is null ? null : context.Expand(Password));
        // Once for the run: each sample of a soak would else read the file and decrypt the key again.
        return context.Share.Of(() => new Known()).GetOrAdd(texts, given =>
        {
            if (given.Password is { } password)
                context.Secrets.Add(password);
            var certificate = Bytes(Field, Certificate, given.Certificate, context.Shell);
            var key = given.Key is null ? null : Bytes(KeyField, Key!, given.Key, context.Shell);
            try
            {
                return ClientIdentity.Read(certificate, key, given.Password);
            }
            catch (IdentityUnreadableException exception)
            {
                throw new NoEvidenceException($"was not measured: '{Field}' ('{Certificate.Written}'): {exception.Message}", exception);
            }
        });
    }

    private static byte[] Bytes(string field, Template written, string text, Surroundings.Shell shell)
    {
        if (text.Contains("-----BEGIN ", StringComparison.Ordinal))
            return Encoding.UTF8.GetBytes(WithLines(text));
        if (FromBase64(text) is { } bytes)
            return bytes;
        try
        {
            return RegularFile.ReadAllBytes(shell.PathOf(text), MaxBytes, WorkspacePath.FolderOf(shell.Directory, text));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new NoEvidenceException(
                $"was not measured: the file '{written.Written}' that '{field}' names cannot be read: "
                + RegularFile.WhyUnreadable(exception),
                exception);
        }
    }

    // A secret that went through a tool which takes one line alone.
    private static string WithLines(string pem) => pem.Contains('\n') ? pem : pem.Replace("\\n", "\n", StringComparison.Ordinal);

    private static byte[]? FromBase64(string text)
    {
        if (text.Length < ShortestBase64)
            return null;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            // DER and PKCS#12 begin with a SEQUENCE (X.690), and the Base64 of a PEM file with its first line.
            && (bytes[0] == 0x30 || bytes.AsSpan(0, length).IndexOf("-----BEGIN "u8) >= 0) ? bytes[..length] : null;
    }

    private sealed class Known : ConcurrentDictionary<(string Certificate, string? Key, string? Password), ClientIdentity>;
}
