using System.Net;
using System.Net.Sockets;

namespace GateAction.Http;

/// <summary>
/// Addresses that mean the machine's own surroundings: link-local ones (RFC 3927, RFC 4291) and those at which a cloud hands out its
/// machines' credentials. A server that the gate asks must not send it there.
/// </summary>
internal static class LinkLocal
{
    private static readonly string[] Names =
        ["metadata", "metadata.google.internal", "metadata.goog", "instance-data", "instance-data.ec2.internal"];

    private static readonly IPAddress[] Metadata =
        [.. new[] { "fd00:ec2::254", "fd20:ce::254", "100.100.100.200", "168.63.129.16", "192.0.0.192" }.Select(IPAddress.Parse)];

    /// <summary>Also if an IPv6 address only carries the IPv4 one: mapped, compatible, 6to4 (RFC 3056) and NAT64 (RFC 6052).</summary>
    public static bool Is(IPAddress address) =>
        address.IsIPv6LinkLocal
        // Made anew without its zone: fd00:ec2::254%2 is the same address, and would not be equal.
        || Metadata.Contains(new IPAddress(address.GetAddressBytes()))
        || Carried(address) is [169, 254, ..]
        || (address.AddressFamily == AddressFamily.InterNetworkV6 && Carried(address) is { } carried
        && Metadata.Contains(new IPAddress(carried)));

    /// <summary>By its name or by the address that it spells, in whatever notation.</summary>
    public static bool Is(Uri url) =>
        Names.Contains(url.IdnHost.TrimEnd('.'), StringComparer.OrdinalIgnoreCase)
        || (IPAddress.TryParse(url.IdnHost.Trim('[', ']').TrimEnd('.'), out var address) && Is(address));

    /// <summary>Also if a name server says so. What it does not know is for whoever connects.</summary>
    public static async Task<bool> IsAsync(Uri url, CancellationToken cancellation)
    {
        if (Is(url))
            return true;
        if (url.HostNameType != UriHostNameType.Dns)
            return false;
        try
        {
            return (await Dns.GetHostAddressesAsync(url.IdnHost, cancellation)).Any(Is);
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            return false;
        }
    }

    private static byte[]? Carried(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return bytes switch
        {
            { Length: 4 } => bytes,
            [0x20, 0x02, ..] => bytes[2..6],
            [0, 0x64, 0xff, 0x9b, ..] => bytes[12..],
            // '::ffff:a.b.c.d' and '::a.b.c.d'; that '::1' gives 0.0.0.1 does no harm here.
            [0, 0, 0, 0, 0, 0, 0, 0, ..] => bytes[12..],
            _ => null,
        };
    }
}
