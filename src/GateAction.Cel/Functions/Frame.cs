using GateAction.Cel.Patterns;
using GateAction.Cel.Values;

namespace GateAction.Cel.Functions;

/// <summary>One evaluation: what it reads, its local variables, and how much it may still cost.</summary>
internal sealed class Frame(string text, Scope scope, int localCount)
{
    /// <summary>Some seconds at most: nodes evaluated, elements and characters made.</summary>
    // Steps and not a clock: the same evidence must be decided the same way on a fast machine and on a busy one.
    public const long MaxSteps = 10_000_000;

    private readonly Value[] _locals = localCount == 0 ? [] : new Value[localCount];
    private readonly ulong[] _localSupport = localCount == 0 ? [] : new ulong[localCount];
    private static readonly Dictionary<(int Start, int End), Unit> NoUnits = [];

    private long _left = MaxSteps;
    // Per evaluation, and not a cache of the process: what a condition costs must not depend on those before it.
    private (string Text, PatternProgram Program)? _pattern;

    public string Text { get; } = text;

    public Scope Scope { get; } = scope;

    /// <summary>Where in the text facts of a unit are named, for explanations.</summary>
    public IReadOnlyDictionary<(int Start, int End), Unit> Units { get; init; } = NoUnits;

    public bool IsExhausted => _left < 0;

    public static Value Exhausted { get; } =
        Value.Error(
        $"the condition was stopped after {MaxSteps / 1_000_000} million steps; it goes over too many elements, or a pattern is too "
        + "complicated for its text");

    /// <summary>False once the evaluation has cost too much; it then has to end.</summary>
    public bool Spend(long steps)
    {
        // It stays below zero, so that whoever looks later sees it too: an error may be absorbed by '||' on its way up.
        _left -= steps;
        return _left >= 0;
    }

    /// <summary>
    /// Pays for holding a value once more inside another one: for all that is in it. So no value is larger than what was paid, also where
    /// the same list stands in it many times.
    /// </summary>
    public bool SpendFor(Value value)
    {
        if (!Spend(value.Kind is ValueKind.String ? 1 + value.AsString.Length / 8 : 1))
            return false;
        if (value.Kind == ValueKind.List)
        {
            foreach (var item in value.AsList)
            {
                if (!SpendFor(item))
                    return false;
            }
        }
        if (value.Kind == ValueKind.Map)
        {
            foreach (var entry in value.AsMap.Entries)
            {
                if (!SpendFor(entry.Value))
                    return false;
            }
        }
        return true;
    }

    /// <summary>Pays for walking through two values side by side. Two scalars cost no more than the step that compares them.</summary>
    public bool SpendToCompare(Value a, Value b) => (a.Kind, b.Kind) switch
    {
        (ValueKind.List or ValueKind.Map, _) => SpendFor(a),
        // Two bodies of 1 MiB that are alike, compared once for each element of a list, would take minutes.
        (ValueKind.String, ValueKind.String) => Spend(Math.Min(a.AsString.Length, b.AsString.Length) / 8),
        (ValueKind.Bytes, ValueKind.Bytes) => Spend(Math.Min(a.AsBytes.Length, b.AsBytes.Length) / 8),
        _ => true,
    };

    /// <summary>The last one is kept: within a loop it is the same each time. Throws <see cref="FormatException"/>.</summary>
    public PatternProgram PatternOf(string pattern)
    {
        if (_pattern is not { } last || last.Text != pattern)
            // A pattern that is made of facts is another one for each element, and parsed and paid for each time.
            _pattern = (pattern, PatternProgram.Parse(pattern));
        return _pattern.Value.Program;
    }

    public Value Local(int slot, out ulong support)
    {
        support = _localSupport[slot];
        return _locals[slot];
    }

    public void Bind(int slot, Value value, ulong support)
    {
        _locals[slot] = value;
        _localSupport[slot] = support;
    }
}
