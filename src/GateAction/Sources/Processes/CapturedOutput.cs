using System.Buffers;
using System.Text;

namespace GateAction.Sources.Processes;

/// <summary>The beginning of what a program wrote to one stream, and how much it wrote in all.</summary>
internal sealed record CapturedOutput(byte[] Bytes, long Size)
{
    public const int MaxBytes = 1024 * 1024;

    public bool IsCut => Size > Bytes.Length;

    /// <summary>What is not UTF-8 shows as U+FFFD.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Reads to the end, so that the program is never held up, and keeps the first <see cref="MaxBytes"/>.</summary>
    public static async Task<CapturedOutput> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var kept = new ArrayBufferWriter<byte>(4096);
        var buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
        var size = 0L;
        try
        {
            while (await stream.ReadAsync(buffer, cancellation) is > 0 and var read)
            {
                size += read;
                kept.Write(buffer.AsSpan(0, Math.Min(read, MaxBytes - kept.WrittenCount)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            return new(kept.WrittenSpan.ToArray(), size + 1);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return new(kept.WrittenSpan.ToArray(), size);
    }
}
