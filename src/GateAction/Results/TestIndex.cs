using System.Text;
using GateAction.Core;

namespace GateAction.Results;

/// <summary>
/// Who the cases of one file were: a stable 61-bit hash of owner and name with the outcome, eight bytes a case, and the names themselves in UTF-8
/// until a budget is reached.
/// </summary>
/// <param name="fileLength">How many bytes the names can hardly outgrow: room for them is reserved at once, and only what is written is touched.</param>
internal sealed class TestIndex(long fileLength)
{
    private const int BytesPerCase = 256;
    private const ulong OutcomeBits = 7;
    private readonly ChunkedList _entries = new();
    private readonly List<int> _starts = new((int)Math.Min(fileLength, Limits.NameBytes) / BytesPerCase);
    private readonly List<(int From, string Owner)> _owners = [];
    private byte[] _names = GC.AllocateUninitializedArray<byte>((int)Math.Min(fileLength, Limits.NameBytes));
    private int _used;
    private string _owner = "";
    private ulong _ownerHash = Identity.Of(0, []);

    public int Count => _entries.Count;

    /// <summary>False once the names outgrew the budget: only hashes are complete then.</summary>
    public bool HasNames { get; private set; } = true;

    /// <summary>One entry a case in the file's order; see <see cref="IdentityOf(ulong)"/> and <see cref="OutcomeOf"/>.</summary>
    public ChunkedList Entries => _entries;

    /// <summary>The hash; its low three bits are zero.</summary>
    public static ulong IdentityOf(ulong entry) => entry & ~OutcomeBits;

    public static ulong IdentityOf(TestCase test) =>
        IdentityOf(Identity.Of(Identity.Of(0, Encoding.UTF8.GetBytes(test.Owner)), Encoding.UTF8.GetBytes(test.Name)));

    public static TestOutcome OutcomeOf(ulong entry) => (TestOutcome)(entry & OutcomeBits);

    public void Add(string owner, ReadOnlySpan<char> name, TestOutcome outcome)
    {
        if (!ReferenceEquals(owner, _owner))
            Enter(owner);
        var length = Write(name);
        _entries.Add((Identity.Of(_ownerHash, _names.AsSpan(_used, length)) & ~OutcomeBits) | (ulong)outcome);
        if (!HasNames)
            return;
        _starts.Add(_used);
        _used += length;
    }

    /// <summary>The full name of the case at the index, or null where it was not kept.</summary>
    public string? NameOf(int index)
    {
        if (!HasNames)
            return null;
        var end = index + 1 < _starts.Count ? _starts[index + 1] : _used;
        return TestCase.Qualify(OwnerOf(index), Encoding.UTF8.GetString(_names, _starts[index], end - _starts[index]));
    }

    private void Enter(string owner)
    {
        _owner = owner;
        _ownerHash = Identity.Of(0, _names.AsSpan(_used, Write(owner)));
        if (HasNames)
            _owners.Add((_entries.Count, owner));
    }

    private int Write(ReadOnlySpan<char> text)
    {
        int length;
        while (!Encoding.UTF8.TryGetBytes(text, _names.AsSpan(_used), out length))
            Grow(text.Length * 3);
        return length;
    }

    // Past the budget the names are given up, and the room serves for one name at a time.
    private void Grow(int most)
    {
        var wanted = Math.Max(_names.Length * 2L, _used + most);
        if (HasNames && wanted <= Limits.NameBytes)
        {
            Array.Resize(ref _names, (int)wanted);
            return;
        }
        HasNames = false;
        _names = new byte[Math.Max(most, 1024)];
        _used = 0;
        _owners.Clear();
        _starts.Clear();
        _starts.TrimExcess();
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
