using System.Text;

namespace GateAction.Manifests.Syntax;

/// <summary>What is wrong with a text before YAML is looked at, and YAML's own faults in words that say how to repair them.</summary>
internal static class SourceCheck
{
    public static (int Offset, string Message)? FindFault(SourceText source)
    {
        if (Encoding.UTF8.GetByteCount(source.Text) > YamlTree.MaxBytes)
            return (0, $"the file is larger than {YamlTree.MaxBytes / 1024} KiB");
        for (var offset = 0; offset < source.Text.Length; offset++)
        {
            var c = source.Text[offset];
            if (char.IsControl(c) && c is not ('\n' or '\r' or '\t' or '\u0085'))
                return (offset, $"found the control character U+{(int)c:X4}; a manifest is text in UTF-8");
            if (c == '\uFFFD' || (char.IsSurrogate(c) && !IsPaired(source.Text, offset)))
                return (offset, "found bytes that are no UTF-8; save the file as UTF-8");
        }
        return null;
    }

    /// <summary>A syntax error of YAML; tabs before a value are by far its commonest cause, so they are named.</summary>
    public static string Explain(SourceText source, int offset, string message)
    {
        var indent = source.LineAt(offset).TakeWhile(char.IsWhiteSpace);
        return indent.Contains('\t')
            ? "not YAML: the line is indented with a tab; YAML wants spaces"
            : $"not YAML: {char.ToLowerInvariant(message.FirstOrDefault('?'))}{message.AsSpan(Math.Min(1, message.Length)).TrimEnd('.')}";
    }

    private static bool IsPaired(string text, int offset) => char.IsHighSurrogate(text[offset])
        ? offset + 1 < text.Length && char.IsLowSurrogate(text[offset + 1])
        : offset > 0 && char.IsHighSurrogate(text[offset - 1]);
}
