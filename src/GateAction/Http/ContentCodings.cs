using System.IO.Compression;

namespace GateAction.Http;

/// <summary>What a body is packed with (RFC 9110, 8.4), the one applied last at the end.</summary>
internal sealed class ContentCodings
{
    /// <summary>What is asked for if the manifest asks for nothing. What is not offered is read all the same: zstd, because unpacking
    /// takes 8 MiB.</summary>
    public const string Offered = "gzip, deflate, br";

    // Each one multiplies: gzip alone makes a megabyte of a kilobyte. Nobody packs more than twice.
    private const int Most = 4;
    private static readonly Dictionary<string, Func<Stream, Stream>> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["gzip"] = UnpackedStream.Gzip,
        ["x-gzip"] = UnpackedStream.Gzip,
        ["deflate"] = packed => new UnpackedStream(packed, OpenDeflate),
        ["br"] = packed => new UnpackedStream(packed, (_, source) => new BrotliStream(source, CompressionMode.Decompress)),
        ["zstd"] = packed => new UnpackedStream(packed, ZstdCoding.Open) { ChecksItsEnd = true },
    };

    private readonly string[] _names;

    private ContentCodings(string[] names) => _names = names;

    public bool IsNone => _names.Length == 0;

    /// <summary>Why the body cannot be unpacked; null if it can.</summary>
    public string? Problem =>
        _names.FirstOrDefault(name => !Known.ContainsKey(name)) is { } unknown
        ? $"the body is packed with '{unknown}', which is not known; gzip, deflate, br and zstd are"
        : _names.Length > Most ? $"the body is packed {_names.Length} times over; at most {Most} times are accepted"
        : null;

    public static ContentCodings Of(HttpContent content) => new(
    [
        .. (content.Headers.NonValidated.TryGetValues("Content-Encoding", out var values)
            ? values.SelectMany(value => value.Split(','))
            : [])
            .Select(name => name.Trim())
            .Where(name => name.Length > 0 && !name.Equals("identity", StringComparison.OrdinalIgnoreCase)),
    ]);

    public Stream Unpack(Stream packed) => _names.Reverse().Aggregate(packed, (stream, name) => Known[name](stream));

    /// <summary>The name means zlib (RFC 1950), and some servers send the bare format (RFC 1951).</summary>
    private static Stream OpenDeflate(ReadOnlySpan<byte> begin, Stream source) =>
        // RFC 1950, 2.2: method 8 in the first byte, and the two bytes as a number are a multiple of 31. Bare deflate begins so by chance
        // only.
        begin.Length == 2 && (begin[0] & 0x0f) == 8 && (begin[0] << 8 | begin[1]) % 31 == 0
            ? new ZLibStream(source, CompressionMode.Decompress)
            : new DeflateStream(source, CompressionMode.Decompress);
}

/// <summary>Apart, so that its library is loaded only if it is needed.</summary>
internal static class ZstdCoding
{
    // RFC 9659: a body has no larger window, so that nobody makes a client hold more.
    private const int LargestWindowLog = 23;

    public static Stream Open(ReadOnlySpan<byte> begin, Stream source)
    {
        var stream = new ZstdSharp.DecompressionStream(source, checkEndOfStream: true);
        stream.SetParameter(ZstdSharp.Unsafe.ZSTD_dParameter.ZSTD_d_windowLogMax, LargestWindowLog);
        return stream;
    }
}
