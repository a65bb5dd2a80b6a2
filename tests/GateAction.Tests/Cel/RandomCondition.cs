using System.Text;

namespace GateAction.Tests.Cel;

/// <summary>
/// Random expressions of plain CEL, made from the grammar of langdef and written with as little or as much white space as its lexis allows,
/// each with the tree that the grammar gives it. There is no quantity in any of them.
/// </summary>
internal sealed class RandomCondition
{
    private static readonly string[] Names =
        ["a", "backend", "m", "s", "d", "h", "ms", "Mi", "B", "u", "r", "b", "br", "e1", "x5", "_", "inn", "GiB"];

    private readonly Random _random;
    private readonly List<string> _tokens = [];
    private readonly List<string> _locals = [];

    private RandomCondition(int seed) => _random = new Random(seed);

    public static (string Text, string Tree) Make(int seed)
    {
        var maker = new RandomCondition(seed);
        var tree = maker.Expression(4);
        return (maker.Join(), tree);
    }

    private string Expression(int depth)
    {
        if (depth > 0 && _random.Next(8) == 0)
        {
            var test = Chain(depth - 1, "||");
            Add("?");
            var then = Chain(depth - 1, "||");
            Add(":");
            return $"(?: {test} {then} {Expression(depth - 1)})";
        }
        return Chain(depth, "||");
    }

    /// <summary>One operator level of the grammar: a chain of what binds tighter.</summary>
    private string Chain(int depth, string level)
    {
        var operators = level switch
        {
            "||" => ["||"],
            "&&" => ["&&"],
            "==" => ["==", "!=", "<", "<=", ">", ">=", "in"],
            "+" => ["+", "-"],
            _ => new[] { "*", "/", "%" },
        };
        Func<string> operand = level switch
        {
            "||" => () => Chain(depth, "&&"),
            "&&" => () => Chain(depth, "=="),
            "==" => () => Chain(depth, "+"),
            "+" => () => Chain(depth, "*"),
            _ => () => Unary(depth),
        };
        var parts = new List<string> { operand() };
        var used = new List<string>();
        while (depth > 0 && _random.Next(5) == 0)
        {
            used.Add(Pick(operators));
            Add(used[^1]);
            parts.Add(operand());
        }
        if (used.Count == 0)
            return parts[0];
        return level is "||" or "&&"
            ? $"({level} {string.Join(' ', parts)})"
            : parts.Skip(1).Zip(used).Aggregate(parts[0], (left, next) => $"({next.Second} {left} {next.First})");
    }

    private string Unary(int depth)
    {
        var count = _random.Next(6) == 0 ? _random.Next(1, 4) : 0;
        var op = Pick("!", "-");
        for (var i = 0; i < count; i++)
            Add(op);
        var folds = op == "-" && count > 0;
        var operand = Member(depth, ref folds);
        if (folds)
            count--;
        for (var i = 0; i < count; i++)
            operand = $"({(op == "!" ? "!" : "neg")} {operand})";
        return operand;
    }

    private string Member(int depth, ref bool negative)
    {
        var tree = Primary(depth, ref negative);
        while (depth > 0 && _random.Next(4) == 0)
        {
            switch (_random.Next(4))
            {
                case 0:
                    Add(".");
                    var field = Pick(Names);
                    Add(field);
                    tree = $"(.{field} {tree})";
                    break;
                case 1:
                    Add("[");
                    tree = $"([] {tree} {Expression(depth - 1)})";
                    Add("]");
                    break;
                case 2:
                    Add(".");
                    var name = Pick("startsWith", "size", "f");
                    Add(name);
                    tree = $"(.{name}(){Arguments(depth, " " + tree)})";
                    break;
                default:
                    tree = Macro(depth, tree);
                    break;
            }
        }
        return tree;
    }

    private string Macro(int depth, string range)
    {
        var (name, node) = Pick(("all", "All"), ("exists", "Exists"), ("exists_one", "ExistsOne"), ("map", "List"));
        var variable = Pick(Names);
        Add(".", name, "(", variable, ",");
        _locals.Add(variable);
        var body = Expression(depth - 1);
        _locals.RemoveAt(_locals.Count - 1);
        Add(")");
        return $"({node} {range} {body})";
    }

    private string Arguments(int depth, string before)
    {
        var trees = new StringBuilder(before);
        Add("(");
        for (var i = _random.Next(3); i > 0; i--)
        {
            trees.Append(' ').Append(Expression(depth - 1));
            if (i > 1)
                Add(",");
        }
        Add(")");
        return trees.ToString();
    }

    private string Primary(int depth, ref bool negative)
    {
        var kind = _random.Next(depth > 0 ? 9 : 5);
        if (kind > 2)
            negative = false;
        switch (kind)
        {
            case 0 or 1 or 2:
                return Number(ref negative);
            case 3:
                return Constant();
            case 4 or 5:
                var name = Pick(Names);
                Add(name);
                var slot = _locals.LastIndexOf(name);
                return slot < 0 ? name : $"${slot}";
            case 6:
                Add("(");
                var inner = Expression(depth - 1);
                Add(")");
                return inner;
            case 7:
                Add("[");
                var item = Expression(depth - 1);
                Add("]");
                return $"(list {item})";
            default:
                Add("{");
                var key = Expression(depth - 1);
                Add(":");
                var value = Expression(depth - 1);
                Add("}");
                return $"(map {key} {value})";
        }
    }

    private string Number(ref bool negative)
    {
        var number = _random.Next(200);
        switch (_random.Next(5))
        {
            case 0:
                negative = false;
                Add($"{number}{Pick("u", "U")}");
                return $"<uint {number}>";
            case 1:
                Add($"0x{number:x}");
                break;
            case 2:
                var text = Pick($"{number}.5", $"{number}e1", $"{number}.25E+2", ".5");
                Add(text);
                var value = double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
                return $"<double {(negative ? -value : value).ToString("R", System.Globalization.CultureInfo.InvariantCulture)}>";
            default:
                Add($"{number}");
                break;
        }
        return $"<int {(negative ? -number : number)}>";
    }

    private string Constant()
    {
        var (token, tree) = Pick(
            ("true", "<bool true>"),
            ("null", "<null_type null>"),
            ("'95%'", "<string \"95%\">"),
            ("r'\\d'", "<string \"\\\\d\">"),
            ("\"5ms\"", "<string \"5ms\">"),
            ("b'a'", "<bytes b\"61\">"));
        Add(token);
        return tree;
    }

    private void Add(params string[] tokens) => _tokens.AddRange(tokens);

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];

    private string Join()
    {
        var text = new StringBuilder();
        var isTight = _random.Next(2) == 0;
        foreach (var token in _tokens)
        {
            if (text.Length > 0 && (Merge(text, token) || (!isTight && _random.Next(2) == 0)))
                text.Append(Pick(" ", "\n", "\t ", " // 5ms\n"));
            text.Append(token);
        }
        return text.ToString();
    }

    /// <summary>True where the lexis would read the two as one token, or the second one's beginning as part of the first.</summary>
    private static bool Merge(StringBuilder before, string token)
    {
        var (last, first) = (before[^1], token[0]);
        if (!char.IsAsciiLetterOrDigit(last) && last != '_')
            return (last, first) is ('/', '/') or ('.', _) && char.IsAsciiDigit(first);
        if (first is '.' && char.IsAsciiDigit(last))
            return token.Length > 1;
        if (first is '"' or '\'')
            return last is 'r' or 'b' or 'R' or 'B';
        if (!char.IsAsciiLetterOrDigit(first) && first != '_')
            return false;
        return !(token == "in" && EndsInNumber(before));
    }

    private static bool EndsInNumber(StringBuilder before)
    {
        var start = before.Length;
        while (start > 0 && (char.IsAsciiLetterOrDigit(before[start - 1]) || before[start - 1] == '_'))
            start--;
        return char.IsAsciiDigit(before[start]);
    }
}
