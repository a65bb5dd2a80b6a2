namespace GateAction.Sources.Results.Reading;

/// <summary>The names of one object, to find one that stands twice. Most objects have a handful, for which a list is enough.</summary>
internal sealed class JsonNames
{
    private const int Few = 12;
    private readonly List<string> _few = new(Few);
    private HashSet<string>? _many;

    public bool Add(string name)
    {
        if (_many is not null)
            return _many.Add(name);
        if (_few.Contains(name))
            return false;
        _few.Add(name);
        if (_few.Count == Few)
            _many = new(_few, StringComparer.Ordinal);
        return true;
    }
}
