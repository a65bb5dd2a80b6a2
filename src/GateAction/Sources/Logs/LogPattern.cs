using System.Text.RegularExpressions;

namespace GateAction.Sources.Logs;

/// <summary>A regular expression that runs in time linear in the line, as RE2 does.</summary>
internal static class LogPattern
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    public static Regex Compile(string pattern) => new(pattern, Options);

    private static string Describe(RegexParseError error) => error switch
    {
        RegexParseError.InsufficientClosingParentheses => "a ')' is missing",
        RegexParseError.InsufficientOpeningParentheses => "a '(' is missing, or a ')' needs a backslash",
        RegexParseError.UnterminatedBracket => "a ']' is missing",
        RegexParseError.QuantifierAfterNothing => "'*', '+' or '?' repeats nothing; a backslash before it makes it a character",
        RegexParseError.NestedQuantifiersNotParenthesized => "two repetitions follow each other",
        RegexParseError.ReversedCharacterRange => "a range runs backwards, as in [z-a]",
        RegexParseError.ReversedQuantifierRange => "a repetition runs backwards, as in {3,1}",
        RegexParseError.UnescapedEndingBackslash => "the backslash at its end makes nothing a character",
        RegexParseError.UnrecognizedEscape => "a backslash stands before a letter that it means nothing with",
        RegexParseError.UndefinedNumberedReference or RegexParseError.UndefinedNamedReference => "it refers to a group that is not there",
        _ => error.ToString(),
    };

    /// <summary>What is wrong with a pattern; null where nothing is.</summary>
    public static string? ObjectionTo(string pattern)
    {
        try
        {
            return Compile(pattern).IsMatch("")
                ? $"pattern '{pattern}' also fits an empty line, so it fits every line; write what a line must hold"
                : null;
        }
        catch (RegexParseException exception)
        {
            return $"pattern '{pattern}' is no regular expression: {Describe(exception.Error)} at character {exception.Offset}";
        }
        catch (NotSupportedException)
        {
            return $"pattern '{pattern}' needs backtracking (a back reference, a look-ahead or a very large repetition); write it without";
        }
    }
}
