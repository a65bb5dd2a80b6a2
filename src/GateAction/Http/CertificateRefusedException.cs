using System.Security.Authentication;

namespace GateAction.Http;

/// <summary>Ends a TLS handshake over the server's certificate; the message says what is wrong with it.</summary>
internal sealed class CertificateRefusedException(string message, TlsSession? session) : AuthenticationException(message)
{
    public TlsSession? Session { get; } = session;
}
