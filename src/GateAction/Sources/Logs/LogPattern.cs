using GateAction.Cel.Patterns;

namespace GateAction.Sources.Logs;

/// <summary>A pattern of RE2, as conditions know it too; it runs in time linear in the line.</summary>
internal sealed class LogPattern
{
    private readonly PatternProgram _program;

    private LogPattern(string text) => (Text, _program) = (text, PatternProgram.Parse(text));

    public string Text { get; }

    public static LogPattern Compile(string pattern) => new(pattern);

    /// <summary>What is wrong with a pattern; null where nothing is.</summary>
    public static string? ObjectionTo(string pattern)
    {
        try
        {
            return Compile(pattern).IsIn("")
                ? $"pattern '{pattern}' also fits an empty line, so it fits every line; write what a line must hold"
                : null;
        }
        catch (FormatException exception)
        {
            return $"pattern '{pattern}': {exception.Message}";
        }
    }

    public bool IsIn(string text) => NewSearch().IsIn(text);

    /// <summary>For many lines, one after the other.</summary>
    public PatternProgram.Search NewSearch() => _program.NewSearch();
}
