using System.Runtime.InteropServices;
using System.Text;
using GateAction.Core;

namespace GateAction.Results;

/// <summary>
/// Who the cases of one file were: a stable 61-bit hash of each name with its outcome, eight bytes a case, and the names themselves in UTF-8 until a
/// budget is reached.
/// </summary>
internal sealed class TestIndex
{
    private const int OffsetBits = 18;
    private const int FirstChunk = 1 << 11;
    private const ulong OutcomeBits = 7;
    private readonly List<ulong> _entries = [];
    private readonly List<int> _names = [];
    private readonly List<byte[]> _chunks = [];
    private int _used;
    private long _bytes;

    public int Count => _entries.Count;

    /// <summary>False once the names outgrew the budget: only hashes are complete then.</summary>
    public bool HasNames { get; private set; } = true;

    /// <summary>One entry a case in the file's order; see <see cref="IdentityOf"/> and <see cref="OutcomeOf"/>.</summary>
    public ReadOnlySpan<ulong> Entries => CollectionsMarshal.AsSpan(_entries);

    /// <summary>The hash; its low three bits are zero.</summary>
    public static ulong IdentityOf(ulong entry) => entry & ~OutcomeBits;

    public static TestOutcome OutcomeOf(ulong entry) => (TestOutcome)(entry & OutcomeBits);

    public static ulong Entry(ulong identity, TestOutcome outcome) => (identity & ~OutcomeBits) | (ulong)outcome;

    public void Add(string suite, string name, TestOutcome outcome)
    {
        _entries.Add(Entry(Identity.Of(suite, name), outcome));
        if (HasNames)
            AddName(suite, name);
    }

    /// <summary>The full name of the case at the index, or null where it was not kept.</summary>
    public string? NameOf(int index)
    {
        if (!HasNames)
            return null;
        var bytes = _chunks[_names[index] >> OffsetBits].AsSpan(_names[index] & ((1 << OffsetBits) - 1));
        return Encoding.UTF8.GetString(bytes[..bytes.IndexOf((byte)0)]);
    }

    private void AddName(string suite, string name)
    {
        var isWhole = suite.Length == 0 || name.StartsWith(suite, StringComparison.Ordinal);
        var most = (name.Length + (isWhole ? 0 : suite.Length + 1)) * 3 + 1;
        if (!Reserve(most))
        {
            HasNames = false;
            _names.Clear();
            _chunks.Clear();
            return;
        }
        var chunk = _chunks[^1];
        _names.Add(((_chunks.Count - 1) << OffsetBits) | _used);
        if (!isWhole)
        {
            _used += Encoding.UTF8.GetBytes(suite, chunk.AsSpan(_used));
            chunk[_used++] = (byte)'.';
        }
        _used += Encoding.UTF8.GetBytes(name, chunk.AsSpan(_used));
        chunk[_used++] = 0;
    }

    private bool Reserve(int most)
    {
        if (most > 1 << OffsetBits)
            return false;
        if (_chunks.Count > 0 && _used + most <= _chunks[^1].Length)
            return true;
        var grown = Math.Min(_chunks.Count == 0 ? FirstChunk : _chunks[^1].Length * 2, 1 << OffsetBits);
        var length = Math.Max(grown, most);
        _bytes += length;
        if (_bytes > Limits.NameBytes)
            return false;
        _chunks.Add(new byte[length]);
        _used = 0;
        return true;
    }
}
