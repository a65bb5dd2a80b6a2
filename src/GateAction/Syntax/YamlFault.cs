namespace GateAction.Syntax;

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
