namespace GateAction.Core.Conditions;

/// <summary>What a condition reads.</summary>
/// <param name="Variables">By name. A probe that could not be measured stands here too, with the facts it has (perhaps none).</param>
/// <param name="Reasons">By name, why facts of that variable may be missing, in the probe's own words; used where one is missed.</param>
public sealed record Scope(IReadOnlyDictionary<string, Value> Variables, IReadOnlyDictionary<string, string> Reasons)
{
    public Scope(IReadOnlyDictionary<string, Value> variables)
        : this(variables, new Dictionary<string, string>())
    {
    }
}

/// <summary>What an expression came to and why.</summary>
/// <param name="Value">Any value, also an error.</param>
/// <param name="Support">
/// The variables that the value rests on: for a true <c>a || b</c> those of an operand that is true, for a false <c>&amp;&amp;</c> those of
/// one that is false, for an error those of the part that failed. A probe that is not in here cannot have changed the value.
/// </param>
/// <param name="Explanation">The smallest set of sub-expressions that made it so, one per line, with their values: <c>backend.latency.p95 &lt; 500ms: was 812ms</c>.</param>
public sealed record Evaluation(Value Value, IReadOnlyList<string> Support, IReadOnlyList<string> Explanation);

/// <summary>Something wrong in the text of a condition: where (UTF-16 offset and length), what was found, what is accepted.</summary>
public sealed record ConditionProblem(int Start, int Length, string Message);
