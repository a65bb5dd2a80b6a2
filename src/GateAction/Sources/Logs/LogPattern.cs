using System.Text.RegularExpressions;

namespace GateAction.Sources.Logs;

/// <summary>A regular expression that runs in time linear in the line, as RE2 does.</summary>
internal static class LogPattern
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    public static Regex Compile(string pattern) => new(pattern, Options);

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
            return $"pattern '{pattern}' is no regular expression: {exception.Error} at character {exception.Offset}";
        }
        catch (NotSupportedException)
        {
            return $"pattern '{pattern}' needs backtracking (a back reference, a look-ahead or a very large repetition); write it without";
        }
    }
}
