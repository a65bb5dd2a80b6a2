using System.Text.RegularExpressions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Syntax;

/// <summary>What people write for what the language has, with the way to write it.</summary>
internal static partial class SyntaxErrors
{
    public static SyntaxErrorException Character(string text, int position)
    {
        var next = position + 1 < text.Length ? text[position + 1] : '\0';
        var message = (text[position], next) switch
        {
            ('=', '>') => "'=>' is not part of a condition; write the name, a comma and what must hold, as in all(x, x.ok)",
            ('=', '~') => "'=~' is not an operator; write .matches(\"…\")",
            // The lexer has taken '==' already and trips over the third.
            ('=', _) when position > 1 && text[position - 1] == '=' =>
                text[position - 2] == '!' ? "'!==' is not an operator; write '!='" : "'===' is not an operator; write '=='",
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
        var before = text[..token.Start].TrimEnd();
        if (LastNot().IsMatch(before))
            return new SyntaxErrorException(before.Length - "not".Length, "not".Length,
                "'not' is not an operator; write '!' before what must not hold, as in !(…)");
        if (Spaced(before, word) is { } quantity)
            return new SyntaxErrorException(quantity.Start, token.End - quantity.Start, $"write {quantity.Repair}, without a space");
        var message = word.ToUpperInvariant() switch
        {
            "CONTAINS" or "STARTSWITH" or "ENDSWITH" or "MATCHES" =>
                $"'{word}' is a function of the text before it: write a dot before it and brackets after it, as in "
                + "backend.body.contains(\"ok\")",
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
        if (SpacedPercent().Match(text[..token.Start]) is { Success: true } percent)
            return new SyntaxErrorException(percent.Index, percent.Value.TrimEnd().Length,
                $"write {percent.Groups["number"].Value}%, without a space");
        if (token.Kind == TokenKind.End)
            return new SyntaxErrorException(token.Start, 0, text.AsSpan().Trim().IsEmpty
                ? "the condition is empty; write what must hold, as in backend.status == 200"
                : "the condition ends where a value is expected");
        var word = text[token.Start..token.End];
        var message = token.Kind switch
        {
            TokenKind.Plus => "'+' before a number is not part of the language; leave it out",
            TokenKind.Greater when token.Start > 0 && text[token.Start - 1] == '<' => "'<>' is not an operator; write '!='",
            _ => $"'{ValueText.Cut(word, 40)}' stands where a value is expected",
        };
        return new SyntaxErrorException(token.Start, token.Length, message);
    }

    private static readonly string[] Units =
        ["ns", "us", "ms", "s", "m", "h", "d", "B", "kB", "KB", "MB", "GB", "TB", "Ki", "Mi", "Gi", "Ti", "KiB", "MiB", "GiB", "TiB"];

    // A number and a unit apart, also a unit in words: 500 ms, 2 hours.
    private static (int Start, string Repair)? Spaced(string before, string word)
    {
        var number = LastNumber().Match(before);
        var unit = word.ToLowerInvariant() switch
        {
            "second" or "seconds" or "sec" or "secs" => "s",
            "minute" or "minutes" or "min" or "mins" => "m",
            "hour" or "hours" => "h",
            "day" or "days" => "d",
            "millisecond" or "milliseconds" => "ms",
            "byte" or "bytes" => "B",
            _ => Array.Find(Units, known => known == word),
        };
        return number.Success && unit is not null ? (number.Index, number.Value + unit) : null;
    }

    [GeneratedRegex("""(?:^|[\s(!])(?:not|NOT)$""", RegexOptions.CultureInvariant)]
    private static partial Regex LastNot();

    [GeneratedRegex("""(?<![\w.])\d+(\.\d+)?$""", RegexOptions.CultureInvariant)]
    private static partial Regex LastNumber();

    [GeneratedRegex("""(?<![\w.])(?<number>\d+(\.\d+)?)\s+%\s*$""", RegexOptions.CultureInvariant)]
    private static partial Regex SpacedPercent();

    private static string Printable(string text, int position) =>
        char.IsHighSurrogate(text[position]) && position + 1 < text.Length ? text.Substring(position, 2)
        : char.IsControl(text[position]) || char.IsSurrogate(text[position]) ? $"\\u{(int)text[position]:x4}"
        : text[position].ToString();
}

/// <summary>Ends the parse at the first thing that is not the language; caught in <see cref="Condition.Parse"/>.</summary>
internal sealed class SyntaxErrorException(int start, int length, string message) : Exception(message)
{
    public ConditionProblem Problem { get; } = new(start, length, message);
}
