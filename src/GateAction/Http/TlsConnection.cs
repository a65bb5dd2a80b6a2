using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace GateAction.Http;

/// <summary>TLS over a stream that is open already.</summary>
internal static class TlsConnection
{
    /// <param name="host">Whom the certificate must name.</param>
    /// <param name="endpoint">For messages.</param>
    public static async Task<(SslStream Stream, TlsSession Session)> OpenAsync(Stream inner, string host, string endpoint, TlsTrust trust,
        CancellationToken cancellation)
    {
        var review = new CertificateReview(null, null);
        var asked = false;
        var watched = new HandshakeStream(inner);
        var stream = new SslStream(watched);
        var options = trust.CreateOptions(
            (_, _, _, remote, _) =>
            {
                // .NET calls this before the handshake too, without the server's certificate.
                asked |= remote is not null;
                return null!;
            },
            (_, certificate, chain, errors) =>
            {
                var shown = certificate as X509Certificate2;
                review = CertificateReview.Of(shown, chain, errors, host);
                return review.Problem is null || trust.AcceptAny
                    ? true
                    : throw new CertificateRefusedException(review.Problem, shown is null ? null : TlsSession.From(shown, review));
            });
        options.TargetHost = host;
        try
        {
            await stream.AuthenticateAsClientAsync(options, cancellation);
            var session = TlsSession.From(stream, (X509Certificate2)stream.RemoteCertificate!, review);
            return (stream, session with { AsksForCertificate = asked || session.AsksForCertificate });
        }
        catch (Exception exception)
        {
            await stream.DisposeAsync();
            // From what is said most plainly to what is only seen: an alert's text, a server that asked, the bytes of the handshake.
            if (trust.Client is { } client && TlsFaults.OfClient(exception, client, endpoint) is { } refused)
                throw refused;
            if (asked && TlsFaults.IsByServer(exception))
                throw TlsFaults.ClientCertificateMissing(endpoint, exception);
            if (watched.FaultOf(exception, endpoint, trust.Client is not null) is { } fault)
                throw fault;
            throw;
        }
    }
}
