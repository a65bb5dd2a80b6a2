using System.Buffers;
using System.IO.Hashing;
using System.Text;
using GateAction.Cel;

namespace GateAction.Http;

/// <summary>An answer's body after decompression, and how large it was.</summary>
/// <param name="Bytes">The whole; none if it is larger than what was to be kept.</param>
/// <param name="Size">Bytes read; if <paramref name="IsCut"/>, the body is larger.</param>
/// <param name="IsCut">True if the body is larger than <paramref name="Limit"/>: nothing was read beyond.</param>
internal sealed record HttpBody(byte[] Bytes, long Size, bool IsCut, string? Charset, int Limit = HttpBody.MaxBytes)
{
    public const int MaxBytes = 1024 * 1024;

    /// <summary>The JSON of a body of which only a part was kept; null if nobody reads it.</summary>
    public JsonSieve? Json { get; private init; }

    /// <summary>Why nothing can be read of the body; null if it can.</summary>
    public string? Problem { get; init; }

    /// <summary>True for HTML and XML, which may say within themselves what they are written in.</summary>
    public bool IsMarkup { get; private init; }

    /// <summary>Bytes that came, before they were unpacked.</summary>
    public long Received { get; private init; }

    /// <summary>Of all bytes, also of those that were not kept.</summary>
    public UInt128 Digest { get; private init; }

    /// <summary>True if the bytes were not kept.</summary>
    public bool IsPartial => Bytes.Length < Size;

    /// <summary>
    /// Reads while it counts, so that neither a large body nor a small one that unpacks to a large one costs memory. Throws
    /// <see cref="InvalidDataException"/> if what the body is packed in is damaged or breaks off.
    /// </summary>
    /// <param name="keepBytes">What is kept; if it is more than <see cref="MaxBytes"/> it is the limit too.</param>
    /// <param name="jsonUse">What is read of the body as JSON, also if it is larger than <paramref name="keepBytes"/>.</param>
    public static async Task<HttpBody> ReadAsync(HttpContent content, int keepBytes, FactUse? jsonUse, Action<long> onProgress,
        CancellationToken cancellation)
    {
        var charset = Charsets.DeclaredIn(content.Headers);
        // The sieve reads UTF-8 alone, so that a body in another charset has to be kept and decoded as a whole.
        if (jsonUse is not null && Charsets.Find(charset) != Charsets.Utf8)
            keepBytes = Math.Max(keepBytes, MaxBytes);
        var codings = ContentCodings.Of(content);
        var packed = new CountedStream(await content.ReadAsStreamAsync(cancellation));
        await using var stream = codings.Problem is null ? codings.Unpack(packed) : packed;
        var gathered = new Gathered(codings.Problem is null ? keepBytes : 0, codings.Problem is null ? jsonUse : null);
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            // One read beyond the limit, and no more: that is how it is known that there is more.
            while (gathered.Size <= gathered.Limit && await stream.ReadAsync(buffer, cancellation) is > 0 and var read)
            {
                gathered.Add(buffer.AsSpan(0, read));
                onProgress(gathered.Size);
            }
            var problem = codings.Problem
                ?? (!codings.IsNone && gathered.Size == 0 && packed.Count == 0 ? "the body is empty, where it should be packed" : null);
            return gathered.ToBody(charset) with
            {
                Received = packed.Count,
                Problem = problem,
                IsMarkup = Charsets.IsMarkup(content.Headers),
            };
        }
        finally
        {
            gathered.Release();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The text, or why there is none.</summary>
    public (string? Text, string? Reason) Decode()
    {
        if (Problem is not null)
            return (null, Problem);
        if (IsCut)
            return (null, $"the body is larger than {Limit / 1024} KiB and was cut");
        if (IsPartial)
            return (null, $"the body of {Size} bytes was not kept, because no condition reads it");
        var within = Charset is null && IsMarkup ? Charsets.FindIn(Bytes) : null;
        if ((within ?? Charsets.Find(Charset)) is not { } encoding)
            return (null, $"the charset '{Charset}' of the body is not known");
        try
        {
            return (Charsets.Decode(Bytes, encoding), null);
        }
        catch (DecoderFallbackException)
        {
            var declared = Charset ?? within?.WebName;
            return (null, $"the body is not text in {(declared is null ? "utf-8" : $"the charset '{declared}' that it declares")}");
        }
    }

    /// <summary>What is kept of a body while it is read.</summary>
    private sealed class Gathered(int keepBytes, FactUse? jsonUse)
    {
        private readonly PooledBytes _kept = new();
        private readonly XxHash128 _digest = new();
        private JsonSieve? _sieve;

        public int Limit { get; } = Math.Max(MaxBytes, keepBytes);

        public long Size { get; private set; }

        public void Add(ReadOnlySpan<byte> bytes)
        {
            Size += bytes.Length;
            _digest.Append(bytes);
            if (Size <= keepBytes)
                _kept.Append(bytes);
            else if (jsonUse is not null && Size <= Limit)
                (_sieve ??= Begin(jsonUse)).Write(bytes);
        }

        public HttpBody ToBody(string? charset) =>
            new(_kept.Span.Length == Size ? _kept.Span.ToArray() : [], Size, Size > Limit, charset, Limit)
            { Json = _sieve, Digest = _digest.GetCurrentHashAsUInt128() };

        public void Release() => _kept.Release();

        private JsonSieve Begin(FactUse use)
        {
            var sieve = new JsonSieve(use);
            sieve.Write(_kept.Span);
            _kept.Release();
            return sieve;
        }
    }
}
