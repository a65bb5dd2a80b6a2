using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using DnsClient.Protocol;
using GateAction.Http;

namespace GateAction.Sources.Names;

/// <summary>
/// Asks one name server: over UDP, and over TCP if the answer does not fit. DnsClient's own lookup is not used: it takes a datagram from
/// any sender, gives up at the first that answers another question, and does not learn that nobody listens.
/// </summary>
internal sealed class DnsQuery(IPEndPoint server)
{
    /// <summary>Throws <see cref="NetworkFault"/> if nobody answers.</summary>
    public async Task<IReadOnlyList<DnsRecord>> AskAsync(string name, ResourceRecordType type, CancellationToken cancellation)
    {
        var question = DnsMessage.Question((ushort)RandomNumberGenerator.GetInt32(65536), name, type);
        try
        {
            var answer = await AskOverUdpAsync(question, cancellation);
            if (DnsMessage.IsCut(answer))
                answer = await AskOverTcpAsync(question, cancellation);
            return DnsMessage.Read(answer, question.Length, server.ToString());
        }
        catch (SocketException exception)
        {
            throw NetworkFaults.From(exception, server.ToString());
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            var reason = exception is EndOfStreamException ? "the answer ends too early" : exception.Message;
            throw new NetworkFault($"the name server's answer is damaged: {reason} ({server})", isTransient: true, mayHaveActed: false,
                exception);
        }
    }

    private async Task<byte[]> AskOverUdpAsync(byte[] question, CancellationToken cancellation)
    {
        // A connected socket hears this server alone, and hears that nobody listens there.
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancellation);
        await socket.SendAsync(question, cancellation);
        var buffer = new byte[65536];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, cancellation);
            // What answers another question may be forged, or late.
            if (DnsMessage.Answers(buffer.AsSpan(0, length), question))
                return buffer[..length];
        }
    }

    private async Task<byte[]> AskOverTcpAsync(byte[] question, CancellationToken cancellation)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server, cancellation);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync((byte[])[(byte)(question.Length >> 8), (byte)question.Length, .. question], cancellation);
        var length = new byte[2];
        await stream.ReadExactlyAsync(length, cancellation);
        var answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(answer, cancellation);
        return DnsMessage.Answers(answer, question) ? answer : throw new InvalidDataException("it answers another question");
    }
}
