using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using GateAction.Core.Model;

namespace GateAction.Sources.Results;

/// <summary>
/// Who the cases of one file were: 61 bits of XXH3 over owner and name with the outcome, eight bytes a case, and of the first cases, until
/// a budget is reached, the names themselves in UTF-8.
/// </summary>
/// <param name="fileLength">How many bytes the names can hardly outgrow; a small file takes little room.</param>
internal sealed class TestIndex(long fileLength)
{
    private const int ChunkBytes = 256 << 10;
    private const int LengthBytes = sizeof(ushort);

    // Five outcomes need three bits. Of the 61 that are left two of 150,000 cases share theirs once in 200 million runs.
    private const ulong OutcomeBits = 7;

    private readonly ChunkedList _entries = new();
    private readonly List<byte[]> _chunks = [];
    private readonly List<(int Chunk, int Offset)> _names = [];
    private readonly List<(int From, string Owner)> _owners = [];
    private byte[] _chunk = [];
    private int _used;
    private int _kept;
    private string _owner = "";
    private ulong _ownerHash = HashOf(0, []);

    public int Count => _entries.Count;

    /// <summary>False once the names outgrew the budget: of the cases that follow only hashes are kept.</summary>
    public bool HasNames { get; private set; } = true;

    /// <summary>One entry a case in the file's order; see <see cref="IdentityOf(ulong)"/> and <see cref="OutcomeOf"/>.</summary>
    public ChunkedList Entries => _entries;

    /// <summary>The hash; its low three bits are zero.</summary>
    public static ulong IdentityOf(ulong entry) => entry & ~OutcomeBits;

    public static ulong IdentityOf(TestCase test) =>
        IdentityOf(HashOf(HashOf(0, Encoding.UTF8.GetBytes(test.Owner)), Encoding.UTF8.GetBytes(test.Name)));

    public static TestOutcome OutcomeOf(ulong entry) => (TestOutcome)(entry & OutcomeBits);

    public void Add(string owner, ReadOnlySpan<char> name, TestOutcome outcome)
    {
        // FileTally gives one object for all cases of a suite; a second one of the same text is hashed once more, and no harm is done.
        if (!ReferenceEquals(owner, _owner))
            Enter(owner);
        var length = Write(name);
        _entries.Add((HashOf(_ownerHash, _chunk.AsSpan(_used + LengthBytes, length)) & ~OutcomeBits) | (ulong)outcome);
        if (!HasNames)
            return;
        BinaryPrimitives.WriteUInt16LittleEndian(_chunk.AsSpan(_used), (ushort)length);
        _names.Add((_chunks.Count - 1, _used));
        _used += LengthBytes + length;
    }

    /// <summary>The full name of the case at the index, or null where it was not kept.</summary>
    public string? NameOf(int index)
    {
        if (index >= _names.Count)
            return null;
        var name = _chunks[_names[index].Chunk].AsSpan(_names[index].Offset);
        return TestCase.Qualify(OwnerOf(index),
            Encoding.UTF8.GetString(name.Slice(LengthBytes, BinaryPrimitives.ReadUInt16LittleEndian(name))));
    }

    // The owner's hash is the seed, so that "a.b" of "c" and "b" of "c.a" differ. XXH3 gives the same in every run and on every machine.
    private static ulong HashOf(ulong owner, ReadOnlySpan<byte> name) => XxHash3.HashToUInt64(name, (long)owner);

    private void Enter(string owner)
    {
        _owner = owner;
        var length = Write(owner);
        _ownerHash = HashOf(0, _chunk.AsSpan(_used + LengthBytes, length));
        if (HasNames)
            _owners.Add((_entries.Count, owner));
    }

    private int Write(ReadOnlySpan<char> text)
    {
        var most = LengthBytes + Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_chunk.Length - _used < most)
            MakeRoom(most);
        return Encoding.UTF8.GetBytes(text, _chunk.AsSpan(_used + LengthBytes));
    }

    // Past the budget one chunk serves for a name at a time.
    private void MakeRoom(int most)
    {
        var size = Math.Max(most, (int)Math.Min(fileLength, ChunkBytes));
        HasNames = HasNames && most <= ushort.MaxValue && _kept + size <= ResultLimits.NameBytes;
        _chunk = GC.AllocateUninitializedArray<byte>(size);
        _used = 0;
        if (!HasNames)
            return;
        _chunks.Add(_chunk);
        _kept += size;
    }

    private string OwnerOf(int index)
    {
        var (low, high) = (0, _owners.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _owners[middle].From <= index ? (middle, high) : (low, middle - 1);
        }
        return _owners.Count > 0 && _owners[low].From <= index ? _owners[low].Owner : "";
    }
}
