using GateAction.Cel.Values;

namespace GateAction.Cel;

/// <summary>What an expression came to and why.</summary>
public sealed class Evaluation
{
    private readonly Func<IReadOnlyList<Explanation>> _explain;
    private IReadOnlyList<Explanation>? _explanation;

    public Evaluation(Value value, IReadOnlyList<string> support, IReadOnlyList<Explanation> explanation)
        : this(value, support, () => explanation)
    {
    }

    internal Evaluation(Value value, IReadOnlyList<string> support, Func<IReadOnlyList<Explanation>> explain)
    {
        Value = value;
        Support = support;
        _explain = explain;
    }

    /// <summary>Any value, also an error.</summary>
    public Value Value { get; }

    /// <summary>
    /// The variables that the value rests on: for a true <c>a || b</c> those of an operand that is true, for a false <c>&amp;&amp;</c>
    /// those of one that is false, for an error those of the part that failed. A probe that is not in here cannot have changed the value.
    /// </summary>
    public IReadOnlyList<string> Support { get; }

    /// <summary>True if the value comes of comparing NaN, which is 0 / 0 or the like: nothing was measured there.</summary>
    public bool RestsOnNaN { get; init; }

    /// <summary>
    /// The smallest set of sub-expressions that made it so, with their values: <c>backend.latency.p95 &lt; 500ms: was 812ms</c>.
    /// Made when it is first asked for.
    /// </summary>
    public IReadOnlyList<Explanation> Explanation => _explanation ??= _explain();
}
