using System.Diagnostics.CodeAnalysis;

namespace GateAction.Cel.Values;

/// <summary>
/// The entries of a CEL map in their order; facts have string keys, an expression's maps may have bool, int and uint keys too.
/// Numbers that are equal are one key, whatever their types.
/// </summary>
public sealed class ValueMap
{
    // Maps of facts are small: to look at a few names costs less than to hash one.
    private const int ScanLimit = 8;

    private readonly List<KeyValuePair<Value, Value>> _entries;
    private readonly Dictionary<Value, int>? _index;

    /// <summary>Where a key comes twice, the later entry replaces the earlier one.</summary>
    public ValueMap(IEnumerable<(string Key, Value Value)> entries)
    {
        _entries = new(entries.TryGetNonEnumeratedCount(out var count) ? count : ScanLimit);
        foreach (var (key, value) in entries)
            _entries.Add(new(Value.String(key), value));
        if (_entries.Count > ScanLimit)
            _index = new(_entries.Count, ValueKeys.Comparer);
        var kept = 0;
        for (var next = 0; next < _entries.Count; next++)
        {
            var entry = _entries[next];
            var at = IndexOf(entry.Key, kept);
            if (at < 0)
            {
                at = kept++;
                _index?.Add(entry.Key, at);
            }
            _entries[at] = entry;
        }
        _entries.RemoveRange(kept, _entries.Count - kept);
    }

    /// <param name="entries">No two of the same key.</param>
    public ValueMap(IEnumerable<KeyValuePair<Value, Value>> entries)
    {
        _entries = entries as List<KeyValuePair<Value, Value>> ?? [.. entries];
        HasWithheldKeys = _entries.Exists(entry => entry.Key.IsWithheld);
        if (_entries.Count <= ScanLimit)
            return;
        _index = new(_entries.Count, ValueKeys.Comparer);
        for (var i = 0; i < _entries.Count; i++)
            _index.Add(_entries[i].Key, i);
    }

    /// <summary>True if names are masked: then nobody knows which others there are.</summary>
    public bool HasWithheldKeys { get; }

    /// <summary>The same keys with other values.</summary>
    public ValueMap With(Func<Value, Value, Value> change) =>
        new(_entries.ConvertAll(entry => KeyValuePair.Create(entry.Key, change(entry.Key, entry.Value))));

    public int Count => _entries.Count;

    public IReadOnlyList<KeyValuePair<Value, Value>> Entries => _entries;

    public bool TryGet(string key, out Value value)
    {
        if (_index is not null)
            return TryGet(Value.String(key), out value);
        foreach (var entry in _entries)
        {
            if (entry.Key.Kind == ValueKind.String && entry.Key.AsString == key && !entry.Key.IsWithheld)
            {
                value = entry.Value;
                return true;
            }
        }
        value = default;
        return false;
    }

    public bool TryGet(Value key, out Value value)
    {
        var index = IndexOf(key, _entries.Count);
        value = index < 0 ? default : _entries[index].Value;
        return index >= 0;
    }

    /// <summary>Returns false, and the key that comes twice, where there is one.</summary>
    internal static bool TryCreate(
        List<KeyValuePair<Value, Value>> entries,
        [NotNullWhen(true)] out ValueMap? map,
        out Value duplicate)
    {
        var seen = new HashSet<Value>(entries.Count, ValueKeys.Comparer);
        foreach (var entry in entries)
        {
            if (seen.Add(entry.Key))
                continue;
            (map, duplicate) = (null, entry.Key);
            return false;
        }
        (map, duplicate) = (new ValueMap(entries), default);
        return true;
    }

    /// <param name="scanned">How many of the entries are looked at if there is no index.</param>
    private int IndexOf(Value key, int scanned)
    {
        if (_index is not null)
            return _index.TryGetValue(key, out var index) ? index : -1;
        for (var i = 0; i < scanned; i++)
        {
            if (ValueKeys.Comparer.Equals(_entries[i].Key, key))
                return i;
        }
        return -1;
    }
}

/// <summary>Equality of map keys: as <c>==</c>, so that <c>1</c>, <c>1u</c> and <c>1.0</c> are one key. A masked key is the same as no
/// other.</summary>
internal sealed class ValueKeys : IEqualityComparer<Value>
{
    public static readonly ValueKeys Comparer = new();

    public bool Equals(Value x, Value y) => x.Kind == ValueKind.String && y.Kind == ValueKind.String
        ? x.AsString == y.AsString && !x.IsWithheld && !y.IsWithheld
        : ValueOrder.AreEqual(x, y);

    public int GetHashCode(Value obj) => obj.Kind switch
    {
        ValueKind.String => obj.AsString.GetHashCode(StringComparison.Ordinal),
        // All as doubles: what is equal must have one hash, and 1 equals 1.0.
        ValueKind.Int => ((double)obj.AsInt).GetHashCode(),
        ValueKind.UInt => ((double)obj.AsUInt).GetHashCode(),
        ValueKind.Double => obj.AsDouble.GetHashCode(),
        ValueKind.Bool => obj.AsBool ? 1 : 2,
        _ => (int)obj.Kind,
    };
}
