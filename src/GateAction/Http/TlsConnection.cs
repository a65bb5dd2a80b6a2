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
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            AllowTlsResume = false,
            CertificateChainPolicy = trust.CreateChainPolicy(),
            LocalCertificateSelectionCallback = (_, _, _, remote, _) =>
            {
                asked |= remote is not null;
                return null!;
            },
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                var shown = certificate as X509Certificate2;
                review = CertificateReview.Of(shown, chain, errors, host);
                return review.Problem is null || trust.AcceptAny
                    ? true
                    : throw new CertificateRefusedException(review.Problem, shown is null ? null : TlsSession.From(shown, review));
            },
        };
        try
        {
            await stream.AuthenticateAsClientAsync(options, cancellation);
            return (stream, TlsSession.From(stream, (X509Certificate2)stream.RemoteCertificate!, review)
                with
            { AsksForCertificate = asked });
        }
        catch (Exception exception)
        {
            await stream.DisposeAsync();
            if (asked && TlsFaults.IsByServer(exception))
                throw new NetworkFault($"{TlsFaults.ClientCertificateMissing} ({endpoint})", isTransient: false, mayHaveActed: false,
                    exception)
                { IsRefusal = true };
            if (watched.FaultOf(exception, endpoint) is { } fault)
                throw fault;
            throw;
        }
    }
}
