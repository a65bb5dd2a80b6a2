using GateAction.Cel.Values;

namespace GateAction.Core.Model;

/// <summary>
/// Facts, each declared once: its name, its type with a description, whether reports show it as a figure, and how to get it from what was
/// measured. Checks of conditions, schema, docs, evidence and the figures of reports follow from that. A getter that gives null leaves its
/// fact out; a fact that has a setter can also be read back from evidence.
/// </summary>
/// <typeparam name="T">What was measured.</typeparam>
/// <param name="description">What the facts are about together.</param>
/// <param name="empty">What <see cref="Read"/> starts from; only facts that are read back need one.</param>
public sealed class Facts<T>(string description = "", T? empty = default)
{
    private readonly List<Fact> _facts = [];
    private FactType? _type;

    /// <summary>What conditions are checked against before anything is measured.</summary>
    public FactType Type => _type ??= FactType.Object(description, [.. _facts.Select(fact => (fact.Name, fact.Type))]);

    /// <summary>A map of the facts that are there.</summary>
    public Value Of(T measured) => Value.Map(EntriesOf(measured));

    /// <summary>What facts of evidence say of it; a fact that is missing, or is no value of its type, leaves it as it was.</summary>
    public T Read(Value facts)
    {
        var read = empty!;
        if (facts.Kind != ValueKind.Map)
            return read;
        foreach (var fact in _facts)
        {
            if (fact.Set is not null && facts.AsMap.TryGet(fact.Name, out var value))
                read = fact.Set(read, value);
        }
        return read;
    }

    public Facts<T> Bool(string name, string description, Func<T, bool?> get) =>
        Add(name, FactType.Bool(description), measured => get(measured) is { } value ? Value.Bool(value) : null);

    public Facts<T> Int(string name, string description, Func<T, long?> get, Func<T, long, T>? set = null) => Add(
        name,
        FactType.Int(description),
        measured => get(measured) is { } value ? Value.Int(value) : null,
        set is null ? null : (measured, value) => value.Kind == ValueKind.Int ? set(measured, value.AsInt) : measured);

    public Facts<T> Number(string name, string description, Func<T, double?> get) =>
        Add(name, FactType.Number(description), measured => get(measured) is { } value ? Value.Double(value) : null);

    /// <summary>A number from 0 to 1.</summary>
    public Facts<T> Ratio(string name, string description, Func<T, double?> get, Func<T, double, T>? set = null) => Add(
        name,
        FactType.Ratio(description),
        measured => get(measured) is { } value ? Value.Double(value) : null,
        set is null ? null : (measured, value) => value.Kind == ValueKind.Double && double.IsFinite(value.AsDouble)
        ? set(measured, value.AsDouble)
        : measured);

    /// <summary>A count of bytes.</summary>
    public Facts<T> Size(string name, string description, Func<T, long?> get) =>
        Add(name, FactType.Size(description), measured => get(measured) is { } value ? Value.Int(value) : null);

    public Facts<T> Text(string name, string description, Func<T, string?> get, Func<T, string, T>? set = null) => Add(
        name,
        FactType.String(description),
        measured => get(measured) is { } value ? Value.String(value) : null,
        set is null ? null : (measured, value) => value.Kind == ValueKind.String ? set(measured, value.AsString) : measured);

    public Facts<T> Duration(string name, string description, Func<T, TimeSpan?> get, Func<T, TimeSpan, T>? set = null) => Add(
        name,
        FactType.Duration(description),
        measured => get(measured) is { } value ? Value.Duration(value) : null,
        set is null ? null : (measured, value) => value.Kind == ValueKind.Duration ? set(measured, TimeSpanOf(value)) : measured);

    public Facts<T> Timestamp(string name, string description, Func<T, DateTimeOffset?> get) =>
        Add(name, FactType.Timestamp(description), measured => get(measured) is { } value ? Value.Timestamp(value) : null);

    /// <summary>Whatever a server, a file or a program answered; its parts are never checked before they are read.</summary>
    public Facts<T> Dynamic(string name, string description, Func<T, Value?> get) => Add(name, FactType.Dynamic(description), get);

    /// <param name="element">What one of the texts is.</param>
    public Facts<T> Texts(
        string name, string description, string element, Func<T, IEnumerable<string>?> get,
        Func<T, IReadOnlyList<string>, T>? set = null) => Add(
        name,
        FactType.List(description, FactType.String(element)),
        measured => get(measured) is { } texts ? Value.List(texts) : null,
        set is null ? null : (measured, value) => value.Kind == ValueKind.List
            ? set(measured, [.. value.AsList.Where(item => item.Kind == ValueKind.String).Select(item => item.AsString)])
            : measured);

    public Facts<T> List(string name, string description, FactType element, Func<T, IEnumerable<Value>?> get) =>
        Add(name, FactType.List(description, element), measured => get(measured) is { } items ? Value.List(items.ToArray()) : null);

    public Facts<T> List<TItem>(
        string name, string description, Facts<TItem> element, Func<T, IEnumerable<TItem>?> get,
        Func<T, IReadOnlyList<TItem>, T>? set = null) => Add(
        name,
        FactType.List(description, element.Type),
        measured => get(measured) is { } items ? Value.List(items.Select(element.Of).ToArray()) : null,
        set is null ? null : (measured, value) => value.Kind == ValueKind.List
            ? set(measured, [.. value.AsList.Where(item => item.Kind == ValueKind.Map).Select(element.Read)])
            : measured);

    /// <summary>A map with keys that are not known before: names of headers, of patterns, of suites.</summary>
    public Facts<T> Map(string name, string description, FactType element, Func<T, IEnumerable<(string, Value)>?> get) =>
        Add(name, FactType.Map(description, element), measured => get(measured) is { } entries ? Value.Map(entries) : null);

    /// <inheritdoc cref="Map(string, string, FactType, Func{T, IEnumerable{ValueTuple{string, Value}}?})"/>
    public Facts<T> Map<TItem>(
        string name,
        string description,
        Facts<TItem> element,
        Func<T, IEnumerable<(string Key, TItem Item)>?> get,
        Func<T, IReadOnlyList<(string Key, TItem Item)>, T>? set = null) => Add(
        name,
        FactType.Map(description, element.Type),
        measured => get(measured) is { } entries ? Value.Map(entries.Select(entry => (entry.Key, element.Of(entry.Item)))) : null,
        set is null ? null : (measured, value) => value.Kind == ValueKind.Map
            ? set(measured, [.. value.AsMap.Entries.Select(entry => (entry.Key.AsString, element.Read(entry.Value)))])
            : measured);

    /// <summary>A map of facts that are declared on their own.</summary>
    public Facts<T> Object<TPart>(string name, Facts<TPart> part, Func<T, TPart?> get)
        where TPart : class =>
        Add(name, part.Type, measured => get(measured) is { } value ? part.Of(value) : null);

    /// <summary>Facts that are declared on their own, among these.</summary>
    public Facts<T> Include<TPart>(Facts<TPart> part, Func<T, TPart?> get, Func<T, TPart, T>? set = null)
    {
        foreach (var fact in part._facts)
            Add(fact.Name, fact.Type, measured => get(measured) is { } value ? fact.Get(value) : null, Through(fact, get, set));
        return this;
    }

    /// <param name="get">The value; null leaves the fact out.</param>
    public Facts<T> Add(string name, FactType type, Func<T, Value?> get, Func<T, Value, T>? set = null)
    {
        _facts.Add(new(name, type, get, set));
        _type = null;
        return this;
    }

    /// <summary>Reports show the fact that was declared last as a figure.</summary>
    /// <inheritdoc cref="FigureRule"/>
    public Facts<T> AsFigure(string? name = null, string? ofOne = FigureRule.Same, bool hidesZero = false, bool isLast = false)
    {
        var fact = _facts[^1];
        _facts[^1] = fact with { Type = fact.Type with { Figure = new(name ?? fact.Name, ofOne, hidesZero, isLast) } };
        return this;
    }

    /// <summary>The fact that was declared last counts lines, of which the fact named holds the first.</summary>
    public Facts<T> CountedFrom(string name)
    {
        var fact = _facts[^1];
        _facts[^1] = fact with { Type = fact.Type with { CountedFrom = name } };
        return this;
    }

    /// <summary>The fact that was declared last tells of tests that broke too.</summary>
    public Facts<T> TellsErrors()
    {
        var fact = _facts[^1];
        _facts[^1] = fact with { Type = fact.Type with { TellsErrors = true } };
        return this;
    }

    private IEnumerable<(string, Value)> EntriesOf(T measured)
    {
        foreach (var fact in _facts)
        {
            if (fact.Get(measured) is { } value)
                yield return (fact.Name, value);
        }
    }

    private static Func<T, Value, T>? Through<TPart>(Facts<TPart>.Fact fact, Func<T, TPart?> get, Func<T, TPart, T>? set) =>
        set is null || fact.Set is null ? null : (measured, value) => set(measured, fact.Set(get(measured)!, value));

    private static TimeSpan TimeSpanOf(Value duration) =>
        // A TimeSpan ends at 9.2e11 seconds, and evidence may come from a damaged file.
        TimeSpan.FromSeconds(Math.Clamp(duration.Seconds + (duration.Nanos / 1e9), -9e11, 9e11));

    /// <param name="Set">Reads the fact back; null if nobody asks for it.</param>
    private sealed record Fact(string Name, FactType Type, Func<T, Value?> Get, Func<T, Value, T>? Set);
}
