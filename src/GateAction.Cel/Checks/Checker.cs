using GateAction.Cel.Expressions;
using GateAction.Cel.Functions;
using GateAction.Cel.Syntax;
using GateAction.Cel.Values;

namespace GateAction.Cel.Checks;

/// <summary>
/// Infers what each part of a condition will be and collects what cannot be right. A part with a problem counts as anything, so that one
/// mistake is told once.
/// </summary>
internal sealed class Checker(string text, IReadOnlyDictionary<string, FactType> names, int localCount)
{
    private readonly Shape[] _locals = new Shape[localCount];
    private readonly List<ConditionProblem> _problems = [];
    private readonly List<ConditionProblem> _warnings = [];
    private readonly Dictionary<(int Start, int End), Unit> _units = [];

    /// <summary>The problems, and which parts are facts of a unit.</summary>
    public static (IReadOnlyList<ConditionProblem> Problems, IReadOnlyDictionary<(int Start, int End), Unit> Units) Check(
        string text, Expr root, IReadOnlyDictionary<string, FactType> names, int localCount)
    {
        var checker = new Checker(text, names, localCount);
        var shape = checker.Infer(root);
        if (!shape.MayBe(Kinds.Bool))
            checker.Report(root, $"a condition is true or false; this is {shape.Description}{shape.Advice}");
        // A part with a problem counts as anything: what is said to be never true of it would be a guess.
        if (checker._problems.Count == 0)
            new Contradictions(text, checker.Infer, checker.Report).Find(root);
        return (checker.InOrder(), checker._units);
    }

    /// <summary>What is allowed and hardly meant; nothing if there are problems.</summary>
    public static IReadOnlyList<ConditionProblem> Warnings(string text, Expr root, IReadOnlyDictionary<string, FactType> names,
        int localCount)
    {
        var checker = new Checker(text, names, localCount);
        checker.Infer(root);
        return checker._problems.Count > 0 ? [] : checker._warnings;
    }

    /// <summary>For an expression that may come to a value of any type.</summary>
    public static IReadOnlyList<ConditionProblem> CheckValue(string text, Expr root, IReadOnlyDictionary<string, FactType> names,
        int localCount)
    {
        var checker = new Checker(text, names, localCount);
        checker.Infer(root);
        return checker.InOrder();
    }

    private IReadOnlyList<ConditionProblem> InOrder() => _problems.Count == 0
        ? []
        : [.. _problems.DistinctBy(problem => (problem.Start, problem.Length)).OrderBy(problem => problem.Start)];

    private void Report(Expr expression, string message) => Report(expression.Start, expression.End - expression.Start, message);

    private void Report(int start, int length, string message) => _problems.Add(new(start, length, message));

    private string Source(Expr expression) => ValueText.Cut(text[expression.Start..expression.End], 80);

    private Shape Infer(Expr expression)
    {
        var shape = InferPart(expression);
        if (shape.Fact?.Kind is FactKind.Ratio or FactKind.Size && expression is Variable or Local or Select or Indexing)
            _units[(expression.Start, expression.End)] = shape.Fact!.Kind == FactKind.Ratio ? Unit.Percent : Unit.Size;
        return shape;
    }

    private Shape InferPart(Expr expression)
    {
        switch (expression)
        {
            case Literal literal:
                return Shape.Of(literal.Value, literal.Unit);
            case Variable variable:
                return InferVariable(variable);
            case Local local:
                return _locals[local.Slot] ?? Shape.Any;
            case Select select:
                return InferField(select, Infer(select.Operand));
            case Has has:
                InferField(has.Selection, Infer(has.Selection.Operand));
                return Shape.Bool;
            case Indexing indexing:
                return InferIndex(indexing, Infer(indexing.Operand), Infer(indexing.Key));
            case Logical or Not:
                foreach (var operand in expression.Children)
                    ExpectBool(operand);
                return Shape.Bool;
            case Conditional conditional:
                return InferConditional(conditional);
            case Comparison comparison:
                return InferComparison(comparison);
            case Membership membership:
                return InferMembership(membership);
            default:
                return InferCompound(expression);
        }
    }

    private Shape InferCompound(Expr expression)
    {
        switch (expression)
        {
            case Arithmetic arithmetic:
                return InferArithmetic(arithmetic);
            case Negate negate:
                var operand = Infer(negate.Operand);
                if (!operand.MayBe(Kinds.Int | Kinds.Double | Kinds.Duration))
                    Report(negate, $"'-' takes a number or a duration; '{Source(negate.Operand)}' is {operand.Description}");
                // The negative of a ratio is none, so nobody is asked for a percentage.
                return operand with { Fact = null };
            case Quantifier quantifier:
                Bind(quantifier.Iteration);
                ExpectBool(quantifier.Predicate);
                if (FilteredAll.Warning(quantifier, text) is { } nothing)
                    Warn(quantifier.Iteration.Range, nothing);
                return Shape.Bool;
            case Transformation transformation:
                return InferTransformation(transformation);
            case Binding binding:
                _locals[binding.Slot] = Infer(binding.Children[0]);
                return Infer(binding.Body);
            case Call call:
                return InferCall(call);
            case ListLiteral list:
                var items = list.Children.Select(Infer).ToList();
                return new Shape(Kinds.List,
                    Element: items.Count == 0 ? Shape.Any : new Shape(items.Aggregate((Kinds)0, (kinds, item) => kinds | item.Kinds)));
            default:
                foreach (var child in expression.Children)
                    Infer(child);
                return new Shape(Kinds.Map);
        }
    }

    private Shape InferVariable(Variable variable)
    {
        if (names.TryGetValue(variable.Name, out var fact))
            return Shape.Of(fact);
        Report(variable, MissingNames.Describe(variable.Name, names.Keys));
        return Shape.Any;
    }

    private Shape InferField(Select select, Shape operand)
    {
        var length = text[select.End - 1] == '`' ? select.Field.Length + 2 : select.Field.Length;
        var source = Source(select.Operand);
        // JSON may hold a field of that name, so it is no mistake for sure.
        if (operand.MayBe(Kinds.Map) && select.Field == "length" && operand.Fact?.Fields?.ContainsKey(select.Field) != true)
            Warn(select, MissingNames.Length(source));
        if (operand.MayBe(Kinds.Map))
            return Field(operand, select.Field, source, select.End - length, length);
        var instead = EvaluationErrors.SizeInstead(select.Field, operand.MayBe(Kinds.List | Kinds.String), source);
        Report(select.End - length, length, $"'{source}' is {operand.Description} and has no fields{instead}");
        return Shape.Any;
    }

    private Shape Field(Shape operand, string name, string source, int start, int length)
    {
        if (operand.Fact?.Fields is not { } fields)
            return operand.Element ?? Shape.Any;
        if (fields.TryGetValue(name, out var fact))
            return Shape.Of(fact);
        if (operand.Element is not null)
            return operand.Element;
        Report(start, length, $"'{source}' has no '{name}'{Suggestion.For(name, fields.Keys)}");
        return Shape.Any;
    }

    private Shape InferIndex(Indexing indexing, Shape operand, Shape key)
    {
        if (operand.Kinds == Kinds.Map && indexing.Key is Literal { Value.Kind: ValueKind.String } name)
        {
            // Names of header fields have no case (RFC 9110, 5.1), and a map's keys have: the probe keeps them in lower case.
            if (operand.Fact is not null && indexing.Operand is Select { Field: "headers" }
                && name.Value.AsString.AsSpan().ContainsAnyInRange('A', 'Z'))
                Report(name,
                    $"header names are in lower case here; write {Source(indexing.Operand)}[\"{name.Value.AsString.ToLowerInvariant()}\"]");
            return Field(operand, name.Value.AsString, Source(indexing.Operand), name.Start, name.End - name.Start);
        }
        if (operand.MayBe(Kinds.Map) || (operand.MayBe(Kinds.List) && key.MayBe(Kinds.Number)))
            return operand.Element ?? Shape.Any;
        Report(indexing.Key, operand.MayBe(Kinds.List)
            ? $"a list is indexed by an int from 0; '{Source(indexing.Key)}' is {key.Description}"
            : $"only lists and maps are indexed; '{Source(indexing.Operand)}' is {operand.Description}");
        return Shape.Any;
    }

    private void ExpectBool(Expr operand)
    {
        var shape = Infer(operand);
        if (!shape.MayBe(Kinds.Bool))
            Report(operand, $"true or false is expected here; '{Source(operand)}' is {shape.Description}{shape.Advice}");
    }

    private Shape InferConditional(Conditional conditional)
    {
        ExpectBool(conditional.Test);
        var (then, otherwise) = (Infer(conditional.Branch(true)), Infer(conditional.Branch(false)));
        return new Shape(then.Kinds | otherwise.Kinds);
    }

    private Shape InferComparison(Comparison comparison)
    {
        if (comparison.Operator is TokenKind.Equal or TokenKind.NotEqual && comparison.Right is Variable word
            && !names.ContainsKey(word.Name))
        {
            Infer(comparison.Left);
            Report(word, MissingNames.DescribeAsText(word.Name, names.Keys));
            return Shape.Bool;
        }
        var (left, right) = (Infer(comparison.Left), Infer(comparison.Right));
        if (left.Fact?.Kind == FactKind.Ratio && ComparisonCheck.TooLow(comparison, right, Source) is { } warning)
            Warn(comparison.Right, warning);
        if (ComparisonCheck.Problem(comparison, left, right, Source) is { } message)
            Report(comparison, message);
        return Shape.Bool;
    }

    private void Warn(Expr expression, string message) => _warnings.Add(new(expression.Start, expression.End - expression.Start, message));

    private Shape InferMembership(Membership membership)
    {
        var (item, container) = (Infer(membership.Item), Infer(membership.Container));
        if (!container.MayBe(Kinds.List | Kinds.Map))
            Report(membership.Container, $"'in' looks into a list or a map; '{Source(membership.Container)}' is {container.Description}"
                + (container.MayBe(Kinds.String) ? "; for a part of a string write contains(…)" : ""));
        else if (container is { Kinds: Kinds.List, Element: { } element } && !ComparisonCheck.CanBeEqual(item, element))
            Report(membership, $"never true: '{Source(membership.Item)}' is {item.Description}, and an element is {element.Description}");
        return Shape.Bool;
    }

    private Shape InferArithmetic(Arithmetic arithmetic)
    {
        if (MissingNames.Dashed(arithmetic, text, names) is { } owner)
        {
            Infer(owner.Operand);
            var start = owner.End - owner.Field.Length;
            Report(start, arithmetic.End - start,
                $"a name with '-' is read in brackets: {Source(owner.Operand)}[\"{text[start..arithmetic.End]}\"]");
            return Shape.Any;
        }
        var (left, right) = (Infer(arithmetic.Left), Infer(arithmetic.Right));
        // The hundreds of an HTTP status are what is meant.
        if (arithmetic is { Operator: TokenKind.Slash, Left: not Literal } && left.Kinds == Kinds.Int && right.Kinds == Kinds.Int
            && arithmetic is not { Left: Select { Field: "status" }, Right: Literal })
            Warn(arithmetic,
                $"'/' of whole numbers leaves out the fraction; write ratio({Source(arithmetic.Left)}, {Source(arithmetic.Right)}) where "
                + "a part is meant");
        var result = ArithmeticTypes.Result(arithmetic.Operator, left.Kinds, right.Kinds);
        if (result != 0)
            return new Shape(result);
        var hint = left.Kinds != right.Kinds && !left.MayBe(~Kinds.Number) && !right.MayBe(~Kinds.Number)
            ? $"; write double({Source(left.MayBe(Kinds.Double) ? arithmetic.Right : arithmetic.Left)})"
            : "";
        Report(arithmetic, $"'{Calculator.Symbol(arithmetic.Operator)}' does not take {left.Description} and {right.Description}{hint}");
        return Shape.Any;
    }

    private void Bind(Iteration iteration)
    {
        var range = Infer(iteration.Range);
        if (!range.MayBe(Kinds.List | Kinds.Map))
            Report(iteration.Range, $"a list or a map is expected; '{Source(iteration.Range)}' is {range.Description}");
        var key = range.Kinds == Kinds.List ? new Shape(Kinds.Int) : range.Kinds == Kinds.Map
            // A map of an expression may have any key that CEL allows; facts have strings.
            ? new Shape(Kinds.String | Kinds.Int | Kinds.UInt | Kinds.Bool)
            : Shape.Any;
        var isKeyed = iteration.Second >= 0 || range.Kinds == Kinds.Map;
        _locals[iteration.First] = isKeyed ? key : range.Element is { } element && range.Kinds == Kinds.List ? element : Shape.Any;
        if (iteration.Second >= 0)
            _locals[iteration.Second] = range.Element ?? Shape.Any;
    }

    private Shape InferTransformation(Transformation transformation)
    {
        Bind(transformation.Iteration);
        if (transformation.Filter is { } filter)
            ExpectBool(filter);
        var body = Infer(transformation.Body);
        return transformation.Kind is TransformationKind.Filter or TransformationKind.List
            ? new Shape(Kinds.List, Element: body)
            : new Shape(Kinds.Map);
    }

    private Shape InferCall(Call call)
    {
        // Of a function that there is not, nobody knows what its arguments would mean.
        List<Shape> arguments = call.Function is null ? [] : [.. call.Children.Select(Infer)];
        if (CallCheck.Problem(call, arguments) is { } message)
        {
            var start = call.IsMember ? text.IndexOf(call.Name, call.Children[0].End, StringComparison.Ordinal) : call.Start;
            Report(start, call.End - start, message);
            return Shape.Any;
        }
        return CallCheck.Result(call, arguments);
    }
}
