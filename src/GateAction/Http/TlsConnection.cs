using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace GateAction.Http;

/// <summary>TLS over a stream that is open already.</summary>
internal static class TlsConnection
{
    /// <param name="host">Whom the certificate must name.</param>
    public static async Task<(SslStream Stream, TlsSession Session)> OpenAsync(Stream inner, string host, TlsTrust trust, CancellationToken cancellation)
    {
        string? problem = null;
        var stream = new SslStream(inner);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            CertificateChainPolicy = trust.CreateChainPolicy(),
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                var shown = certificate as X509Certificate2;
                problem = CertificateProblem.Describe(shown, chain, errors, host);
                return problem is null || trust.AcceptAny
                    ? true
                    : throw new CertificateRefusedException(problem, shown is null ? null : TlsSession.From(shown, problem));
            },
        };
        try
        {
            await stream.AuthenticateAsClientAsync(options, cancellation);
            return (stream, TlsSession.From(stream, (X509Certificate2)stream.RemoteCertificate!, problem));
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }
}
