using YamlDotNet.Core;

namespace GateAction.Syntax;

/// <summary>
/// Finds each character of a scalar's text in the file again. YAML keeps the order of everything that is not white space, in every style;
/// what it folds, strips and escapes is stepped over.
/// </summary>
internal static class ScalarAlignment
{
    public static int[] Align(ScalarNode node)
    {
        var offsets = new int[node.Text.Length];
        var at = ContentStart(node);
        for (var index = 0; index < offsets.Length; index++)
        {
            var isSpace = IsSpace(node.Text[index]);
            at = isSpace ? SkipContinuation(node, at) : SkipSpace(node, at);
            offsets[index] = Math.Min(at, Math.Max(node.Start, node.End - 1));
            if (!isSpace || (at < node.End && (node.Source.Text[at] == node.Text[index] || IsEscape(node, at))))
                at += Width(node, at, ref index, offsets);
        }
        return offsets;
    }

    private static int ContentStart(ScalarNode node) => node.Style switch
    {
        ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted => node.Start + 1,
        ScalarStyle.Literal or ScalarStyle.Folded => Math.Min(node.End, node.Source.EndOfLine(node.Start) + 1),
        _ => node.Start,
    };

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r';

    private static bool IsEscape(ScalarNode node, int at) =>
        node.Style == ScalarStyle.DoubleQuoted && at + 1 < node.End && node.Source.Text[at] == '\\';

    private static int SkipSpace(ScalarNode node, int at)
    {
        at = SkipContinuation(node, at);
        while (at < node.End && IsSpace(node.Source.Text[at]))
            at = SkipContinuation(node, at + 1);
        return at;
    }

    // A backslash before a line break joins two lines of a double-quoted text without a space.
    private static int SkipContinuation(ScalarNode node, int at)
    {
        while (IsEscape(node, at) && node.Source.Text[at + 1] is '\n' or '\r')
        {
            at++;
            while (at < node.End && IsSpace(node.Source.Text[at]))
                at++;
        }
        return at;
    }

    private static int Width(ScalarNode node, int at, ref int index, int[] offsets)
    {
        if (node.Style == ScalarStyle.SingleQuoted && node.Text[index] == '\'')
            return 2;
        if (!IsEscape(node, at))
            return 1;
        var digits = node.Source.Text[at + 1] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 8 && char.IsHighSurrogate(node.Text[index]) && index + 1 < offsets.Length)
            offsets[++index] = at;
        return 2 + digits;
    }
}
