using System.Text.Json;

namespace GateAction.Sources.Results.Reading;

/// <summary>Collects the keys of one JSON document down to the objects in its lists, by which formats are told apart.</summary>
internal sealed class JsonKeys
{
    // As deep as the keys by which formats are told lie: 'suites[].specs', 'testsuites[].testsuite'.
    private const int Levels = 3;
    private const int ItemsSeen = 3;
    // Istanbul's files have a key for each source file, of which there may be any number.
    private const int Most = 1000;
    private readonly HashSet<string> _found = new(StringComparer.Ordinal);
    private readonly Container[] _open = new Container[Levels + 1];

    public IReadOnlySet<string> Found => _found;

    /// <summary>True at the end of the document.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>True where the name of a property at this depth is kept.</summary>
    public bool Wants(int depth) => depth <= Levels && _open[depth].Items <= ItemsSeen && _found.Count < Most;

    /// <param name="depth">Of the token, 0 for the root.</param>
    /// <param name="key">The name of a property that is wanted.</param>
    public void Add(JsonTokenType token, int depth, string? key)
    {
        if (token is JsonTokenType.StartObject or JsonTokenType.StartArray)
            Open(token == JsonTokenType.StartArray, depth);
        else if (key is not null)
            _found.Add(_open[depth].Key = _open[depth].Path.Length == 0 ? key : $"{_open[depth].Path}.{key}");
        else if (depth == 0)
            IsWhole = true;
    }

    private void Open(bool isList, int depth)
    {
        if (depth >= Levels)
            return;
        ref var around = ref _open[depth];
        var path = depth == 0 ? "" : around.IsList ? around.Path + "[]" : around.Key;
        var items = around.IsList ? ++around.Items : around.Items;
        _open[depth + 1] = new() { Path = path, Key = path, IsList = isList, Items = isList ? 0 : items };
    }

    /// <summary>An object or list that is open. Of a list the first items tell enough.</summary>
    private record struct Container
    {
        public Container()
        {
        }

        public string Path { get; init; } = "";

        public string Key { get; set; } = "";

        public bool IsList { get; init; }

        public int Items { get; set; }
    }
}
