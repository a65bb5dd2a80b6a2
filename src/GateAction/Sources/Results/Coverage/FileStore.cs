using System.Text;

namespace GateAction.Sources.Results.Coverage;

/// <summary>
/// Source files by name with what is packed of each. A report can name a million: neither a name nor a file's lines are objects here, they
/// lie one after another in large blocks.
/// </summary>
internal sealed class FileStore
{
    private readonly ByteBlocks _names = new();
    private ByteBlocks _lines = new();
    private readonly ChunkedList _nameAt = new();
    private readonly FileCoverage _merged = new();
    private readonly PackedBytes _packed = new();
    private ulong[] _linesAt = [];
    private int[] _slots = new int[64];

    public int Count => _nameAt.Count;

    public string NameOf(int file) => Encoding.UTF8.GetString(_names[_nameAt[file]]);

    public ReadOnlySpan<byte> LinesOf(int file) => _lines[_linesAt[file]];

    /// <summary>The number of the file, or -1.</summary>
    public int Find(string name) => Find(Encoding.UTF8.GetBytes(name), out _);

    public int FindOrAdd(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        var found = Find(bytes, out var slot);
        if (found >= 0)
            return found;
        var file = Count;
        _nameAt.Add(_names.Add(bytes));
        if (file == _linesAt.Length)
            Array.Resize(ref _linesAt, Math.Max(64, file * 3 / 2));
        _linesAt[file] = 0;
        // 0 is an empty slot.
        _slots[slot] = file + 1;
        if (Count * 2 > _slots.Length)
            Grow();
        return file;
    }

    /// <summary>Takes over where the other's lines lie, without copying them; only into a store without files.</summary>
    public void ShareLines(FileStore other) => _lines = other._lines;

    /// <summary>Adds the lines of another store's file; where the store shares its lines and knows none of the file, nothing is
    /// copied.</summary>
    public void Add(int file, FileStore other, int otherFile)
    {
        if (_linesAt[file] == 0 && ReferenceEquals(_lines, other._lines))
        {
            _linesAt[file] = other._linesAt[otherFile];
            return;
        }
        _merged.Clear();
        if (_linesAt[file] != 0)
            _merged.Add(LinesOf(file));
        _merged.Add(other.LinesOf(otherFile));
        Pack(file, _merged);
    }

    /// <summary>Adds lines to those that are known of the file.</summary>
    public void Add(int file, FileCoverage coverage)
    {
        if (_linesAt[file] != 0)
            coverage.Add(LinesOf(file));
        Pack(file, coverage);
    }

    private void Pack(int file, FileCoverage coverage)
    {
        _packed.Clear();
        coverage.WriteTo(_packed);
        _linesAt[file] = _lines.Replace(_linesAt[file], _packed.Bytes);
    }

    private int Find(ReadOnlySpan<byte> name, out int slot)
    {
        for (slot = Slot(name); _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            if (_names[_nameAt[_slots[slot] - 1]].SequenceEqual(name))
                return _slots[slot] - 1;
        }
        return -1;
    }

    private int Slot(ReadOnlySpan<byte> name)
    {
        var hash = default(HashCode);
        hash.AddBytes(name);
        return hash.ToHashCode() & (_slots.Length - 1);
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        for (var file = 0; file < Count; file++)
        {
            var slot = Slot(_names[_nameAt[file]]);
            while (_slots[slot] != 0)
                slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = file + 1;
        }
    }
}

/// <summary>A buffer that numbers are packed into, seven bits a byte.</summary>
internal sealed class PackedBytes
{
    private byte[] _bytes = new byte[4096];
    private int _length;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void Add(byte value)
    {
        if (_length == _bytes.Length)
            Array.Resize(ref _bytes, _length * 2);
        _bytes[_length++] = value;
    }

    public void AddNumber(ulong number)
    {
        for (; number >= 0x80; number >>= 7)
            Add((byte)(number | 0x80));
        Add((byte)number);
    }
}
