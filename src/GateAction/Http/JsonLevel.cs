using GateAction.Cel;
using GateAction.Cel.Values;

namespace GateAction.Http;

/// <summary>An object or an array that is not at its end yet. Used again once it is closed.</summary>
internal sealed class JsonLevel
{
    // Most objects have few fields, and to look through sixteen names costs less than a set of them.
    private const int ScanLimit = 16;

    private readonly List<string> _names = [];
    private readonly List<(string Name, Value Value)> _fields = [];
    private HashSet<string>? _many;
    private List<Value> _items = [];
    private bool _isObject;

    /// <summary>What is read of it; null if nothing is.</summary>
    public FactUse? Use { get; private set; }

    /// <summary>What is read of the value that comes next.</summary>
    public FactUse? UseOfNext => _isObject ? Use?.Under(_names[^1]) : Use is { IsWhole: true } ? Use : null;

    public JsonLevel Open(FactUse? use, bool isObject)
    {
        (Use, _isObject, _many) = (use, isObject, null);
        _names.Clear();
        _fields.Clear();
        return this;
    }

    /// <summary>The name of the value that comes next. False if it stood before.</summary>
    public bool TryName(string name)
    {
        if (_names.Count == ScanLimit)
            _many = [.. _names];
        var isNew = _many?.Add(name) ?? !_names.Contains(name);
        _names.Add(name);
        return isNew;
    }

    public void Add(Value value)
    {
        if (_isObject)
            _fields.Add((_names[^1], value));
        else
            _items.Add(value);
    }

    public Value ToValue()
    {
        if (_isObject)
            return Value.Map(_fields);
        var items = _items;
        _items = [];
        return Value.List(items.ToArray());
    }
}
