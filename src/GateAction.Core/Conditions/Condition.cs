namespace GateAction.Core.Conditions;

/// <summary>An expression of the Common Expression Language (cel-spec, doc/langdef.md) with quantities, parsed once and evaluated often.</summary>
public sealed class Condition
{
    private Condition(string text, IReadOnlyList<string> roots)
    {
        Text = text;
        Roots = roots;
    }

    public string Text { get; }

    /// <summary>The free variables (names of probes, result sets, <c>baseline</c>, <c>github</c>, <c>now</c>), each once, in order of appearance.</summary>
    public IReadOnlyList<string> Roots { get; }

    /// <summary>Parses; where there are problems the condition is null.</summary>
    public static (Condition? Condition, IReadOnlyList<ConditionProblem> Problems) Parse(string text) =>
        (new Condition(text, []), []);

    /// <summary>Checks names, types and units against the declared facts, before anything is measured.</summary>
    public IReadOnlyList<ConditionProblem> Check(IReadOnlyDictionary<string, FactType> names) => names.Count < 0 ? [new(0, Text.Length, Text)] : [];

    /// <summary>Never throws: an error is a value.</summary>
    public Evaluation Evaluate(Scope scope) => new(Value.Error($"no evaluator yet for {Text}"), [], []);

    public override string ToString() => Text;
}
