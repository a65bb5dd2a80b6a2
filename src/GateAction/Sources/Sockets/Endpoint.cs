using System.Globalization;

namespace GateAction.Sources.Sockets;

/// <summary>A host and a port: <c>db.example.com:5432</c>, <c>[::1]:6379</c>.</summary>
internal sealed record Endpoint(string Host, int Port)
{
    public const string Expected = "a host and a port such as db.example.com:5432 or [::1]:6379";

    /// <summary>Null where the text is none.</summary>
    public static Endpoint? Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is < 1 or > 65535)
            return null;
        var host = text[..colon];
        if (host is ['[', .. var inner, ']'])
            return Uri.CheckHostName(inner) == UriHostNameType.IPv6 ? new(inner, port) : null;
        return Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4 ? new(host, port) : null;
    }

    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
