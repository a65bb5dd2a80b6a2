using GateAction.Cel.Expressions;
using GateAction.Cel.Functions;
using GateAction.Cel.Syntax;
using GateAction.Cel.Values;

namespace GateAction.Cel.Parsing;

/// <summary>Operands: literals, names, calls, selections and indexes.</summary>
internal sealed partial class Parser
{
    private Expr ParseMember()
    {
        var start = _current.Start;
        var result = ParsePrimary();
        while (true)
        {
            if (TryTake(TokenKind.Dot))
            {
                result = ParseSelection(start, result);
            }
            else if (TryTake(TokenKind.LeftBracket))
            {
                RejectOptional();
                var key = ParseExpression();
                Expect(TokenKind.RightBracket, "an index ends with ']'");
                result = Checked(new Indexing(start, _previousEnd, result, key));
            }
            else if (_current.Kind == TokenKind.LeftBrace && result is Variable or Select)
            {
                throw new SyntaxErrorException(_current.Start, 1,
                    "messages such as 'Type{field: value}' are not part of conditions; write a map: {'field': value}");
            }
            else
            {
                return result;
            }
        }
    }

    private Expr ParseSelection(int start, Expr operand)
    {
        RejectOptional();
        if (_current.Kind == TokenKind.QuotedIdentifier)
        {
            var quoted = Take();
            return Checked(new Select(start, _previousEnd, operand, _text[(quoted.Start + 1)..(quoted.End - 1)], null));
        }
        var name = Text(Expect(TokenKind.Identifier, "after '.' the name of a field or a function is expected"));
        if (_current.Kind == TokenKind.LeftParen)
            return ParseMemberCall(start, operand, name);
        var qualified = operand switch
        {
            Variable variable => new Variable(start, _previousEnd, $"{variable.Name}.{name}", variable.Root),
            Select { Qualified: { } outer } => new Variable(start, _previousEnd, $"{outer.Name}.{name}", outer.Root),
            _ => null,
        };
        return Checked(new Select(start, _previousEnd, operand, name, qualified));
    }

    private void RejectOptional()
    {
        if (_current.Kind == TokenKind.Question)
            throw new SyntaxErrorException(_current.Start, 1,
                "optional fields ('.?', '[?') are not part of conditions; ask with has(x.field)");
    }

    private Expr ParsePrimary()
    {
        var token = _current;
        switch (token.Kind)
        {
            case TokenKind.Minus when HasSign(Peek().Kind):
            case TokenKind.Int or TokenKind.UInt or TokenKind.Double or TokenKind.Quantity:
                return ParseNumber();
            case TokenKind.String:
                Take();
                return new Literal(token.Start, token.End, Value.String(StringLiteral.ReadString(_text, token)));
            case TokenKind.Bytes:
                Take();
                return new Literal(token.Start, token.End, Value.Bytes(StringLiteral.ReadBytes(_text, token)));
            case TokenKind.True or TokenKind.False:
                Take();
                return new Literal(token.Start, token.End, Value.Bool(token.Kind == TokenKind.True));
            case TokenKind.Null:
                Take();
                return new Literal(token.Start, token.End, Value.Null);
            case TokenKind.LeftParen:
                Take();
                var inner = ParseExpression();
                Expect(TokenKind.RightParen, "'(' is closed with ')'");
                return inner;
            case TokenKind.LeftBracket:
                return ParseList();
            case TokenKind.LeftBrace:
                return ParseMap();
            case TokenKind.Dot or TokenKind.Identifier:
                return ParseName();
            default:
                throw SyntaxErrors.NoOperand(_text, token);
        }
    }

    private Literal ParseNumber()
    {
        var start = _current.Start;
        var isNegative = TryTake(TokenKind.Minus);
        var token = Take();
        // '95%' is a ratio, and '95 % x' or '95%x' CEL's remainder: what follows decides.
        if (token.Kind is TokenKind.Int or TokenKind.Double && _current.Kind == TokenKind.Percent && _current.Start == token.End
            && !Peek().StartsOperand)
        {
            Take();
            return NumberLiteral.Percent(_text, start, token, _previousEnd, isNegative);
        }
        return NumberLiteral.Read(_text, start, token, isNegative);
    }

    private ListLiteral ParseList()
    {
        var start = Take().Start;
        var items = new List<Expr>();
        while (_current.Kind != TokenKind.RightBracket)
        {
            RejectOptional();
            items.Add(ParseExpression());
            if (!TryTake(TokenKind.Comma))
                break;
        }
        Expect(TokenKind.RightBracket, "a list ends with ']'");
        return Checked(new ListLiteral(start, _previousEnd, [.. items]));
    }

    private MapLiteral ParseMap()
    {
        var start = Take().Start;
        var parts = new List<Expr>();
        while (_current.Kind != TokenKind.RightBrace)
        {
            RejectOptional();
            parts.Add(ParseExpression());
            Expect(TokenKind.Colon, "in a map a key is followed by ':'");
            parts.Add(ParseExpression());
            if (!TryTake(TokenKind.Comma))
                break;
        }
        Expect(TokenKind.RightBrace, "a map ends with '}'");
        return Checked(new MapLiteral(start, _previousEnd, [.. parts]));
    }

    private Expr ParseName()
    {
        var start = _current.Start;
        var isRooted = TryTake(TokenKind.Dot);
        var token = Expect(TokenKind.Identifier, "after '.' a name is expected");
        var name = Text(token);
        if (Names.IsReserved(name))
            throw new SyntaxErrorException(token.Start, token.Length, $"'{name}' is a reserved word and cannot be a name");
        if (!isRooted && !_names.IsLocal(name) && TryNamespace(ref name) is { } type)
            return type;
        if (_current.Kind == TokenKind.LeftParen)
            return ParseGlobalCall(start, name);
        return isRooted ? _names.Root(start, token.End, name) : _names.Resolve(start, token.End, name);
    }

    /// <summary>Reads on where the name is the first word of <c>math.abs(</c> or of a type such as <c>google.protobuf.Duration</c>, which
    /// it returns.</summary>
    private Literal? TryNamespace(ref string name)
    {
        if (_current.Kind != TokenKind.Dot)
            return null;
        if (name == "google")
            return TryQualifiedType();
        if (!FunctionTable.IsNamespace(name))
            return null;
        // 'math' may be a probe too: only 'math.abs(' is a function.
        var ahead = _lexer;
        var (member, paren) = (ahead.Next(), ahead.Next());
        if (member.Kind != TokenKind.Identifier || paren.Kind != TokenKind.LeftParen)
            return null;
        Take();
        name = $"{name}.{Text(Take())}";
        return null;
    }

    private Literal? TryQualifiedType()
    {
        var start = _previousEnd - "google".Length;
        foreach (var type in new[] { "google.protobuf.Timestamp", "google.protobuf.Duration" })
        {
            var end = start + type.Length;
            if (!_text.AsSpan(start).StartsWith(type)
                || (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] == '_')))
                continue;
            while (_previousEnd < end)
                Take();
            return new Literal(start, end, Value.Type(type));
        }
        return null;
    }

    private string Text(Token token) => _text[token.Start..token.End];
}
