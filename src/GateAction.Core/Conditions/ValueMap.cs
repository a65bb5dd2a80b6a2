using System.Diagnostics.CodeAnalysis;

namespace GateAction.Core.Conditions;

/// <summary>
/// The entries of a CEL map in their order; facts have string keys, an expression's maps may have bool, int and uint keys too.
/// Numbers that are equal are one key, whatever their types.
/// </summary>
public sealed class ValueMap
{
    private const int ScanLimit = 8;

    private readonly List<KeyValuePair<Value, Value>> _entries;
    private readonly Dictionary<Value, int>? _index;

    /// <summary>Where a key comes twice, the later entry replaces the earlier one.</summary>
    public ValueMap(IEnumerable<(string Key, Value Value)> entries)
        : this(Distinct(entries))
    {
    }

    private ValueMap(List<KeyValuePair<Value, Value>> entries)
    {
        _entries = entries;
        if (entries.Count <= ScanLimit)
            return;
        _index = new(entries.Count, ValueKeys.Comparer);
        for (var i = 0; i < entries.Count; i++)
            _index[entries[i].Key] = i;
    }

    public int Count => _entries.Count;

    public IReadOnlyList<KeyValuePair<Value, Value>> Entries => _entries;

    public bool TryGet(string key, out Value value)
    {
        if (_index is not null)
            return TryGet(Value.String(key), out value);
        foreach (var entry in _entries)
        {
            if (entry.Key.Kind == ValueKind.String && entry.Key.AsString == key)
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
        var index = IndexOf(key);
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

    private int IndexOf(Value key)
    {
        if (_index is not null)
            return _index.TryGetValue(key, out var index) ? index : -1;
        for (var i = 0; i < _entries.Count; i++)
        {
            if (ValueKeys.Comparer.Equals(_entries[i].Key, key))
                return i;
        }
        return -1;
    }

    private static List<KeyValuePair<Value, Value>> Distinct(IEnumerable<(string Key, Value Value)> entries)
    {
        var result = new List<KeyValuePair<Value, Value>>();
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (key, value) in entries)
        {
            if (positions.TryAdd(key, result.Count))
                result.Add(new(Value.String(key), value));
            else
                result[positions[key]] = new(Value.String(key), value);
        }
        return result;
    }
}
