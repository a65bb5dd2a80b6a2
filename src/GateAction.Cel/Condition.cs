using GateAction.Cel.Checks;
using GateAction.Cel.Explanations;
using GateAction.Cel.Expressions;
using GateAction.Cel.Functions;
using GateAction.Cel.Parsing;
using GateAction.Cel.Syntax;
using GateAction.Cel.Values;

namespace GateAction.Cel;

/// <summary>An expression of the Common Expression Language (cel-spec, doc/langdef.md) with quantities, parsed once and evaluated
/// often.</summary>
public sealed class Condition
{
    /// <summary>Characters a condition may have.</summary>
    public const int MaxLength = 32 * 1024;

    private readonly Expr _expression;
    private readonly int _localCount;
    private IReadOnlyDictionary<(int Start, int End), Unit> _units = new Dictionary<(int Start, int End), Unit>();

    private Condition(string text, Expr expression, Names names)
    {
        Text = text;
        Roots = names.Roots;
        _expression = expression;
        _localCount = names.LocalCount;
        Selections = [.. SelectionsIn(expression).Distinct()];
    }

    public string Text { get; }

    /// <summary>The free variables (names of probes, result sets, <c>baseline</c>, <c>github</c>, <c>env</c>, <c>now</c>), each once, in
    /// order of appearance.</summary>
    public IReadOnlyList<string> Roots { get; }

    /// <summary>The facts that are read by name, <c>unit.failed</c>, each once.</summary>
    public IReadOnlyList<(string Root, string Fact)> Selections { get; }

    internal Expr Expression => _expression;

    /// <summary>Parses; where there are problems the condition is null.</summary>
    public static (Condition? Condition, IReadOnlyList<ConditionProblem> Problems) Parse(string text)
    {
        if (text.Length > MaxLength)
            return (null, [new(0, MaxLength, $"the condition has {text.Length} characters; at most {MaxLength} are read")]);
        try
        {
            var (expression, names) = Parser.Parse(text);
            return (new Condition(text, expression, names), []);
        }
        catch (SyntaxErrorException exception)
        {
            return (null, [exception.Problem]);
        }
    }

    /// <summary>
    /// Checks names, types and units against the declared facts, before anything is measured. From then on an explanation shows each fact
    /// in the unit that it is declared in.
    /// </summary>
    public IReadOnlyList<ConditionProblem> Check(IReadOnlyDictionary<string, FactType> names)
    {
        var (problems, units) = Checker.Check(Text, _expression, names, _localCount);
        _units = units;
        return problems;
    }

    /// <summary>The parts that can only ever be withheld, because they ask what a masked fact is.</summary>
    /// <param name="masked">Paths with the probe's name before them: <c>login.json.access_token</c>.</param>
    public IEnumerable<ConditionProblem> Withheld(IReadOnlyList<string> masked) =>
        masked.Count == 0 ? [] : WithheldParts.In(_expression, masked);

    /// <summary>What is allowed and hardly meant, such as a division of whole numbers; nothing if <see cref="Check"/> finds
    /// problems.</summary>
    public IReadOnlyList<ConditionProblem> Warnings(IReadOnlyDictionary<string, FactType> names)
        => Checker.Warnings(Text, _expression, names, _localCount);

    /// <summary>True if both compare the same with a constant and this holds only where the other does.</summary>
    public bool IsNoWeakerThan(Condition other) => Strictness.IsNoWeaker(this, other);

    /// <summary>As <see cref="Check"/>, for an expression whose value is filled in somewhere: it may be of any type.</summary>
    public IReadOnlyList<ConditionProblem> CheckValue(IReadOnlyDictionary<string, FactType> names)
        => Checker.CheckValue(Text, _expression, names, _localCount);

    /// <summary>
    /// For a reader of YAML: the problem, at the end of <paramref name="text"/>, that the condition is only a part of what was written
    /// because YAML took what follows for its own (a comment, a comma inside braces); null if the text is whole or wrong by itself. Ask
    /// it before
    /// <see cref="Parse"/>'s problems are reported.
    /// </summary>
    /// <param name="restOfLine">What stands behind the scalar on its last line, up to the line's end.</param>
    public static ConditionProblem? CutByYaml(string text, string restOfLine) => YamlCut.Find(text, restOfLine);

    /// <summary>True for words that mean something else in a condition, so that no probe can have them as its name.</summary>
    public static bool IsReserved(string name) =>
        Names.IsType(name) || Names.IsReserved(name) || FunctionTable.IsNamespace(name)
            || GateVariables.All.Contains(name) || name is "true" or "false" or "null" or "in" or "google" or "dyn";

    /// <summary>Never throws: an error is a value.</summary>
    public Evaluation Evaluate(Scope scope)
    {
        var frame = new Frame(Text, scope, _localCount);
        var value = _expression.Evaluate(frame, out var support);
        // An '||' may have absorbed the error of a part that ran out of steps: the value would depend on how far it came.
        if (frame.IsExhausted)
            value = Frame.Exhausted;
        return new Evaluation(value, Supporting(support & ~Comparison.OfNaN), () => Explain(scope, value))
        {
            RestsOnNaN = (support & Comparison.OfNaN) != 0,
        };
    }

    public override string ToString() => Text;

    private static IEnumerable<(string Root, string Fact)> SelectionsIn(Expr expression)
    {
        var left = new Stack<Expr>([expression]);
        while (left.TryPop(out var next))
        {
            if (next is Select { Operand: Variable root, Field: var fact })
                yield return (root.Name, fact);
            foreach (var child in next.Children)
                left.Push(child);
        }
    }

    private IReadOnlyList<Explanation> Explain(Scope scope, Value value)
    {
        // Explaining evaluates once more and pays from a budget of its own, so it costs as much as the value at most.
        var frame = new Frame(Text, scope, _localCount) { Units = _units };
        Explanation[] exhausted = [new("") { Note = Frame.Exhausted.Text }];
        if (value.IsError && value.Text == Frame.Exhausted.Text)
            return exhausted;
        var parts = Explainer.Explain(frame, _expression);
        return frame.IsExhausted ? exhausted : parts;
    }

    private IReadOnlyList<string> Supporting(ulong support)
    {
        var all = (1UL << Math.Min(Roots.Count, Variable.MostRoots + 1)) - 1;
        // Nearly always all of them: then no list is made.
        if (support == all)
            return Roots;
        return [.. Roots.Where((_, index) => (support >> Math.Min(index, Variable.MostRoots) & 1) != 0)];
    }
}

/// <summary>Tells a condition that YAML has ended early from one that is wrong by itself.</summary>
internal static class YamlCut
{
    public static ConditionProblem? Find(string text, string restOfLine)
    {
        var rest = restOfLine.TrimStart();
        // What parses may be whole, with a comment behind it.
        if (rest.Length == 0 || Condition.Parse(text).Condition is not null)
            return null;
        var why = rest[0] switch
        {
            '#' => "at ' #', where a comment begins",
            ':' => "at ': ', which makes a key of what stands before it",
            ',' => "at a comma inside '{ }'",
            '[' or ']' or '{' or '}' => $"at '{rest[0]}', which is YAML's inside '{{ }}'",
            _ => null,
        };
        return why is null
            ? null
            : new(text.Length, 0,
            $"YAML has ended the condition here, {why}; put the whole condition in quotes, or on a line of its own after '>-'");
    }
}
