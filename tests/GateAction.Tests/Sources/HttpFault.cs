using System.IO.Compression;
using System.Text;
using GateAction.StandIns.Staging;

namespace GateAction.Tests.Sources;

/// <summary>What a server of HTTP sends that is not a whole answer, or no answer in the version it is asked in.</summary>
internal sealed record HttpFault(string Name, Func<Stream, Task> ServeAsync)
{
    private const string Healthy = """{"status": "healthy"}""";

    public static readonly IReadOnlyList<HttpFault> All =
    [
        Packed("wire: gzip that breaks off", "gzip", stream => new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true)),
        Packed("wire: zlib that breaks off", "deflate", stream => new ZLibStream(stream, CompressionLevel.Optimal, leaveOpen: true)),
        Packed("wire: bare deflate that breaks off", "deflate", stream =>
            new DeflateStream(stream, CompressionLevel.Optimal, leaveOpen: true)),
        Packed("wire: brotli that breaks off", "br", stream => new BrotliStream(stream, CompressionLevel.Optimal, leaveOpen: true)),
        Packed("wire: zstd that breaks off", "zstd", stream => new ZstdSharp.CompressionStream(stream, 3, leaveOpen: true)),
        Answer("wire: packed in what is not known", "Content-Length: 21\r\nContent-Encoding: compress\r\n", Healthy),
        Answer("wire: nothing, said to be gzip", "Content-Length: 0\r\nContent-Encoding: gzip\r\n", ""),
        Answer("wire: two lengths", "Content-Length: 21\r\nContent-Length: 42\r\n", Healthy),
        Answer("wire: longer than its length", "Content-Length: 21\r\n", Healthy + "ERROR"),
        Answer("wire: a length that is none", "Content-Length: 0x15\r\n", Healthy),
        Answer("wire: a transfer-encoding that is not known", "Transfer-Encoding: gzip, chunked\r\n", $"15\r\n{Healthy}\r\n0\r\n\r\n"),
        Answer("wire: chunks without an end", "Transfer-Encoding: chunked\r\n", $"15\r\n{Healthy}\r\n"),
        Answer("wire: a hundred levels of JSON", "Content-Length: 200\r\n", new string('[', 100) + new string(']', 100)),
        new("wire: HTTP/2 without TLS", async stream =>
        {
            await stream.ReadExactlyAsync(new byte[3]);
            await new Http2Frames(stream).SettingsAsync();
        }),
    ];

    public static HttpFault? Find(string name) => All.FirstOrDefault(fault => fault.Name == name);

    private static HttpFault Answer(string name, string headers, string body) => new(name, async stream =>
    {
        if (await WireServer.ReadHeadAsync(stream) is not null)
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{headers}\r\n{body}"));
    });

    private static HttpFault Packed(string name, string coding, Func<Stream, Stream> pack) => new(name, async stream =>
    {
        using var packed = new MemoryStream();
        using (var packer = pack(packed))
            packer.Write(Encoding.ASCII.GetBytes(Healthy));
        if (await WireServer.ReadHeadAsync(stream) is not null)
            await stream.WriteAsync(WireServer.Answer(packed.ToArray()[..^2],
                $"Content-Type: application/json\r\nContent-Encoding: {coding}\r\n"));
    });
}
