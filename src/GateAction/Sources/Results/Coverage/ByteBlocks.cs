namespace GateAction.Sources.Results.Coverage;

/// <summary>Pieces of bytes in blocks that never move. The place of a piece is one number, never 0: its block, where it begins there, its
/// length.</summary>
internal sealed class ByteBlocks
{
    private const int OffsetBits = 20;
    private const int LengthBits = 28;
    private const int BlockLength = 1 << OffsetBits;
    private const int MostLength = (1 << LengthBits) - 1;
    private readonly List<byte[]> _blocks = [];
    private int _used = BlockLength;

    public ReadOnlySpan<byte> this[ulong place] => Span(place);

    public ulong Add(ReadOnlySpan<byte> piece)
    {
        if (piece.Length > MostLength)
            throw new FormatFaultException($"the lines of one source file take {piece.Length} bytes; at most {MostLength} are read", 0);
        if (_used == BlockLength || _used + piece.Length > BlockLength)
        {
            // A piece that is longer than a block has one for itself; no other follows in it, so that 20 bits are enough for a beginning.
            _blocks.Add(new byte[Math.Max(BlockLength, piece.Length)]);
            _used = 0;
        }
        piece.CopyTo(_blocks[^1].AsSpan(_used));
        var place = ((ulong)_blocks.Count << (OffsetBits + LengthBits)) | ((ulong)_used << LengthBits) | (uint)piece.Length;
        _used = Math.Min(_used + piece.Length, BlockLength);
        return place;
    }

    /// <summary>Puts a piece in the place of another, or elsewhere where it is longer.</summary>
    public ulong Replace(ulong place, ReadOnlySpan<byte> piece)
    {
        if (place == 0 || Length(place) < piece.Length)
            return Add(piece);
        piece.CopyTo(Span(place));
        return place - (ulong)Length(place) + (ulong)piece.Length;
    }

    private static int Length(ulong place) => (int)(place & MostLength);

    private Span<byte> Span(ulong place) =>
        _blocks[(int)(place >> (OffsetBits + LengthBits)) - 1].AsSpan((int)(place >> LengthBits) & (BlockLength - 1), Length(place));
}
