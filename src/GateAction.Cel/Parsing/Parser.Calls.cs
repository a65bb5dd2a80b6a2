using GateAction.Cel.Expressions;
using GateAction.Cel.Functions;
using GateAction.Cel.Syntax;

namespace GateAction.Cel.Parsing;

/// <summary>Function calls and macros; the current token is the parenthesis after the name.</summary>
internal sealed partial class Parser
{
    private Expr ParseGlobalCall(int start, string name)
    {
        if (name == "cel.bind")
            return ParseBinding(start);
        var arguments = ParseArguments();
        if (name == "has")
            return ParseHas(start, arguments);
        // A function that there is not is no error of syntax: the official cases want it evaluated. The checker refuses it before that.
        return Checked(new Call(start, _previousEnd, name, isMember: false, FunctionTable.Find(name, isMember: false), [.. arguments]));
    }

    private Expr ParseMemberCall(int start, Expr receiver, string name)
    {
        if (Macros.Find(name) is { } macro)
            return ParseMacro(start, receiver, macro);
        var arguments = ParseArguments();
        return Checked(new Call(start, _previousEnd, name, isMember: true, FunctionTable.Find(name, isMember: true),
            [receiver, .. arguments]));
    }

    private List<Expr> ParseArguments()
    {
        Take();
        var arguments = new List<Expr>();
        if (!TryTake(TokenKind.RightParen))
        {
            do
                arguments.Add(ParseExpression());
            while (TryTake(TokenKind.Comma));
            Expect(TokenKind.RightParen, "the arguments of a call end with ')'");
        }
        return arguments;
    }

    private Has ParseHas(int start, List<Expr> arguments) => arguments is [Select field]
        ? Checked(new Has(start, _previousEnd, field))
        : throw new SyntaxErrorException(start, _previousEnd - start, "'has' takes one field, as in has(backend.json.version)");

    private Binding ParseBinding(int start)
    {
        Take();
        var name = ParseVariable("cel.bind(name, value, expression)");
        var value = ParseExpression();
        Expect(TokenKind.Comma, "'cel.bind' takes a name, a value and an expression");
        // Behind its value: in cel.bind(x, x + 1, …) the x that is read is the one outside.
        var slot = _names.Push(name);
        var body = ParseExpression();
        _names.Pop(1);
        Expect(TokenKind.RightParen, "'cel.bind' takes a name, a value and an expression, and ends with ')'");
        return Checked(new Binding(start, _previousEnd, slot, value, body));
    }

    private Expr ParseMacro(int start, Expr range, Macro macro)
    {
        Take();
        var first = _names.Push(ParseVariable(macro.Usage));
        // A second name is a variable in all(i, x, …) and a condition in map(x, ok, …): the macro tells, and a comma behind it.
        var hasSecond = macro.Variables == 2
            || (macro.MayHaveSecond && _current.Kind == TokenKind.Identifier && Peek().Kind == TokenKind.Comma);
        var second = hasSecond ? _names.Push(ParseVariable(macro.Usage)) : -1;
        var iteration = new Iteration(range, first, second);
        var body = ParseExpression();
        Expr? filter = null;
        if (macro.MayFilter && TryTake(TokenKind.Comma))
            (filter, body) = (body, ParseExpression());
        _names.Pop(hasSecond ? 2 : 1);
        Expect(TokenKind.RightParen, $"'{macro.Name}' is written {macro.Usage}");
        return Checked(macro.Create(start, _previousEnd, iteration, filter, body));
    }

    /// <summary>A macro's variable and the comma after it.</summary>
    private string ParseVariable(string usage)
    {
        var token = _current;
        if (token.Kind != TokenKind.Identifier || Names.IsReserved(Text(token)) || Peek().Kind != TokenKind.Comma)
            throw new SyntaxErrorException(token.Start, token.Length, $"a name for the variable is expected: {usage}");
        Take();
        Take();
        return Text(token);
    }
}
