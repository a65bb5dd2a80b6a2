using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GateAction.StandIns.Staging;

/// <summary>
/// A name server on loopback. <c>staging.example.com</c> has addresses, <c>www</c> is an alias, <c>example.com</c> has mail servers and
/// texts; other names below
/// <c>example.com</c> do not exist, but for a service, <c>_sip._tcp</c>; <c>refused</c>, <c>failing</c>, <c>silent</c>, <c>damaged</c>,
/// <c>looping</c>,
/// <c>overlong</c>, <c>astray</c> and <c>forged</c> misbehave; <c>large</c> does not fit UDP.
/// </summary>
internal sealed class NameServer : IDisposable
{
    private const int Tries = 20;
    private readonly Socket _udp;
    private readonly TcpListener _tcp;

    public NameServer()
    {
        (_udp, _tcp) = Listen();
        EndPoint = (IPEndPoint)_udp.LocalEndPoint!;
        _ = ServeUdpAsync();
        _ = ServeTcpAsync();
    }

    public IPEndPoint EndPoint { get; }

    public void Dispose()
    {
        _udp.Dispose();
        _tcp.Dispose();
    }

    // A port that is free for UDP may be a connection's for TCP: then another one is taken.
    private static (Socket Udp, TcpListener Tcp) Listen()
    {
        for (var i = 1; ; i++)
        {
            var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            udp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            var tcp = new TcpListener((IPEndPoint)udp.LocalEndPoint!);
            try
            {
                tcp.Start();
                return (udp, tcp);
            }
            catch (SocketException) when (i < Tries)
            {
                udp.Dispose();
                tcp.Dispose();
            }
        }
    }

    private async Task ServeUdpAsync()
    {
        var buffer = new byte[512];
        try
        {
            while (true)
            {
                var received = await _udp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
                foreach (var answer in Answers(buffer[..received.ReceivedBytes], isUdp: true))
                    await _udp.SendToAsync(answer, received.RemoteEndPoint);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeTcpAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _tcp.AcceptTcpClientAsync();
                await using var stream = client.GetStream();
                var length = new byte[2];
                await stream.ReadExactlyAsync(length);
                var question = new byte[(length[0] << 8) | length[1]];
                await stream.ReadExactlyAsync(question);
                foreach (var answer in Answers(question, isUdp: false))
                    await stream.WriteAsync((byte[])[(byte)(answer.Length >> 8), (byte)answer.Length, .. answer]);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
        {
        }
    }

    private static IEnumerable<byte[]> Answers(byte[] question, bool isUdp)
    {
        var (name, type) = Read(question);
        var records = RecordsOf(name, type).ToArray();
        switch (name)
        {
            case "silent.example.com":
            case "hung-up.example.com" when !isUdp:
                break;
            case "refused.example.com":
                yield return Message(question, 5, []);
                break;
            case "failing.example.com":
                yield return Message(question, 2, []);
                break;
            case "damaged.example.com":
                yield return Message(question, 0, [[1, 2, 3]]);
                break;
            case "looping.example.com":
                yield return Message(question, 0, [[0xC0, (byte)question.Length, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 1, 1, 1, 1]]);
                break;
            case "overlong.example.com":
                yield return Message(question, 0, [[0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 9, 1, 1, 1, 1]]);
                break;
            case "astray.example.com":
                yield return Message(question, 0, [[0xFF, 0xFF, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 1, 1, 1, 1]]);
                break;
            case "forged.example.com":
                byte[] forged = [.. question];
                forged[0] ^= 0xFF;
                yield return Message(forged, 0, [Address("6.6.6.6")]);
                yield return Message(question, 0, [Address("192.0.2.9")]);
                break;
            case "large.example.com" or "hung-up.example.com" when isUdp:
                yield return Message(question, 0, [], isCut: true);
                break;
            default:
                yield return Message(question, (byte)(records.Length > 0 || IsKnown(name) ? 0 : 3), records);
                break;
        }
    }

    private static bool IsKnown(string name) => name is "example.com" or "staging.example.com" or "www.example.com";

    private static IEnumerable<byte[]> RecordsOf(string name, int type) => (name, type) switch
    {
        ("staging.example.com", 1) => [Address("192.0.2.20"), Address("192.0.2.10")],
        ("staging.example.com", 28) => [Record(28, IPAddress.Parse("2001:db8::1").GetAddressBytes())],
        ("www.example.com", 1) => [Record(5, Name("staging.example.com")), Address("192.0.2.10")],
        ("www.example.com", 5) => [Record(5, Name("staging.example.com"))],
        ("_sip._tcp.example.com", 33) =>
            [Record(33, [0, 10, 0, 20, 0x13, 0xC4, .. Name("sip.example.com")]),
            Record(33, [0, 10, 0, 20, 0x13, 0xC5, .. Name("sip.example.com")])],
        ("10.2.0.192.in-addr.arpa", 12) => [Record(12, Name("staging.example.com"))],
        ("example.com", 6) => [Record(6, [.. Name("ns.example.com"), .. Name("hostmaster.example.com"), 0, 0, 7, 0xE9, .. new byte[16]])],
        ("example.com", 257) => [Record(257, [0, 5, .. "issue"u8, .. "ca.example.net"u8])],
        ("example.com", 15) => [Record(15, [0, 10, .. Name("mx.example.com")])],
        ("example.com", 16) => [Record(16, [6, .. "v=spf1"u8, 5, .. " -all"u8])],
        ("large.example.com", 16) =>
            Enumerable.Range(0, 20).Select(i => Record(16, [200, .. Encoding.ASCII.GetBytes(new string((char)('a' + i), 200))])),
        _ => [],
    };

    private static byte[] Message(byte[] question, byte code, byte[][] records, bool isCut = false) =>
    [
        question[0], question[1], (byte)(0x81 | (isCut ? 2 : 0)), (byte)(0x80 | code), 0, 1, 0, (byte)records.Length, 0, 0, 0, 0,
        .. question[12..],
        .. records.SelectMany(record => record),
    ];

    private static byte[] Address(string address) => Record(1, IPAddress.Parse(address).GetAddressBytes());

    /// <summary>Its name is a pointer to that of the question.</summary>
    private static byte[] Record(ushort type, byte[] data) =>
        [0xC0, 12, (byte)(type >> 8), (byte)type, 0, 1, 0, 0, 0, 60, (byte)(data.Length >> 8), (byte)data.Length, .. data];

    private static byte[] Name(string name) =>
        [.. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];

    private static (string Name, int Type) Read(byte[] question)
    {
        var labels = new List<string>();
        var at = 12;
        for (; question[at] != 0; at += 1 + question[at])
            labels.Add(Encoding.ASCII.GetString(question, at + 1, question[at]));
        return (string.Join('.', labels).ToLowerInvariant(), (question[at + 1] << 8) | question[at + 2]);
    }
}
