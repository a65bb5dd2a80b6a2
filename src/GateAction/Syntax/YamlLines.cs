using System.Text.RegularExpressions;

namespace GateAction.Syntax;

/// <summary>Looks for what the YAML parser only trips over: a value that goes on behind its quotation mark, a line indented like none of
/// its neighbours.</summary>
internal static partial class YamlLines
{
    /// <param name="offset">Where the parser stopped: the fault is in the line there, or near it.</param>
    public static (int Offset, string Message)? FindFault(string text, int offset)
    {
        var values = GoesOn().Matches(text).Where(match => match.Success).ToArray();
        if (values.MinBy(match => Math.Abs(match.Groups["value"].Index - offset)) is { } nearest)
            return (nearest.Groups["value"].Index,
                "a value that begins with a quotation mark or '[' ends where that closes; put the whole value in the other quotation "
                + "marks, or on a line of its own after '>-'");
        return FindIndent(text);
    }

    private static (int Offset, string Message)? FindIndent(string text)
    {
        var open = new Stack<(int Indent, string Key)>();
        foreach (var line in Line().Matches(text).Where(match => match.Success))
        {
            var (indent, key) = (line.Groups["indent"].Length, line.Groups["key"].Value);
            (int Indent, string Key)? inner = null;
            while (open.TryPeek(out var top) && top.Indent > indent)
                inner = open.Pop();
            if (inner is { } deeper && (!open.TryPeek(out var outer) || outer.Indent < indent))
            {
                var neighbours = open.Count == 0
                    ? $"{deeper.Indent} ('{deeper.Key}')"
                    : $"{open.Peek().Indent} ('{open.Peek().Key}') and {deeper.Indent} ('{deeper.Key}')";
                return (line.Groups["key"].Index, $"not YAML: '{key}' is indented by {indent}; its neighbours stand at {neighbours}");
            }
            if (!open.TryPeek(out var last) || last.Indent < indent)
                open.Push((indent, key));
        }
        return null;
    }

    [GeneratedRegex("""^[ ]*(?:-[ ]+)?(?:[\w.-]+[ ]*:[ ]+)(?<value>(?:"[^"\n]*"|'[^'\n]*'|\[[^\]\n]*\])[ ]*(?=[^\s#,}\]]).*)$""",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex GoesOn();

    [GeneratedRegex("""^(?<indent>[ ]*)(?<key>[\w.-]+)[ ]*:(?=\s|$)""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}
