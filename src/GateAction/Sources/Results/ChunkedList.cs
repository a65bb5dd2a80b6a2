namespace GateAction.Sources.Results;

/// <summary>A list of numbers that grows without copying what it holds: a million cases leave no garbage behind.</summary>
internal sealed class ChunkedList
{
    private const int ChunkBits = 15;
    private const int FirstChunk = 64;
    private readonly List<ulong[]> _chunks = [];

    public int Count { get; private set; }

    public ulong this[int index] => _chunks[index >> ChunkBits][index & ((1 << ChunkBits) - 1)];

    /// <summary>All of them in order, in arrays: reading them so is several times faster than one by one.</summary>
    public IEnumerable<ArraySegment<ulong>> Chunks =>
        _chunks.Select((chunk, i) => new ArraySegment<ulong>(chunk, 0, Math.Min(chunk.Length, Count - (i << ChunkBits))));

    public void Add(ulong value)
    {
        var (chunk, offset) = (Count >> ChunkBits, Count & ((1 << ChunkBits) - 1));
        if (chunk == _chunks.Count)
            // The first one grows from 64 numbers: a run may have thousands of small files, and a whole chunk is 256 KiB.
            _chunks.Add(new ulong[chunk == 0 ? FirstChunk : 1 << ChunkBits]);
        if (offset == _chunks[chunk].Length)
            GrowFirst();
        _chunks[chunk][offset] = value;
        Count++;
    }

    private void GrowFirst()
    {
        var first = _chunks[0];
        Array.Resize(ref first, first.Length * 2);
        _chunks[0] = first;
    }
}
