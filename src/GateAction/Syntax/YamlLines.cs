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
        // The parser stops lines further on, where it could not go on: the nearest of the kind is most likely meant.
        if (values.MinBy(match => Math.Abs(match.Groups["value"].Index - offset)) is { } nearest)
            return (nearest.Groups["value"].Index,
                "a value that begins with a quotation mark or '[' ends where that closes; put the whole value in the other quotation "
                + "marks, or on a line of its own after '>-'");
        return FindIndent(text);
    }

    /// <summary>The same between braces: <c>{ pass: "ok" in backend.body }</c>.</summary>
    public static (int Offset, string Message)? FindFaultInBraces(string text, int offset)
    {
        var values = GoesOnInBraces().Matches(text).Where(match => match.Success).ToArray();
        return values.MinBy(match => Math.Abs(match.Groups["value"].Index - offset)) is { } nearest
            ? (nearest.Groups["value"].Index,
                "a value that begins with a quotation mark ends where that closes; put the whole value in the other quotation marks")
            : null;
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

    [GeneratedRegex("""[{,][ ]*[\w.-]+[ ]*:[ ]+(?<value>"[^"\n]*"|'[^'\n]*')[ ]*(?=[^\s#,}\]])""", RegexOptions.CultureInvariant)]
    private static partial Regex GoesOnInBraces();

    [GeneratedRegex("""^(?<indent>[ ]*)(?<key>[\w.-]+)[ ]*:(?=\s|$)""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}

/// <summary>YamlDotNet's syntax errors with what a person does about the commonest of them.</summary>
internal static class YamlFault
{
    private static readonly (string Part, string Repair)[] Repairs =
    [
        ("found invalid mapping", "a text without quotation marks cannot hold ': '; put quotation marks around the whole value"),
        ("could not find expected ':'", "a key needs ': ' after it; a text of several lines needs quotation marks, or '|' before it"),
        ("found wrong indentation", "the quotation mark is never closed, or the text's next line is not indented"),
        ("found unexpected end of stream", "the quotation mark is never closed"),
        ("expected ',' or", "put quotation marks around a value that holds ',', '[', ']', '{' or '}'"),
    ];

    public static (int Offset, string Message) Explain(SourceText source, int offset, string message)
    {
        if (message.Contains("tab", StringComparison.OrdinalIgnoreCase) && FindTab(source, offset) is { } tab)
            return (tab, "the line is indented with a tab; YAML wants spaces");
        if (message.Contains("cannot start any token", StringComparison.Ordinal) && offset < source.Text.Length)
            return (offset, $"not YAML: '{source.Text[offset]}' cannot begin a value; put the value in quotation marks");
        if (message.Contains("did not find expected key", StringComparison.Ordinal)
            && YamlLines.FindFault(source.Text, offset) is { } found)
            return found;
        if (message.Contains("expected ',' or", StringComparison.Ordinal)
            && YamlLines.FindFaultInBraces(source.Text, offset) is { } between)
            return between;
        var repair = Repairs.FirstOrDefault(candidate => message.Contains(candidate.Part, StringComparison.OrdinalIgnoreCase)).Repair;
        var fault =
            $"not YAML: {char.ToLowerInvariant(message.FirstOrDefault('?'))}{message.AsSpan(Math.Min(1, message.Length)).TrimEnd('.')}";
        return (offset, repair is null ? fault : $"{fault}; {repair}");
    }

    // The error stands where the mapping begins, not at the tab.
    private static int? FindTab(SourceText source, int offset)
    {
        var isIndent = true;
        for (var at = offset; at < source.Text.Length; at++)
        {
            if (isIndent && source.Text[at] == '\t')
                return at;
            isIndent = source.Text[at] is '\n' or '\r' || (isIndent && source.Text[at] == ' ');
        }
        return null;
    }
}
