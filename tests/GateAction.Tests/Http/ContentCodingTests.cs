using System.IO.Compression;
using System.Text;
using GateAction.Http;

namespace GateAction.Tests.Http;

/// <summary>What is packed is read whole or not at all, wherever it is cut.</summary>
internal sealed class ContentCodingTests
{
    private static readonly byte[] Text =
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 60).Select(i => $"line {i} ok\n")) + "ERROR: the database is down\n");

    private static readonly (string Name, string Coding, Func<Stream, Stream> Pack)[] Packers =
    [
        ("gzip", "gzip", stream => new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true)),
        ("x-gzip", "X-GZIP", stream => new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true)),
        ("gzip, not packed at all", "gzip", stream => new GZipStream(stream, CompressionLevel.NoCompression, leaveOpen: true)),
        ("zlib", "deflate", stream => new ZLibStream(stream, CompressionLevel.Optimal, leaveOpen: true)),
        ("bare deflate", "deflate", stream => new DeflateStream(stream, CompressionLevel.Optimal, leaveOpen: true)),
        ("bare deflate, not packed at all", "deflate", stream =>
            new DeflateStream(stream, CompressionLevel.NoCompression, leaveOpen: true)),
        ("brotli", "br", stream => new BrotliStream(stream, CompressionLevel.Optimal, leaveOpen: true)),
        ("zstd", "zstd", stream => new ZstdSharp.CompressionStream(stream, 3, leaveOpen: true)),
        ("gzip in brotli", "gzip, br", stream => new Twice(stream)),
    ];

    private static IEnumerable<TestCaseData> All =>
        Packers.Select(packer => new TestCaseData(packer.Coding, Packed(packer.Pack)).SetArgDisplayNames(packer.Name));

    [TestCaseSource(nameof(All))]
    public async Task A_whole_body_is_unpacked(string coding, byte[] packed)
    {
        var body = await ReadAsync(coding, packed);

        Assert.That(body.Bytes, Is.EqualTo(Text));
        Assert.That(body.Problem, Is.Null);
        Assert.That(body.Received, Is.EqualTo(packed.Length));
    }

    [TestCaseSource(nameof(All))]
    public void A_body_that_breaks_off_anywhere_is_damaged(string coding, byte[] packed)
    {
        for (var length = 1; length < packed.Length; length++)
        {
            var cut = packed[..length];
            Assert.That(async () => await ReadAsync(coding, cut), Throws.InstanceOf<InvalidDataException>(),
                $"{length} of {packed.Length} bytes");
        }
    }

    [Test]
    public void The_rest_of_a_checksum_is_not_guessed([ValueSource(nameof(Checked))] string name)
    {
        var (_, coding, pack) = Packers.Single(packer => packer.Name == name);
        for (var number = 0; number < 600; number++)
        {
            var packed = Packed(pack, Encoding.ASCII.GetBytes($"text {number}"));
            Assert.That(async () => await ReadAsync(coding, packed[..^1]), Throws.InstanceOf<InvalidDataException>(), $"{number}");
        }
    }

    private static readonly string[] Checked = ["gzip", "zlib", "bare deflate", "brotli", "zstd"];

    [TestCaseSource(nameof(All))]
    public async Task A_body_of_which_a_byte_is_wrong_is_never_another_text(string coding, byte[] packed)
    {
        if (coding is "br" or "deflate" or "zstd" && !packed.AsSpan().StartsWith("x"u8))
            return; // These have no checksum over the text, or not always.
        for (var at = 10; at < packed.Length; at++)
        {
            var wrong = (byte[])packed.Clone();
            wrong[at] ^= 0x10;
            try
            {
                Assert.That((await ReadAsync(coding, wrong)).Bytes, Is.EqualTo(Text), $"byte {at}");
            }
            catch (InvalidDataException)
            {
                // That is what it should be.
            }
        }
    }

    [Test]
    public async Task Several_members_of_gzip_are_one_text()
    {
        var packed = Packed(Packers[0].Pack);

        var body = await ReadAsync("gzip", [.. packed, .. packed]);

        Assert.That(body.Bytes, Is.EqualTo((byte[])[.. Text, .. Text]));
        Assert.That(async () => await ReadAsync("gzip", [.. packed, .. packed[..^9]]), Throws.InstanceOf<InvalidDataException>());
    }

    [TestCaseSource(nameof(All))]
    public void What_follows_the_end_of_a_body_was_not_read_and_is_damaged(string coding, byte[] packed)
    {
        foreach (var more in (byte[][])["x"u8.ToArray(), "ERROR: the disk is full\n"u8.ToArray(),
            Enumerable.Repeat((byte)7, 100_000).ToArray()])
            Assert.That(async () => await ReadAsync(coding, [.. packed, .. more]), Throws.InstanceOf<InvalidDataException>(),
                $"{more.Length}");
        if (coding is "deflate" or "br")
            Assert.That(async () => await ReadAsync(coding, [.. packed, .. packed]), Throws.InstanceOf<InvalidDataException>());
    }

    [TestCase(1)]
    [TestCase(500)]
    [TestCase(50_000)]
    public async Task Zeros_behind_gzip_only_fill_up(int zeros)
    {
        var packed = Packed(Packers[0].Pack);

        Assert.That((await ReadAsync("gzip", [.. packed, .. new byte[zeros]])).Bytes, Is.EqualTo(Text));
        Assert.That(async () => await ReadAsync("gzip", [.. packed, .. new byte[zeros], 1]), Throws.InstanceOf<InvalidDataException>());
    }

    [Test]
    public async Task Members_of_gzip_of_any_size_are_one_text_and_whole([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var (text, packed) = (new List<byte>(), new List<byte>());
        for (var member = 0; member < random.Next(1, 40); member++)
        {
            var part = new byte[random.Next(4) == 0 ? 0 : random.Next(1, 9000)];
            if (random.Next(2) == 0)
                random.NextBytes(part);
            text.AddRange(part);
            packed.AddRange(Packed(stream => new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true), part));
        }

        Assert.That((await ReadAsync("gzip", [.. packed])).Bytes, Is.EqualTo(text));
        Assert.That(async () => await ReadAsync("gzip", [.. packed[..^1]]), Throws.InstanceOf<InvalidDataException>());
        Assert.That(async () => await ReadAsync("gzip", [.. packed, 0x1f]), Throws.InstanceOf<InvalidDataException>());
    }

    [TestCase("gzip")]
    [TestCase("deflate")]
    [TestCase("br")]
    [TestCase("zstd")]
    public async Task A_body_of_nothing_is_no_text_where_it_should_be_packed(string coding)
    {
        var body = await ReadAsync(coding, []);

        Assert.That(body.Decode(), Is.EqualTo((default(string), "the body is empty, where it should be packed")));
    }

    [TestCase("compress", "the body is packed with 'compress', which is not known; gzip, deflate, br and zstd are")]
    [TestCase("gzip, rot13", "the body is packed with 'rot13', which is not known; gzip, deflate, br and zstd are")]
    [TestCase("gzip, gzip, gzip, gzip, gzip", "the body is packed 5 times over; at most 4 times are accepted")]
    public async Task What_a_body_is_packed_with_and_is_not_known_is_said(string coding, string reason)
    {
        var body = await ReadAsync(coding, Text);

        Assert.That(body.Decode(), Is.EqualTo((default(string), reason)));
    }

    [TestCase("identity")]
    [TestCase("")]
    [TestCase(" , ")]
    public async Task A_body_that_is_not_packed_is_read_as_it_is(string coding) =>
    Assert.That((await ReadAsync(coding, Text)).Bytes, Is.EqualTo(Text));

    private static Task<HttpBody> ReadAsync(string coding, byte[] packed)
    {
        var content = new ByteArrayContent(packed);
        content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        return HttpBody.ReadAsync(content, HttpBody.MaxBytes, null, _ => { }, CancellationToken.None);
    }

    private static byte[] Packed(Func<Stream, Stream> pack) => Packed(pack, Text);

    private static byte[] Packed(Func<Stream, Stream> pack, byte[] text)
    {
        using var packed = new MemoryStream();
        using (var stream = pack(packed))
            stream.Write(text);
        return packed.ToArray();
    }

    private sealed class Twice(Stream to) : MemoryStream
    {
        protected override void Dispose(bool disposing)
        {
            if (disposing && CanRead)
            {
                var inner = Packed(stream => new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true));
                using var outer = new BrotliStream(to, CompressionLevel.Optimal, leaveOpen: true);
                outer.Write(inner);
            }
            base.Dispose(disposing);
        }
    }
}
