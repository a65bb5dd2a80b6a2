using System.Buffers.Binary;
using System.Text;

namespace GateAction.Sources.Grpc;

/// <summary>
/// The messages of <c>grpc.health.v1</c> (https://github.com/grpc/grpc/blob/master/doc/health-checking.md) in the encoding of Protocol
/// Buffers: two fields in all, for which no library is taken along.
/// </summary>
internal static class HealthMessages
{
    private static readonly string[] Statuses = ["UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"];

    public const string Serving = "SERVING";

    /// <summary>HealthCheckRequest: the name of a service; of the server as a whole the empty one.</summary>
    public static byte[] Request(string service)
    {
        var name = Encoding.UTF8.GetBytes(service);
        // proto3 writes no field that has its default.
        if (name.Length == 0)
            return [];
        using var message = new MemoryStream();
        // Field 1 of wire type 2: a length, then that many bytes.
        message.WriteByte((1 << 3) | 2);
        for (var rest = (uint)name.Length; ; rest >>= 7)
        {
            message.WriteByte((byte)(rest < 0x80 ? rest : (rest & 0x7F) | 0x80));
            if (rest < 0x80)
                break;
        }
        message.Write(name);
        return message.ToArray();
    }

    /// <summary>HealthCheckResponse: a status by its name, of one that is not known its number. Throws
    /// <see cref="InvalidDataException"/>.</summary>
    public static string StatusIn(ReadOnlySpan<byte> message)
    {
        // UNKNOWN is 0, which proto3 does not write. Of a field that comes twice the last one counts.
        var status = 0UL;
        while (Fields.Next(ref message, out var field))
        {
            if (field is { Number: 1, IsNumber: true })
                status = field.Value;
        }
        return status < (ulong)Statuses.Length ? Statuses[status] : $"{status}";
    }

    /// <summary>HealthListResponse: the status of each service. Throws <see cref="InvalidDataException"/>.</summary>
    public static SortedDictionary<string, string> ServicesIn(ReadOnlySpan<byte> message)
    {
        var services = new SortedDictionary<string, string>(StringComparer.Ordinal);
        while (Fields.Next(ref message, out var entry))
        {
            if (entry is not { Number: 1, IsNumber: false })
                continue;
            // A map is a list of entries with the key in field 1 and the value in field 2.
            var (name, status) = ("", Statuses[0]);
            var inner = entry.Bytes;
            while (Fields.Next(ref inner, out var field))
            {
                if (field is { Number: 1, IsNumber: false })
                    name = Encoding.UTF8.GetString(field.Bytes);
                else if (field is { Number: 2, IsNumber: false })
                    status = StatusIn(field.Bytes);
            }
            services[name] = status;
        }
        return services;
    }

    /// <summary>One field of a message: a number, or bytes.</summary>
    private readonly ref struct Fields(int number, bool isNumber, ulong value, ReadOnlySpan<byte> bytes)
    {
        public int Number { get; } = number;

        public bool IsNumber { get; } = isNumber;

        public ulong Value { get; } = value;

        public ReadOnlySpan<byte> Bytes { get; } = bytes;

        /// <summary>False at the end.</summary>
        public static bool Next(ref ReadOnlySpan<byte> rest, out Fields field)
        {
            field = default;
            if (rest.IsEmpty)
                return false;
            var key = Varint(ref rest);
            field = (key & 7) switch
            {
                0 => new((int)(key >> 3), true, Varint(ref rest), default),
                1 => new((int)(key >> 3), false, 0, Take(ref rest, sizeof(ulong))),
                2 => new((int)(key >> 3), false, 0, Take(ref rest, Varint(ref rest))),
                5 => new((int)(key >> 3), false, 0, Take(ref rest, sizeof(uint))),
                // Groups (3 and 4) are no part of proto3.
                _ => throw Damaged(),
            };
            return true;
        }

        private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, ulong length)
        {
            if (length > (ulong)rest.Length)
                throw Damaged();
            var taken = rest[..(int)length];
            rest = rest[(int)length..];
            return taken;
        }

        private static ulong Varint(ref ReadOnlySpan<byte> rest)
        {
            var value = 0UL;
            // 64 bits in pieces of 7 are ten bytes; a longer number is damage.
            for (var shift = 0; shift < 64; shift += 7)
            {
                if (rest.IsEmpty)
                    throw Damaged();
                var next = rest[0];
                rest = rest[1..];
                value |= (ulong)(next & 0x7F) << shift;
                if (next < 0x80)
                    return value;
            }
            throw Damaged();
        }

        private static InvalidDataException Damaged() => new("the message is no message of grpc.health.v1");
    }
}

/// <summary>How messages lie in a body of gRPC: a byte that says whether it is packed, four of its length, then itself.</summary>
internal static class GrpcFrame
{
    public const int HeadLength = 5;

    public static byte[] Of(byte[] message)
    {
        var frame = new byte[HeadLength + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, HeadLength);
        return frame;
    }

    /// <summary>Null at the end of the body. Throws <see cref="InvalidDataException"/> where it breaks off, is packed, or is larger than
    /// <paramref name="mostBytes"/>.</summary>
    public static async Task<byte[]?> ReadAsync(Stream body, int mostBytes, CancellationToken cancellation)
    {
        var head = new byte[HeadLength];
        var read = await body.ReadAtLeastAsync(head, HeadLength, throwOnEndOfStream: false, cancellation);
        if (read == 0)
            return null;
        if (read < HeadLength)
            throw new InvalidDataException("a message breaks off");
        if (head[0] != 0)
            throw new InvalidDataException("a message is packed, which was not asked for");
        var length = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(1));
        if (length > mostBytes)
            throw new InvalidDataException($"a message is larger than {mostBytes / 1024} KiB");
        var message = new byte[length];
        return await body.ReadAtLeastAsync(message, message.Length, throwOnEndOfStream: false, cancellation) == length
            ? message
            : throw new InvalidDataException("a message breaks off");
    }
}
