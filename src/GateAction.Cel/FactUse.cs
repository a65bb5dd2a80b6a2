using GateAction.Cel.Expressions;
using GateAction.Cel.Values;

namespace GateAction.Cel;

/// <summary>Which facts are read, as a tree of names: what a condition takes as a whole is read with all that is below it.</summary>
public sealed class FactUse
{
    private Dictionary<string, FactUse>? _fields = new(StringComparer.Ordinal);

    /// <summary>True if everything from here on is read.</summary>
    public bool IsWhole => _fields is null;

    /// <summary>A tree of which everything is read.</summary>
    public static FactUse Whole { get; } = new() { _fields = null };

    /// <summary>What is read below a name; null if nothing is.</summary>
    public FactUse? Under(string name) => IsWhole ? Whole : _fields!.GetValueOrDefault(name);

    /// <summary>What is read below one name after the other; null if nothing is.</summary>
    public FactUse? Under(params ReadOnlySpan<string> path)
    {
        var use = this;
        foreach (var name in path)
            use = use?.Under(name);
        return use;
    }

    /// <summary>What is read of a value: of a map the fields that are, of anything else the whole.</summary>
    public Value Project(Value value) => IsWhole || value.Kind != ValueKind.Map
        ? value
        : Value.Map(new ValueMap(value.AsMap.Entries
            // A masked name may be any, also one that is read.
            .Where(entry => entry.Key.Kind == ValueKind.String && (entry.Key.IsWithheld || Under(entry.Key.AsString) is not null))
            .Select(entry => KeyValuePair.Create(entry.Key, Under(entry.Key.AsString)?.Project(entry.Value) ?? entry.Value))));

    /// <summary>Adds what a condition reads, its variables being the first names.</summary>
    public FactUse Add(Condition condition)
    {
        Visit(condition.Expression);
        return this;
    }

    /// <summary>Adds all that another tree has.</summary>
    public FactUse Add(FactUse? other)
    {
        if (other is null || IsWhole)
            return this;
        if (other.IsWhole)
            _fields = null;
        else
            foreach (var (name, use) in other._fields!)
                Field(name).Add(use);
        return this;
    }

    private FactUse Field(string name)
    {
        if (!_fields!.TryGetValue(name, out var use))
            _fields[name] = use = new();
        return use;
    }

    private void Visit(Expr expression)
    {
        // 'has(x.json.a)' reads 'a' too: of a body that is kept in part, what no condition reads would look absent.
        if (expression is Has has)
            expression = has.Selection;
        var path = new List<string>();
        if (TryPath(expression, path))
            Mark(path);
        else
            foreach (var child in expression.Children)
                Visit(child);
    }

    /// <summary>The names down to a field. An element under a key that is not written down reads the whole of what it is an element
    /// of.</summary>
    internal static bool TryPath(Expr expression, List<string> path)
    {
        switch (expression)
        {
            case Variable variable:
                path.Add(variable.Name);
                return true;
            case Select select when TryPath(select.Operand, path):
                path.Add(select.Field);
                return true;
            case Indexing { Key: Literal { Value: { Kind: ValueKind.String } name } } index when TryPath(index.Operand, path):
                path.Add(name.AsString);
                return true;
            default:
                return false;
        }
    }

    private void Mark(List<string> path)
    {
        var use = this;
        foreach (var name in path)
        {
            if (use.IsWhole)
                return;
            use = use.Field(name);
        }
        use._fields = null;
    }
}
