namespace GateAction.Core.Conditions;

/// <summary>The entries of a CEL map in their order; facts have string keys, an expression's maps may have bool, int and uint keys too.</summary>
public sealed class ValueMap
{
    private readonly List<KeyValuePair<Value, Value>> _entries = [];
    private readonly Dictionary<string, int> _strings = new(StringComparer.Ordinal);

    public ValueMap(IEnumerable<(string Key, Value Value)> entries)
    {
        foreach (var (key, value) in entries)
            Add(key, value);
    }

    public int Count => _entries.Count;

    public IReadOnlyList<KeyValuePair<Value, Value>> Entries => _entries;

    public bool TryGet(string key, out Value value)
    {
        var found = _strings.TryGetValue(key, out var index);
        value = found ? _entries[index].Value : default;
        return found;
    }

    private void Add(string key, Value value)
    {
        _strings.Add(key, _entries.Count);
        _entries.Add(new(Value.String(key), value));
    }
}
