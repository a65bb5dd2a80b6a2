using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using GateAction.Cel;

namespace GateAction.Http;

/// <summary>An answer's body after decompression, and how large it was.</summary>
/// <param name="Bytes">The whole; none where it is larger than what was to be kept.</param>
/// <param name="Size">Bytes read; where <paramref name="IsCut"/>, the body is larger.</param>
/// <param name="IsCut">True where the body is larger than <paramref name="Limit"/>: nothing was read beyond.</param>
internal sealed record HttpBody(byte[] Bytes, long Size, bool IsCut, string? Charset, int Limit = HttpBody.MaxBytes)
{
    public const int MaxBytes = 1024 * 1024;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The JSON of a body of which only a part was kept; null where nobody reads it.</summary>
    public JsonSieve? Json { get; private init; }

    /// <summary>True where the bytes were not kept.</summary>
    public bool IsPartial => Bytes.Length < Size;

    /// <summary>Reads while it counts, so that neither a large body nor a small one that unpacks to a large one costs memory.</summary>
    /// <param name="keepBytes">What is kept; where it is more than <see cref="MaxBytes"/> it is the limit too.</param>
    /// <param name="jsonUse">What is read of the body as JSON, also where it is larger than <paramref name="keepBytes"/>.</param>
    public static async Task<HttpBody> ReadAsync(HttpContent content, int keepBytes, FactUse? jsonUse, Action<long> onProgress, CancellationToken cancellation)
    {
        var charset = content.Headers.ContentType?.CharSet?.Trim('"', '\'', ' ');
        if (jsonUse is not null && !IsUtf8(charset))
            keepBytes = Math.Max(keepBytes, MaxBytes);
        JsonSieve? sieve = null;
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var kept = new PooledBytes();
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        var size = 0L;
        var limit = Math.Max(MaxBytes, keepBytes);
        try
        {
            while (size <= limit && await stream.ReadAsync(buffer, cancellation) is > 0 and var read)
            {
                size += read;
                onProgress(size);
                if (size <= keepBytes)
                    kept.Append(buffer.AsSpan(0, read));
                else if (jsonUse is not null && size <= limit)
                    (sieve ??= Begin(jsonUse, kept)).Write(buffer.AsSpan(0, read));
            }
            return new HttpBody(kept.Span.Length == size ? kept.Span.ToArray() : [], size, size > limit, charset, limit) { Json = sieve };
        }
        finally
        {
            kept.Release();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static JsonSieve Begin(FactUse use, PooledBytes begin)
    {
        var sieve = new JsonSieve(use);
        sieve.Write(begin.Span);
        begin.Release();
        return sieve;
    }

    private static bool IsUtf8([NotNullWhen(false)] string? charset) => charset is null or "" || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    /// <summary>The text, or why there is none.</summary>
    public (string? Text, string? Reason) Decode()
    {
        if (IsCut)
            return (null, $"the body is larger than {Limit / 1024} KiB and was cut");
        if (IsPartial)
            return (null, $"the body of {Size} bytes was not kept, because no condition reads it");
        try
        {
            var encoding = IsUtf8(Charset) ? StrictUtf8 : StrictEncoding(Charset);
            var text = encoding.GetString(Bytes);
            return (text.Length > 0 && text[0] == '\uFEFF' ? text[1..] : text, null);
        }
        catch (ArgumentException exception) when (exception is not DecoderFallbackException)
        {
            return (null, $"the charset '{Charset}' of the body is not known");
        }
        catch (DecoderFallbackException)
        {
            return (null, $"the body is not text in {(Charset is null or "" ? "utf-8" : $"the charset '{Charset}' that it declares")}");
        }
    }

    private static Encoding StrictEncoding(string charset) =>
        Encoding.GetEncoding(charset, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
}
