using System.Text;

namespace GateAction.Syntax;

/// <summary>What is wrong with a text before YAML is looked at.</summary>
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

    private static bool IsPaired(string text, int offset) => char.IsHighSurrogate(text[offset])
        ? offset + 1 < text.Length && char.IsLowSurrogate(text[offset + 1])
        : offset > 0 && char.IsHighSurrogate(text[offset - 1]);
}
