using System.Text;
using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary>A problem as people read it: one line that editors can jump to, then the line of the file with a caret under what is
/// meant.</summary>
internal static class ProblemText
{
    private const char Escape = '\e';

    // As compilers write it, "file:line:column: ", so that terminals and editors make a link of it.
    public static string Format(Problem problem, int width, bool hasColor)
    {
        var number = problem.Position.Line.ToString();
        var margin = new string(' ', number.Length);
        var (line, indent, marked) = Window(problem, Math.Max(20, width - number.Length - 3));
        var path = problem.Path.Length == 0 ? "" : problem.Path + ": ";
        var paint = new Paint(hasColor);
        var text = new StringBuilder();
        text.Append(paint.Bold($"{problem.Position}:")).Append(' ').Append(problem.IsWarning ? "warning: " : "").Append(paint.Yellow(path))
            .Append(problem.Message).Append('\n');
        if (problem.SourceLine.Length > 0)
        {
            text.Append(paint.Grey($"{margin} |")).Append('\n');
            text.Append(paint.Grey($"{number} |")).Append(' ').Append(line).Append('\n');
            text.Append(paint.Grey($"{margin} |")).Append(' ').Append(indent).Append(paint.Green(marked)).Append('\n');
        }
        return text.ToString();
    }

    // The part of a long line that holds what is meant.
    private static (string Line, string Indent, string Marked) Window(Problem problem, int width)
    {
        var line = problem.SourceLine.Replace('\t', ' ');
        var start = Math.Min(problem.Position.Column - 1, line.Length);
        // A third of the width before it: what is wrong is often explained by what stands there.
        var from = start + Math.Min(problem.Length, width / 2) <= width - 1 ? 0 : Math.Max(0, start - (width / 3));
        var visible = line[from..Math.Min(line.Length, from + width - 2)];
        var cutLeft = from > 0 ? "…" : "";
        var cutRight = from + visible.Length < line.Length ? "…" : "";
        var length = Math.Clamp(problem.Length, 1, Math.Max(1, visible.Length - (start - from)));
        var indent = new string(' ', cutLeft.Length + Columns(line.AsSpan(from, start - from)));
        var marked = Math.Max(1, Columns(line.AsSpan(start, Math.Min(length, line.Length - start))));
        return (cutLeft + visible + cutRight, indent, "^" + new string('~', marked - 1));
    }

    // East Asian wide characters take two columns; so do those of two code units, which count two already.
    private static int Columns(ReadOnlySpan<char> text)
    {
        var columns = text.Length;
        foreach (var c in text)
            columns += IsWide(c) ? 1 : 0;
        return columns;
    }

    private static bool IsWide(char c) => c
        is (>= '\u1100' and <= '\u115F') or (>= '\u2E80' and <= '\uA4CF') or (>= '\uAC00' and <= '\uD7A3')
        or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF00' and <= '\uFF60');

    private readonly record struct Paint(bool HasColor)
    {
        public string Bold(string text) => Code("1", text);

        public string Yellow(string text) => Code("33", text);

        public string Green(string text) => Code("1;32", text);

        public string Grey(string text) => Code("90", text);

        private string Code(string code, string text) => HasColor && text.Length > 0 ? $"{Escape}[{code}m{text}{Escape}[0m" : text;
    }
}
