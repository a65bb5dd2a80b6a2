using GateAction.Core.Model;
using YamlDotNet.Core;

namespace GateAction.Syntax;

/// <summary>A value of a YAML file with its place. Offsets are UTF-16 code units from the start of the text; the end is
/// exclusive.</summary>
internal abstract class Node(SourceText source, NodePath path, int start, int end)
{
    public SourceText Source { get; } = source;

    public NodePath Path { get; } = path;

    public int Start { get; } = start;

    public int End { get; } = end;

    public SourcePosition Position => Source.PositionAt(Start);

    /// <summary>How many nodes the value has when its aliases are written out.</summary>
    public abstract int Size { get; }

    /// <summary>What was found, to follow "found" in a message.</summary>
    public abstract string Found { get; }
}

/// <summary>One <c>key: value</c> of a mapping.</summary>
internal sealed record MappingEntry(ScalarNode Key, Node Value)
{
    /// <summary>The variable and the value that it was written out for; null for one that stands in the file.</summary>
    public (string Variable, string Value)? Each { get; init; }
}

/// <summary>A mapping; its keys are scalars and each stands once.</summary>
internal sealed class MappingNode(SourceText source, NodePath path, int start, int end, IReadOnlyList<MappingEntry> entries)
    : Node(source, path, start, end)
{
    public IReadOnlyList<MappingEntry> Entries { get; } = entries;

    public override int Size { get; } = 1 + entries.Sum(entry => 1 + entry.Value.Size);

    public override string Found => Entries.Count == 0 ? "an empty mapping" : "a mapping";

    public Node? Find(string key) => FindEntry(key)?.Value;

    /// <summary>Other entries at the same place.</summary>
    public MappingNode With(IReadOnlyList<MappingEntry> entries) => new(Source, Path, Start, End, entries);

    public MappingEntry? FindEntry(string key)
    {
        // Each field of a manifest is looked for here: by index, so that nothing is allocated.
        for (var index = 0; index < Entries.Count; index++)
        {
            if (Entries[index].Key.Text == key)
                return Entries[index];
        }
        return null;
    }
}

internal sealed class SequenceNode(SourceText source, NodePath path, int start, int end, IReadOnlyList<Node> items)
    : Node(source, path, start, end)
{
    public IReadOnlyList<Node> Items { get; } = items;

    public override int Size { get; } = 1 + items.Sum(item => item.Size);

    public override string Found => Items.Count == 0 ? "an empty list" : "a list";
}

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
        // Only when a problem needs it: a manifest without problems asks for no place.
        _offsets ??= ScalarAlignment.Align(this);
        return index < _offsets.Length ? _offsets[index] : _offsets.Length == 0 ? Start : _offsets[^1] + 1;
    }

    /// <summary>Another text at the same place.</summary>
    /// <param name="offsets">Where in the file each character of the text stands.</param>
    public ScalarNode With(string text, int[] offsets) => new(Source, Path, Start, End, text, Style, isText) { _offsets = offsets };

    private static string Shorten(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= 60 ? line : line[..59] + "…";
    }
}

/// <summary>Where in the tree a node stands, as a person would write it: <c>probes.backend.headers</c>,
/// <c>waivers[0].expires</c>.</summary>
internal sealed record NodePath(NodePath? Parent, string Segment)
{
    public static readonly NodePath Root = new(null, "");

    public NodePath Key(string key) => new(this, key);

    public NodePath Index(int index) => new(this, $"[{index}]");

    public override string ToString()
    {
        if (Parent is null)
            return Segment;
        var parent = Parent.ToString();
        return parent.Length == 0 || Segment.StartsWith('[') ? parent + Segment : $"{parent}.{Segment}";
    }
}
