using System.Net.Sockets;
using System.Security.Authentication;

namespace GateAction.Http;

/// <summary>How a server ends TLS: by an alert (RFC 8446, 6.2), which OpenSSL names in its text, or by hanging up.</summary>
internal static class TlsFaults
{
    public const string ClientCertificateMissing = "the server asks for a client certificate, and the gate has none to show";

    public const string OldVersion = "the server speaks no version of TLS that was offered (1.2 and 1.3)";

    private static readonly (byte Number, string Words, string Meaning)[] Alerts =
    [
        (120, "no application protocol", "the server speaks no version of HTTP that was offered (see 'http-version')"),
        (70, "protocol version", OldVersion),
        (112, "unrecognized name", "the server does not know the name it was asked for"),
        (116, "certificate required", ClientCertificateMissing),
        (40, "handshake failure",
            "the server refused the handshake: it accepts none of the ciphers that were offered, or wants a client certificate"),
        (71, "insufficient security", "the server accepts none of the ciphers that were offered"),
        (80, "internal error", "the server had an error of its own in the TLS handshake"),
    ];

    public static string MeaningOf(byte alert) =>
        Alerts.FirstOrDefault(known => known.Number == alert).Meaning ?? $"the server ended the TLS handshake with the alert {alert}";

    /// <summary>A handshake that failed, or an alert after it.</summary>
    public static NetworkFault From(Exception exception, string endpoint)
    {
        var alert = Causes(exception).FirstOrDefault(IsAlert);
        var meaning = alert is null
            ? null
            : Alerts.FirstOrDefault(known => alert.Message.Contains(known.Words, StringComparison.OrdinalIgnoreCase)).Meaning;
        var what = meaning ?? $"the TLS handshake failed: {FirstSentence(alert ?? exception)}";
        return new($"{what} ({endpoint})", isTransient: false, mayHaveActed: false, exception) { IsRefusal = alert is not null };
    }

    /// <summary>True where it was the server that ended the connection.</summary>
    public static bool IsByServer(Exception exception) =>
        Causes(exception).All(cause => cause is not CertificateRefusedException) && Causes(exception).Any(IsEnd);

    /// <summary>True for an error that tells of an alert.</summary>
    public static bool IsAlert(Exception exception) => exception.Message.Contains("alert", StringComparison.OrdinalIgnoreCase);

    private static bool IsEnd(Exception cause) => cause switch
    {
        NetworkFault fault => fault.IsHangUp,
        HttpIOException http => http.HttpRequestError == HttpRequestError.ResponseEnded,
        SocketException socket =>
            socket.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted,
        _ => cause is AuthenticationException or IOException,
    };

    public static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException!)
            yield return cause;
    }

    private static string FirstSentence(Exception exception) =>
        exception.Message.ReplaceLineEndings(" ").Split(". ", 2)[0].TrimEnd('.', ' ');
}
