using GateAction.Cel.Values;

namespace GateAction.Cel.Syntax;

/// <summary>What people write for what the language has, with the way to write it.</summary>
internal static class SyntaxErrors
{
    public static SyntaxErrorException Character(string text, int position)
    {
        var next = position + 1 < text.Length ? text[position + 1] : '\0';
        var message = (text[position], next) switch
        {
            ('=', _) => "'=' is not an operator; write '==' to compare",
            ('&', _) => "'&' is not an operator; write '&&' for and",
            ('|', _) => "'|' is not an operator; write '||' for or",
            ('$', '{') => "'${…}' is not read in a condition; write the fact's name alone, as in backend.status",
            ('#', _) => "'#' is not part of a condition; a comment begins with '//'",
            ('“' or '”' or '‘' or '’', _) => "a string stands in straight quotes, ' or \"",
            ('≤', _) => "write '<=' for ≤",
            ('≥', _) => "write '>=' for ≥",
            ('≠', _) => "write '!=' for ≠",
            _ => $"'{Printable(text, position)}' is not part of a condition",
        };
        return new SyntaxErrorException(position, 1, message);
    }

    public static SyntaxErrorException Unit(string text, int start, int end) =>
        new(start, end - start, $"'{ValueText.Cut(text[start..end], 40)}' is not a number or a quantity; {Quantity.Accepted}");

    /// <summary>Something else than an operator stands after a whole expression.</summary>
    public static SyntaxErrorException AfterExpression(string text, Token token)
    {
        var word = text[token.Start..token.End];
        var before = text.AsSpan(0, token.Start).TrimEnd();
        var message = word.ToUpperInvariant() switch
        {
            _ when before is "not" or "NOT" || before.EndsWith(" not") || before.EndsWith("(not") => "'not' is not an operator; write '!' before what must not hold",
            "" => "the condition ends too early",
            "AND" => $"'{word}' is not an operator; write '&&' for and",
            "OR" => $"'{word}' is not an operator; write '||' for or",
            "NOT" => $"'{word}' is not an operator; write '!' before what must not hold, '!(x in list)' for not in",
            "IS" => $"'{word}' is not an operator; write '==' to compare",
            ")" => "')' closes nothing; a '(' is missing, or this is one too many",
            "]" => "']' closes nothing; a '[' is missing, or this is one too many",
            "}" => "'}' closes nothing; a '{' is missing, or this is one too many",
            _ => $"'{ValueText.Cut(word, 40)}' cannot follow here; an operator such as '==' or '&&' is missing before it",
        };
        return new SyntaxErrorException(token.Start, token.Length, message);
    }

    /// <summary>No operand begins with this token.</summary>
    public static SyntaxErrorException NoOperand(string text, Token token)
    {
        if (token.Kind == TokenKind.End)
            return new SyntaxErrorException(token.Start, 0, text.AsSpan().Trim().IsEmpty
                ? "the condition is empty; write what must hold, as in backend.status == 200"
                : "the condition ends where a value is expected");
        var word = text[token.Start..token.End];
        var message = token.Kind == TokenKind.Plus
            ? "'+' before a number is not part of the language; leave it out"
            : $"'{ValueText.Cut(word, 40)}' stands where a value is expected";
        return new SyntaxErrorException(token.Start, token.Length, message);
    }

    private static string Printable(string text, int position) =>
        char.IsHighSurrogate(text[position]) && position + 1 < text.Length ? text.Substring(position, 2)
        : char.IsControl(text[position]) || char.IsSurrogate(text[position]) ? $"\\u{(int)text[position]:x4}"
        : text[position].ToString();
}
