using System.Text;
using GateAction.Core.Model;

namespace GateAction.Syntax;

/// <summary>The text of one file, and where in it a line begins. A byte order mark is not part of it.</summary>
internal sealed class SourceText
{
    private readonly List<int> _lineStarts = [0];

    public SourceText(string file, string text)
    {
        File = file;
        Text = text.StartsWith('\uFEFF') ? text[1..] : text;
        for (var offset = 0; offset < Text.Length; offset++)
        {
            // YAML 1.2 (5.4) ends a line with CR, LF or both.
            var isCrLf = Text[offset] == '\r' && offset + 1 < Text.Length && Text[offset + 1] == '\n';
            if (Text[offset] is '\n' or '\r' && !isCrLf)
                _lineStarts.Add(offset + 1);
        }
    }

    public string File { get; }

    public string Text { get; }

    public SourcePosition PositionAt(int offset)
    {
        var line = LineIndexAt(offset);
        return new(File, line + 1, Math.Clamp(offset, 0, Text.Length) - _lineStarts[line] + 1);
    }

    /// <summary>The line that holds the offset, without its line break.</summary>
    public string LineAt(int offset)
    {
        var start = _lineStarts[LineIndexAt(offset)];
        return Text[start..EndOfLine(offset)];
    }

    /// <summary>The offset of the line break (or the end of the text) after the offset.</summary>
    public int EndOfLine(int offset)
    {
        offset = Math.Clamp(offset, 0, Text.Length);
        var end = Text.AsSpan(offset).IndexOfAny('\r', '\n');
        return end < 0 ? Text.Length : offset + end;
    }

    private int LineIndexAt(int offset)
    {
        var index = _lineStarts.BinarySearch(offset);
        return Math.Max(0, index < 0 ? ~index - 1 : index);
    }
}

/// <summary>What is wrong with a text before YAML is looked at.</summary>
internal static class SourceCheck
{
    public static (int Offset, string Message)? FindFault(SourceText source, YamlRules rules)
    {
        if (Encoding.UTF8.GetByteCount(source.Text) > rules.MaxBytes)
            return (0, $"the file is larger than {rules.MaxBytes / 1024} KiB");
        return rules.TakesAnyText ? null : FindFaultyCharacter(source, rules);
    }

    private static (int Offset, string Message)? FindFaultyCharacter(SourceText source, YamlRules rules)
    {
        for (var offset = 0; offset < source.Text.Length; offset++)
        {
            var c = source.Text[offset];
            if (char.IsControl(c) && c is not ('\n' or '\r' or '\t' or '\u0085'))
                return (offset, $"found the control character U+{(int)c:X4}; {rules.Name} is text in UTF-8");
            // A decoder puts it in place of bytes that are no UTF-8.
            if (c == '\uFFFD' || (char.IsSurrogate(c) && !IsPaired(source.Text, offset)))
                return (offset, "found bytes that are no UTF-8; save the file as UTF-8");
        }
        return null;
    }

    private static bool IsPaired(string text, int offset) => char.IsHighSurrogate(text[offset])
        ? offset + 1 < text.Length && char.IsLowSurrogate(text[offset + 1])
        : offset > 0 && char.IsHighSurrogate(text[offset - 1]);
}
