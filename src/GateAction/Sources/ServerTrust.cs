using System.Text;
using GateAction.Files;
using GateAction.Http;
using GateAction.Sources.Files;
using GateAction.Surroundings;
using GateAction.Syntax;

namespace GateAction.Sources;

/// <summary>Which certificates of a server are accepted, and which one is shown to it, as the manifest says it.</summary>
/// <param name="AuthorityFile">As it stands in the manifest; null for the machine's authorities.</param>
internal sealed record ServerTrust(bool Insecure, string? AuthorityFile, ClientCertificate? Client)
{
    private const int MaxBytes = 1024 * 1024;

    public static ServerTrust Read(Fields fields) => new(
        fields.Optional("insecure", Syntaxes.Bool, false,
        "accepts any certificate; what is wrong with it is then the fact tls.problem, where the kind has it"),
        fields.Optional("ca", Syntaxes.Text, "a PEM file with the authorities to trust in place of the machine's"),
        ClientCertificate.Read(fields));

    /// <summary>True if the manifest has any of the fields.</summary>
    public static bool IsIn(Fields fields) => fields.Has("insecure") || fields.Has("ca") || ClientCertificate.IsIn(fields);

    /// <summary>Throws <see cref="NoEvidenceException"/> if the file cannot be read.</summary>
    public TlsTrust In(ProbeContext context) =>
        new(Insecure, AuthorityFile is null ? null : AuthoritiesIn(AuthorityFile, context.Shell)) { Client = Client?.In(context) };

    /// <summary>What a field <c>ca</c> names, in PEM. Throws <see cref="NoEvidenceException"/> if it cannot be read.</summary>
    public static string AuthoritiesIn(string written, Shell shell)
    {
        try
        {
            var pem = Encoding.UTF8.GetString(RegularFile.ReadAllBytes(shell.PathOf(written), MaxBytes,
                WorkspacePath.FolderOf(shell.Directory, written)));
            // Without one nobody would be trusted, and each server would look as if its certificate were wrong.
            return pem.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal)
                ? pem
                : throw new NoEvidenceException($"was not measured: the file '{written}' that 'ca' names holds no certificate in PEM");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NoEvidenceException(
                $"was not measured: the file '{written}' that 'ca' names cannot be read: {RegularFile.WhyUnreadable(exception)}",
                exception);
        }
    }
}
