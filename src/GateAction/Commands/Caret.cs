using GateAction.Cel.Values;

namespace GateAction.Commands;

/// <summary>A problem with the line it stands in and a caret under its place.</summary>
internal static class Caret
{
    private const int Width = 100;

    public static string Show(string text, ConditionProblem problem)
    {
        if (string.IsNullOrWhiteSpace(text))
            return problem.Message;
        var start = problem.Start == 0 ? 0 : text.LastIndexOf('\n', Math.Min(problem.Start, text.Length) - 1) + 1;
        var end = text.IndexOf('\n', start) is var found and >= 0 ? found : text.Length;
        var column = Math.Min(problem.Start, end) - start;
        var line = text[start..end].TrimEnd('\r');
        var first = Math.Max(0, column - Width / 2);
        var shown = line[first..Math.Min(line.Length, first + Width)].Replace('\t', ' ');
        var length = Math.Clamp(problem.Length, 1, Math.Max(1, shown.Length - (column - first)));
        return $"{problem.Message}\n  {shown}\n  {new string(' ', column - first)}{new string('^', length)}";
    }
}
