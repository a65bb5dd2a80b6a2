using GateAction.Cel.Expressions;
using GateAction.Cel.Syntax;
using GateAction.Cel.Values;

namespace GateAction.Cel.Parsing;

/// <summary>Operator precedence parsing of langdef "Syntax". Throws <see cref="SyntaxErrorException"/>.</summary>
internal sealed partial class Parser
{
    /// <summary>Levels of nesting in text and tree; evaluation recurses as deep.</summary>
    // .NET cannot catch a stack overflow: it ends the process, and no status would be set. So the text is bounded, and the tree too:
    // '1 + 1 + 1 …' nests in the tree alone.
    public const int MaxDepth = 250;

    // langdef "Syntax": the higher the tighter; all binary operators go from left to right.
    private const int OrLevel = 1;
    private const int AndLevel = 2;

    private readonly string _text;
    private readonly Names _names = new();
    private Lexer _lexer;
    private Token _current;
    private int _previousEnd;
    private int _depth;

    private Parser(string text)
    {
        _text = text;
        _lexer = new Lexer(text);
        _current = _lexer.Next();
    }

    public static (Expr Root, Names Names) Parse(string text)
    {
        var parser = new Parser(text);
        var root = parser.ParseExpression();
        return parser._current.Kind == TokenKind.End ? (root, parser._names) : throw SyntaxErrors.AfterExpression(text, parser._current);
    }

    private Expr ParseExpression()
    {
        if (++_depth > MaxDepth)
            throw TooDeep(_current.Start);
        var start = _current.Start;
        var result = ParseBinary(OrLevel);
        if (TryTake(TokenKind.Question))
        {
            var then = ParseBinary(OrLevel);
            Expect(TokenKind.Colon, "a condition 'test ? then : otherwise' goes on with ':'");
            var otherwise = ParseExpression();
            result = Checked(new Conditional(start, _previousEnd, result, then, otherwise));
        }
        _depth--;
        return result;
    }

    private Expr ParseBinary(int minLevel)
    {
        var start = _current.Start;
        var left = ParseUnary();
        while (Level(_current.Kind) is var level && level >= minLevel)
        {
            var op = Take().Kind;
            left = level <= AndLevel
                // All operands in one node: a thousand of them are no deeper than two, and one error is kept until all were asked.
                ? ParseLogical(start, left, op, level)
                : Checked<Expr>(Binary(start, op, left, ParseBinary(level + 1)));
        }
        return left;
    }

    private Logical ParseLogical(int start, Expr first, TokenKind op, int level)
    {
        var operands = new List<Expr> { first, ParseBinary(level + 1) };
        while (TryTake(op))
            operands.Add(ParseBinary(level + 1));
        return Checked(new Logical(start, _previousEnd, op == TokenKind.And, [.. operands]));
    }

    private Expr Binary(int start, TokenKind op, Expr left, Expr right) => op switch
    {
        TokenKind.In => new Membership(start, _previousEnd, left, right),
        TokenKind.Plus or TokenKind.Minus or TokenKind.Star or TokenKind.Slash or TokenKind.Percent =>
            new Arithmetic(start, _previousEnd, op, left, right),
        _ => new Comparison(start, _previousEnd, op, left, right),
    };

    private static int Level(TokenKind kind) => kind switch
    {
        TokenKind.Or => OrLevel,
        TokenKind.And => AndLevel,
        TokenKind.Less or TokenKind.LessEqual or TokenKind.Greater or TokenKind.GreaterEqual or TokenKind.Equal or TokenKind.NotEqual
            or TokenKind.In => 3,
        TokenKind.Plus or TokenKind.Minus => 4,
        TokenKind.Star or TokenKind.Slash or TokenKind.Percent => 5,
        _ => 0,
    };

    /// <summary>A minus directly before a signed number belongs to it: only so the smallest int can be written.</summary>
    private Expr ParseUnary()
    {
        if (_current.Kind is not (TokenKind.Not or TokenKind.Minus))
            return ParseMember();
        var kind = _current.Kind;
        var starts = new Stack<int>();
        // One or the other: langdef's grammar has no '!-x'.
        while (_current.Kind == kind && !(kind == TokenKind.Minus && HasSign(Peek().Kind)))
            starts.Push(Take().Start);
        var operand = ParseMember();
        while (starts.TryPop(out var start))
            operand = Checked<Expr>(kind == TokenKind.Not
                ? new Not(start, _previousEnd, operand)
                : new Negate(start, _previousEnd, operand));
        return operand;
    }

    private static bool HasSign(TokenKind kind) => kind is TokenKind.Int or TokenKind.Double or TokenKind.Quantity;

    private Token Take()
    {
        var token = _current;
        _previousEnd = token.End;
        _current = _lexer.Next();
        return token;
    }

    private bool TryTake(TokenKind kind)
    {
        if (_current.Kind != kind)
            return false;
        Take();
        return true;
    }

    private Token Expect(TokenKind kind, string message) =>
        _current.Kind == kind ? Take() : throw Unexpected(message);

    private SyntaxErrorException Unexpected(string message) => new(_current.Start, _current.Length, _current.Kind == TokenKind.End
        ? $"{message}, but the condition ends here"
        : $"{message}; '{ValueText.Cut(_text[_current.Start.._current.End], 40)}' was found");

    private Token Peek()
    {
        var ahead = _lexer;
        return ahead.Next();
    }

    private static T Checked<T>(T node)
        where T : Expr =>
        node.Height > MaxDepth ? throw TooDeep(node.Start) : node;

    private static SyntaxErrorException TooDeep(int start) =>
        new(start, 1, $"the condition is nested deeper than {MaxDepth} levels; split it into several criteria");
}
