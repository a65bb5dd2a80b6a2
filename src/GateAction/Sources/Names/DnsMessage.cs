using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using DnsClient;
using DnsClient.Protocol;
using GateAction.Http;

namespace GateAction.Sources.Names;

/// <summary>One record of an answer.</summary>
/// <param name="Value">An address, a name without the dot at its end, or a text.</param>
internal sealed record DnsRecord(string Name, ResourceRecordType Type, TimeSpan Ttl, string Value)
{
    /// <summary>Of MX and SRV.</summary>
    public int? Priority { get; init; }

    /// <summary>Of SRV.</summary>
    public int? Weight { get; init; }

    /// <summary>Of SRV.</summary>
    public int? Port { get; init; }

    /// <summary>Of SOA.</summary>
    public long? Serial { get; init; }

    /// <summary>Of CAA (RFC 8659): <c>issue</c>, <c>issuewild</c>, <c>iodef</c>.</summary>
    public string? Tag { get; init; }
}

/// <summary>Writes questions and reads answers of the DNS (RFC 1035, section 4) with the reader of DnsClient.</summary>
internal static class DnsMessage
{
    private const int HeaderLength = 12;
    private const byte WantsRecursion = 1;
    private const byte IsAnswer = 0x80;
    private const byte IsTruncated = 0x02;
    private const int NoSuchName = 3;
    private const int SoaTimers = 4 * sizeof(uint);

    /// <summary>Throws <see cref="NoEvidenceException"/> if the name cannot be asked for.</summary>
    public static byte[] Question(ushort id, string name, ResourceRecordType type)
    {
        using var message = new MemoryStream();
        message.Write([(byte)(id >> 8), (byte)id, WantsRecursion, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
        foreach (var label in AsciiOf(name).Split('.'))
        {
            message.WriteByte((byte)label.Length);
            message.Write(Encoding.ASCII.GetBytes(label));
        }
        message.Write([(byte)((int)type >> 8), (byte)type, 0, (byte)QueryClass.IN]);
        return message.ToArray();
    }

    /// <summary>True if the answer was cut to fit a datagram and must be asked for over TCP.</summary>
    public static bool IsCut(ReadOnlySpan<byte> message) => (message[2] & IsTruncated) != 0;

    /// <summary>True if this is the answer to that question.</summary>
    public static bool Answers(ReadOnlySpan<byte> message, ReadOnlySpan<byte> question) =>
        message.Length >= question.Length
        && message[..2].SequenceEqual(question[..2])
        && (message[2] & IsAnswer) != 0
        // The answer repeats its question; names have no case (RFC 4343).
        && Ascii.EqualsIgnoreCase(message[HeaderLength..question.Length], question[HeaderLength..]);

    /// <summary>
    /// The records of the answer section; types that the gate does not know are left out. Throws <see cref="InvalidDataException"/> for
    /// what is no message and <see cref="NoEvidenceException"/> for a server that does not want to answer.
    /// </summary>
    /// <param name="message">The whole array is the message: the reader follows references over all of it.</param>
    public static IReadOnlyList<DnsRecord> Read(byte[] message, int questionLength, string server)
    {
        var code = message[3] & 15;
        // That there is no such name is a measurement; the other codes say nothing of the name.
        if (code is not (0 or NoSuchName))
            throw new NoEvidenceException($"the name server {server} answered with {CodeName(code)}");
        try
        {
            var count = new DnsDatagramReader(message, 6).ReadUInt16NetworkOrder();
            var reader = new DnsDatagramReader(message, questionLength);
            return [.. Enumerable.Range(0, count).Select(_ => ReadRecord(reader)).OfType<DnsRecord>()];
        }
        catch (DnsResponseParseException exception) when (exception.Message.Contains("recursion", StringComparison.Ordinal))
        {
            throw new InvalidDataException("a name in the answer refers to itself", exception);
        }
        catch (Exception exception) when (exception is DnsResponseParseException or ArgumentException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("the answer ends too early", exception);
        }
    }

    private static DnsRecord? ReadRecord(DnsDatagramReader reader)
    {
        var name = ReadName(reader);
        var type = (ResourceRecordType)reader.ReadUInt16NetworkOrder();
        // The class: nothing but IN was asked for.
        reader.Advance(2);
        var ttl = TimeSpan.FromSeconds(reader.ReadUInt32NetworkOrder());
        var length = reader.ReadUInt16NetworkOrder();
        var end = reader.Index + length;
        var record = ReadData(reader, new DnsRecord(name, type, ttl, ""), end);
        if (record is null)
            reader.Advance(length);
        // A wrong length would shift all records after this one.
        return reader.Index == end ? record : throw new InvalidDataException($"the length of a record of type {type} is wrong");
    }

    private static DnsRecord? ReadData(DnsDatagramReader reader, DnsRecord record, int end)
    {
        switch (record.Type)
        {
            case ResourceRecordType.A:
                return record with { Value = reader.ReadIPAddress().ToString() };
            case ResourceRecordType.AAAA:
                return record with { Value = reader.ReadIPv6Address().ToString() };
            case ResourceRecordType.CNAME or ResourceRecordType.NS or ResourceRecordType.PTR:
                return record with { Value = ReadName(reader) };
            case ResourceRecordType.MX:
                return record with { Priority = reader.ReadUInt16NetworkOrder(), Value = ReadName(reader) };
            case ResourceRecordType.TXT:
                return record with { Value = ReadTexts(reader, end) };
            case ResourceRecordType.SRV:
                var (priority, weight) = (reader.ReadUInt16NetworkOrder(), reader.ReadUInt16NetworkOrder());
                return record with
                {
                    Priority = priority,
                    Weight = weight,
                    Port = reader.ReadUInt16NetworkOrder(),
                    Value = ReadName(reader)
                };
            case ResourceRecordType.CAA:
                reader.Advance(1);
                return record with { Tag = reader.ReadStringWithLengthPrefix(), Value = TextOf(reader.ReadBytes(end - reader.Index)) };
            case ResourceRecordType.SOA:
                var primary = ReadName(reader);
                ReadName(reader);
                var serial = reader.ReadUInt32NetworkOrder();
                reader.Advance(SoaTimers);
                return record with { Serial = serial, Value = primary };
            default:
                return null;
        }
    }

    private static string ReadName(DnsDatagramReader reader) => reader.ReadDnsName().Value.TrimEnd('.');

    // A text of more than 255 bytes is written in several parts that belong together (RFC 7208, section 3.3).
    private static string ReadTexts(DnsDatagramReader reader, int end)
    {
        var text = new List<byte>();
        while (reader.Index < end)
            text.AddRange(reader.ReadBytes(reader.ReadByte()));
        return TextOf(text.ToArray());
    }

    private static string TextOf(ArraySegment<byte> bytes) => DnsDatagramReader.ReadUTF8String(bytes);

    // With the dot at its end, which stands for the root.
    private static string AsciiOf(string name)
    {
        try
        {
            var ascii = DnsString.Parse(name).Value;
            if (ascii[..^1].Split('.').All(label => label.Length is > 0 and <= DnsString.LabelMaxLength))
                return ascii;
        }
        catch (ArgumentException)
        {
        }
        throw new NoEvidenceException($"'{name}' is no name of a host");
    }

    private static string CodeName(int code) =>
        code switch { 1 => "FORMERR", 2 => "SERVFAIL", 4 => "NOTIMP", 5 => "REFUSED", _ => $"code {code}" };
}

/// <summary>
/// Asks one name server: over UDP, and over TCP if the answer does not fit. DnsClient's own lookup is not used: it takes a datagram from
/// any sender, gives up at the first that answers another question, and does not learn that nobody listens.
/// </summary>
internal sealed class DnsQuery(IPEndPoint server)
{
    /// <summary>Throws <see cref="NetworkException"/> if nobody answers.</summary>
    public async Task<IReadOnlyList<DnsRecord>> AskAsync(string name, ResourceRecordType type, CancellationToken cancellation)
    {
        // Not to be guessed: who guesses it can answer in the server's place (RFC 5452).
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
            throw new NetworkException($"the name server's answer is damaged: {reason} ({server})", isTransient: true, mayHaveActed: false,
                exception);
        }
    }

    private async Task<byte[]> AskOverUdpAsync(byte[] question, CancellationToken cancellation)
    {
        // A connected socket hears this server alone, and hears that nobody listens there.
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancellation);
        await socket.SendAsync(question, cancellation);
        // No datagram is larger, so that none is cut by the system, which does not tell.
        var buffer = new byte[65536];
        // The probe's timeout ends it. A question that is lost is sent again by the probe's next attempt.
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
        // Over TCP each message has its length before it (RFC 1035, 4.2.2).
        await stream.WriteAsync((byte[])[(byte)(question.Length >> 8), (byte)question.Length, .. question], cancellation);
        var length = new byte[2];
        await stream.ReadExactlyAsync(length, cancellation);
        var answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(answer, cancellation);
        return DnsMessage.Answers(answer, question) ? answer : throw new InvalidDataException("it answers another question");
    }
}
