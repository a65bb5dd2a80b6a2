using System.Net.Sockets;
using System.Security.Authentication;

namespace GateAction.Http;

/// <summary>How a server ends TLS: by an alert (RFC 8446, 6.2), which OpenSSL names in its text, or by hanging up.</summary>
internal static class TlsFaults
{
    private const string Missing = "the server asks for a client certificate, and the gate has none to show";

    public const string OldVersion = "the server speaks no version of TLS that was offered (1.2 and 1.3)";

    // Before keys are agreed on an alert is seen by its number (HandshakeStream), later only by the words of OpenSSL's message.
    private static readonly (byte Number, string Words, string Meaning)[] Alerts =
    [
        (120, "no application protocol", "the server speaks no version of HTTP that was offered (see 'http-version')"),
        (70, "protocol version", OldVersion),
        (112, "unrecognized name", "the server does not know the name it was asked for"),
        (116, "certificate required", Missing),
        (40, "handshake failure",
            "the server refused the handshake: it accepts none of the ciphers that were offered, or wants a client certificate"),
        (71, "insufficient security", "the server accepts none of the ciphers that were offered"),
        (80, "internal error", "the server had an error of its own in the TLS handshake"),
    ];

    // What a server says to a client that it lets in no further: of its certificate, its rights, or the name that it asked for. That no
    // version or cipher is common, or the server itself is at fault, does not show that nobody may connect.
    private static readonly byte[] Rejections = [42, 43, 44, 45, 46, 48, 49, 112, 116];
    private static readonly string[] RejectionWords = ["certificate", "unknown ca", "access denied", "unrecognized name"];

    /// <summary>True if the alert is about the client.</summary>
    public static bool IsRejection(byte alert) => Rejections.Contains(alert);

    public static string MeaningOf(byte alert) =>
        Alerts.FirstOrDefault(known => known.Number == alert).Meaning ?? $"the server ended the TLS handshake with the alert {alert}";

    // What a server says of the certificate of a client.
    private static readonly (string Words, string Meaning)[] Objections =
    [
        ("unknown ca", "it does not know the authority that issued it"),
        ("certificate expired", "it has expired"),
        ("certificate revoked", "it was revoked"),
        ("bad certificate", "it does not accept it"),
        ("unsupported certificate", "it does not accept its kind"),
        ("certificate unknown", "it does not accept it"),
        ("access denied", "whom it names has no access"),
        ("decrypt error", "its key does not fit"),
        ("handshake failure", "or it accepts none of the ciphers that were offered"),
        ("certificate required", "it wants another one"),
    ];

    public static NetworkException ClientCertificateMissing(string endpoint, Exception? exception, TlsSession? session = null) =>
        new($"{Missing} ({endpoint})", isTransient: false, mayHaveActed: false, exception)
        { IsRefusal = true, Session = session };

    /// <summary>A server that hangs up as soon as it was shown the certificate, without a word.</summary>
    public static NetworkException ClosedOver(ClientIdentity client, string endpoint, Exception? exception, TlsSession? session) => new(
        $"the server closed the connection when it was shown the client certificate '{client.Subject}' ({endpoint})", isTransient: false,
        mayHaveActed: false, exception)
    { IsRefusal = true, Session = session };

    /// <summary>A server that gave no answer to a client whose certificate it was shown: it may be that it does not accept it.</summary>
    public static NetworkException HungUpOn(ClientIdentity client, string endpoint, Exception exception, TlsSession? session) => new(
        $"the connection ended without an answer after the server was shown the client certificate '{client.Subject}' ({endpoint})",
        isTransient: true, mayHaveActed: true, exception)
    { IsHangUp = true, Session = session };

    /// <summary>True if the server ended the connection without a word.</summary>
    public static bool IsHangUp(Exception exception) => Causes(exception).Any(cause => cause is NetworkException { IsHangUp: true }
        or HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded });

    /// <summary>What to say if the server ended the connection of a client that has a certificate; null if it says nothing of
    /// it.</summary>
    public static NetworkException? OfClient(Exception? exception, ClientIdentity client, string endpoint, TlsSession? session = null)
    {
        if (Causes(exception).FirstOrDefault(IsAlert) is not { Message: var alert }
            || Objections.FirstOrDefault(known => alert.Contains(known.Words, StringComparison.OrdinalIgnoreCase)).Meaning
            is not { } meaning)
            return null;
        return new($"the server refused the client certificate '{client.Subject}': {meaning} ({endpoint})", isTransient: false,
            mayHaveActed: false, exception)
        { IsRefusal = true, Session = session };
    }

    /// <summary>A handshake that failed, or an alert after it.</summary>
    public static NetworkException From(Exception exception, string endpoint)
    {
        var alert = Causes(exception).FirstOrDefault(IsAlert);
        var meaning = alert is null
            ? null
            : Alerts.FirstOrDefault(known => alert.Message.Contains(known.Words, StringComparison.OrdinalIgnoreCase)).Meaning;
        var what = meaning ?? $"the TLS handshake failed: {FirstSentence(alert ?? exception)}";
        return new($"{what} ({endpoint})", isTransient: false, mayHaveActed: false, exception)
        {
            IsRefusal = alert is not null
                && RejectionWords.Any(words => alert.Message.Contains(words, StringComparison.OrdinalIgnoreCase)),
        };
    }

    /// <summary>True if it was the server that ended the connection.</summary>
    public static bool IsByServer(Exception exception) =>
        Causes(exception).All(cause => cause is not CertificateRefusedException) && Causes(exception).Any(IsEnd);

    /// <summary>True for an error that tells of an alert.</summary>
    public static bool IsAlert(Exception exception) => exception.Message.Contains("alert", StringComparison.OrdinalIgnoreCase);

    private static bool IsEnd(Exception cause) => cause switch
    {
        NetworkException fault => fault.IsHangUp,
        HttpIOException http => http.HttpRequestError == HttpRequestError.ResponseEnded,
        SocketException socket =>
            socket.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted,
        _ => cause is AuthenticationException or IOException,
    };

    public static IEnumerable<Exception> Causes(Exception? exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            yield return cause;
    }

    private static string FirstSentence(Exception exception) =>
        exception.Message.ReplaceLineEndings(" ").Split(". ", 2)[0].TrimEnd('.', ' ');
}
