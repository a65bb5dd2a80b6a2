using System.Buffers.Binary;
using System.IO.Hashing;

namespace GateAction.Http;

/// <summary>
/// Finds where the members of gzip end (RFC 1952, 2.2): the decoder of .NET does not tell, and takes what follows the last one for nothing.
/// A member ends with the checksum and the length of its text, which are known once the text was unpacked.
/// </summary>
internal sealed class GzipMembers
{
    private const int TrailerBytes = 8;

    // More than the decoder reads ahead, and what may be padding.
    private const int MostKept = 64 * 1024;
    private readonly Crc32 _checksum = new();
    private readonly PooledBytes _packed = new();
    private uint _length;

    private long _since;

    /// <summary>True while what follows the last member that was found may be padding.</summary>
    public bool IsShort => _since <= MostKept;

    public void Packed(ReadOnlySpan<byte> bytes)
    {
        _since += bytes.Length;
        _packed.Append(bytes);
        if (_packed.Span.Length > 2 * MostKept)
            _packed.Drop(_packed.Span.Length - MostKept);
    }

    /// <param name="text">Of one member: the decoder gives no text of two at once.</param>
    public void Unpacked(ReadOnlySpan<byte> text)
    {
        // The text of the next member has begun, so the one before it has ended: its trailer lies in what was packed since.
        if (_length > 0)
            FindEnd();
        _checksum.Append(text);
        _length += (uint)text.Length;
        FindEnd();
    }

    /// <summary>True if the last member is whole and nothing but zeros follows it, with which some programs fill up a block.</summary>
    public bool Finish()
    {
        // Members without a text end unseen.
        while (FindEnd())
        {
        }
        var isOver = _length == 0 && _packed.Span.IndexOfAnyExcept((byte)0) < 0;
        _packed.Release();
        return isOver;
    }

    private bool FindEnd()
    {
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _checksum.GetCurrentHashAsUInt32());
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], _length);
        // Eight bytes that equal checksum and length by chance before the true end: one in 2^64 for each place that is looked at.
        var at = _packed.Span.IndexOf(trailer);
        if (at < 0)
            return false;
        _packed.Drop(at + TrailerBytes);
        _checksum.Reset();
        (_length, _since) = (0, 0);
        return true;
    }
}
