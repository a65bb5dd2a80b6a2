using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace GateAction.Sources.Names;

/// <summary>Writes a question and reads an answer of the DNS (RFC 1035, section 4).</summary>
internal static class DnsMessage
{
    private const int HeaderLength = 12;
    private const int MostJumps = 32;

    /// <summary>Throws <see cref="NoEvidenceException"/> where the name cannot be asked for.</summary>
    public static byte[] Question(ushort id, string name, DnsType type)
    {
        using var message = new MemoryStream();
        message.Write([(byte)(id >> 8), (byte)id, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
        foreach (var label in AsciiOf(name).TrimEnd('.').Split('.'))
        {
            if (label.Length is 0 or > 63)
                throw new NoEvidenceException($"'{name}' is no name of a host");
            message.WriteByte((byte)label.Length);
            message.Write(Encoding.ASCII.GetBytes(label));
        }
        message.Write([0, (byte)((int)type >> 8), (byte)type, 0, 1]);
        return message.ToArray();
    }

    /// <summary>True where the answer was cut and must be asked for over TCP.</summary>
    public static bool IsCut(ReadOnlySpan<byte> message) => message.Length > 2 && (message[2] & 2) != 0;

    /// <summary>True where this is the answer to that question.</summary>
    public static bool Answers(ReadOnlySpan<byte> message, ReadOnlySpan<byte> question) =>
        message.Length >= question.Length
        && message[..2].SequenceEqual(question[..2])
        && (message[2] & 0x80) != 0
        && Ascii.EqualsIgnoreCase(message[HeaderLength..question.Length], question[HeaderLength..]);

    /// <summary>Throws <see cref="InvalidDataException"/> for what is no message and <see cref="NoEvidenceException"/> for a server that does not want to answer.</summary>
    public static DnsAnswer Read(ReadOnlySpan<byte> message, int questionLength, string server)
    {
        var code = message[3] & 15;
        if (code is not (0 or 3))
            throw new NoEvidenceException($"the name server {server} answered with {CodeName(code)}");
        var count = BinaryPrimitives.ReadUInt16BigEndian(message[6..]);
        var records = new List<DnsRecord>();
        var at = questionLength;
        try
        {
            for (var i = 0; i < count; i++)
            {
                if (ReadRecord(message, ref at) is { } record)
                    records.Add(record);
            }
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new InvalidDataException("the answer ends too early", exception);
        }
        return new DnsAnswer(code == 0, records);
    }

    private static DnsRecord? ReadRecord(ReadOnlySpan<byte> message, ref int at)
    {
        var name = ReadName(message, ref at);
        var fixedPart = message.Slice(at, 10);
        var type = (DnsType)BinaryPrimitives.ReadUInt16BigEndian(fixedPart);
        var ttl = TimeSpan.FromSeconds(BinaryPrimitives.ReadUInt32BigEndian(fixedPart[4..]));
        var start = at + 10;
        var data = message.Slice(start, BinaryPrimitives.ReadUInt16BigEndian(fixedPart[8..]));
        at = start + data.Length;
        var inner = type == DnsType.Mx ? start + 2 : start;
        return type switch
        {
            DnsType.A when data.Length == 4 => new(name, type, ttl, new IPAddress(data).ToString()),
            DnsType.Aaaa when data.Length == 16 => new(name, type, ttl, new IPAddress(data).ToString()),
            DnsType.Cname or DnsType.Ns => new(name, type, ttl, ReadName(message, ref inner)),
            DnsType.Mx => new(name, type, ttl, ReadName(message, ref inner), BinaryPrimitives.ReadUInt16BigEndian(data)),
            DnsType.Txt => new(name, type, ttl, ReadText(data)),
            _ => null,
        };
    }

    private static string ReadName(ReadOnlySpan<byte> message, ref int at)
    {
        var name = new StringBuilder();
        var (position, jumps) = (at, 0);
        while (message.Slice(position, 1)[0] is not 0 and var length)
        {
            if (length >= 0xC0)
            {
                var target = BinaryPrimitives.ReadUInt16BigEndian(message.Slice(position, 2)) & 0x3FFF;
                at = jumps++ == 0 ? position + 2 : at;
                if (jumps > MostJumps)
                    throw new InvalidDataException("a name in the answer refers to itself");
                position = target;
                continue;
            }
            name.Append(name.Length > 0 ? "." : "").Append(Encoding.Latin1.GetString(message.Slice(position + 1, length)));
            position += 1 + length;
        }
        at = jumps == 0 ? position + 1 : at;
        return name.ToString();
    }

    private static string ReadText(ReadOnlySpan<byte> data)
    {
        var text = new List<byte>();
        for (var at = 0; at < data.Length; at += 1 + data[at])
            text.AddRange(data.Slice(at + 1, data[at]));
        return Encoding.UTF8.GetString([.. text]);
    }

    private static string AsciiOf(string name)
    {
        try
        {
            return new IdnMapping().GetAscii(name);
        }
        catch (ArgumentException exception)
        {
            throw new NoEvidenceException($"'{name}' is no name of a host", exception);
        }
    }

    private static string CodeName(int code) => code switch { 1 => "FORMERR", 2 => "SERVFAIL", 4 => "NOTIMP", 5 => "REFUSED", _ => $"code {code}" };
}
