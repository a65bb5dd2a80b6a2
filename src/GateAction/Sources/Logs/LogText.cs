using System.Text;
using GateAction.Http;

namespace GateAction.Sources.Logs;

/// <summary>The text of a log file: UTF-8 or UTF-16, with or without a byte order mark, or gzip of it, as rotated logs are.</summary>
internal static class LogText
{
    private const int Looked = 512;
    private const int BufferSize = 64 * 1024;

    /// <summary>Reading throws <see cref="InvalidDataException"/> if what is packed is damaged or breaks off.</summary>
    public static StreamReader Open(FileStream file)
    {
        var begin = new byte[Looked];
        var length = file.ReadAtLeast(begin, Looked, throwOnEndOfStream: false);
        file.Position = 0;
        return begin is [0x1f, 0x8b, ..]
            ? new StreamReader(new WaitingStream(UnpackedStream.Gzip(file)), bufferSize: BufferSize)
            : new StreamReader(file, EncodingOf(begin.AsSpan(0, length)), detectEncodingFromByteOrderMarks: true, BufferSize);
    }

    // Some programs of Windows write UTF-16 without saying so: then every other byte of what is mostly ASCII is zero.
    private static Encoding EncodingOf(ReadOnlySpan<byte> begin) =>
        IsWide(begin, zero: 1) ? Encoding.Unicode
        : IsWide(begin, zero: 0) ? Encoding.BigEndianUnicode
        : Encoding.UTF8;

    /// <param name="begin">The first bytes of the file.</param>
    /// <param name="zero">The place of the byte that is zero in each pair of an ASCII character: 0 or 1.</param>
    private static bool IsWide(ReadOnlySpan<byte> begin, int zero)
    {
        var ascii = 0;
        for (var i = 0; i + 1 < begin.Length; i += 2)
        {
            var (high, low) = (begin[i + zero], begin[i + 1 - zero]);
            // Anything may be half of a character, but ASCII in a text is no control character: then it is something packed.
            if (high == 0 && low is < (byte)' ' and not ((byte)'\t' or (byte)'\r' or (byte)'\n' or 0x1b))
                return false;
            ascii += high == 0 ? 1 : 0;
        }
        return ascii > begin.Length / 4;
    }

    // Lines are read one after the other on a thread of their own.
    private sealed class WaitingStream(Stream inner) : ReadOnlyStream
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }

    /// <summary>What begins a file of zstd, xz, bzip2 or zip and may go on without a zero byte before the first line end.</summary>
    public static bool IsPacked(ReadOnlySpan<char> line) =>
        line.StartsWith("\u001f") || line.StartsWith("BZh") || line.StartsWith("PK\u0003\u0004") || line.StartsWith("\ufffd7zXZ")
        || line.StartsWith("(\ufffd/\ufffd");
}
