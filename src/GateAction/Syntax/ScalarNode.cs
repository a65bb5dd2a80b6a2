using YamlDotNet.Core;

namespace GateAction.Syntax;

/// <summary>A text as it was written in any of YAML's five styles.</summary>
internal sealed class ScalarNode(SourceText source, NodePath path, int start, int end, string text, ScalarStyle style, bool isText)
    : Node(source, path, start, end)
{
    private int[]? _offsets;

    public string Text { get; } = text;

    public ScalarStyle Style { get; } = style;

    public bool IsPlain => Style == ScalarStyle.Plain && !isText;

    /// <summary>True for what YAML 1.2 reads as null: nothing, <c>~</c> or <c>null</c>.</summary>
    public bool IsNull => IsPlain && Text is ("" or "~" or "null" or "Null" or "NULL");

    public override int Size => 1;

    public override string Found => IsNull ? "nothing" : $"'{Shorten(Text)}'";

    /// <summary>What stands behind the text on its last line.</summary>
    public string RestOfLine => Source.Text[End..Source.EndOfLine(End)];

    /// <summary>Where in the file a character of the text stands; the text's length gives the place after its last character.</summary>
    public int OffsetOf(int index)
    {
        _offsets ??= ScalarAlignment.Align(this);
        return index < _offsets.Length ? _offsets[index] : _offsets.Length == 0 ? Start : _offsets[^1] + 1;
    }

    private static string Shorten(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= 60 ? line : line[..59] + "…";
    }
}
