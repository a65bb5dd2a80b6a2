using System.Text;

namespace GateAction.Sources.Results.Reading;

/// <summary>
/// Decoded text as a stream of UTF-8: the runtime's XML reader takes bytes faster than characters, and more of them at a time. What is
/// clean UTF-8 in the file, as almost all is, is handed on as it stands.
/// </summary>
internal sealed class Utf8Text(DecodingReader text, long length) : Stream
{
    private const int LongestTag = 8 * 1024 * 1024;
    private readonly char[] _chars = new char[4096];
    private readonly byte[] _encoded = new byte[Encoding.UTF8.GetMaxByteCount(4096)];
    private int _start;
    private int _end;
    private bool _hasBegun;
    private long _sinceTag;
    private bool _isBehindTag = true;
    private byte _afterTag;
    private long _allocated;

    public override bool CanRead => true;

    // Nothing seeks in it; the XML reader asks the length of what can, and takes a larger buffer.
    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        CheckTag();
        var read = Give(buffer);
        var tag = buffer[..read].LastIndexOf((byte)'<');
        _sinceTag = tag < 0 ? _sinceTag + read : read - tag;
        _isBehindTag = tag >= 0;
        if (tag >= 0)
            _afterTag = 0;
        // Where '<' was the last byte of a block, what follows it is the first of the next.
        if (_afterTag == 0 && tag + 1 < read)
            _afterTag = buffer[tag + 1];
        return read;
    }

    /// <summary>The XML reader holds a tag whole, and takes memory for it; a long text it gives piece by piece. No '&lt;' stands within
    /// either, but in CDATA and comments, which begin with '!'.</summary>
    private void CheckTag()
    {
        if (_isBehindTag)
            _allocated = GC.GetAllocatedBytesForCurrentThread();
        else if (_sinceTag > LongestTag && _afterTag is not ((byte)'!' or (byte)'?')
            && GC.GetAllocatedBytesForCurrentThread() - _allocated > LongestTag)
            throw new FormatFaultException($"the file has a tag of more than {LongestTag / 1024 / 1024} MiB, which is not read", 0);
    }

    private int Give(Span<byte> buffer)
    {
        if (_start == _end)
        {
            var clean = text.TakeClean(buffer.Length);
            clean.CopyTo(buffer);
            if (clean.Length > 0)
                return clean.Length;
            Encode();
        }
        var encoded = _encoded.AsSpan(_start, Math.Min(_end - _start, buffer.Length));
        encoded.CopyTo(buffer);
        _start += encoded.Length;
        return encoded.Length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Encode()
    {
        var chars = _chars.AsSpan(0, text.Read(_chars));
        if (!_hasBegun)
            TextEncoding.BlankDeclared(chars);
        _hasBegun = true;
        (_start, _end) = (0, Encoding.UTF8.GetBytes(chars, _encoded));
    }
}
