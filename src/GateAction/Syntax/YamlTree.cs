using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GateAction.Syntax;

/// <summary>
/// Builds the tree from YAML 1.2's event stream. Bounded in size, depth and what aliases write out, because YamlDotNet's own representation
/// model dies of a stack overflow on deep nesting.
/// </summary>
internal sealed class YamlTree
{
    public const int MaxDepth = 64;

    private readonly SourceText _source;
    private readonly YamlRules _rules;
    private readonly Problems _problems;
    private readonly Parser _parser;
    private readonly Dictionary<string, Node> _anchors = [];
    private int _nodes;

    private YamlTree(SourceText source, YamlRules rules, Problems problems)
    {
        _source = source;
        _rules = rules;
        _problems = problems;
        _parser = new Parser(new StringReader(source.Text));
    }

    /// <summary>The root of a manifest.</summary>
    public static Node? Read(SourceText source, Problems problems) => Read(source, YamlRules.Manifest, problems);

    /// <summary>The root of the only document; null if the text is not YAML, empty or past a limit, and then a problem says
    /// so.</summary>
    public static Node? Read(SourceText source, YamlRules rules, Problems problems)
    {
        if (SourceCheck.FindFault(source, rules) is { } fault)
        {
            problems.Add(source, fault.Offset, 1, NodePath.Root, fault.Message);
            return null;
        }
        try
        {
            return new YamlTree(source, rules, problems).ReadDocument();
        }
        catch (YamlFaultException exception)
        {
            problems.Add(source, exception.Offset, 1, exception.Path, exception.Message);
        }
        catch (YamlException exception)
        {
            var (offset, message) = YamlFault.Explain(source, (int)Math.Min(exception.Start.Index, source.Text.Length), exception.Message);
            problems.Add(source, offset, 1, NodePath.Root, message);
        }
        return null;
    }

    private Node ReadDocument()
    {
        Advance();
        Advance();
        // The first event is the start of the stream, the second that of the document.
        if (_parser.Current is StreamEnd or null)
            throw new YamlFaultException(0, NodePath.Root, _rules.IfEmpty);
        Advance();
        var root = ReadNode(NodePath.Root, 1);
        Advance();
        if (_parser.Current is DocumentStart second)
            throw new YamlFaultException((int)second.Start.Index, NodePath.Root,
                $"a second document begins here; {_rules.Name} is one YAML document");
        return root;
    }

    private void Advance()
    {
        var before = _parser.Current?.End.Index ?? 0;
        try
        {
            _parser.MoveNext();
        }
        catch (Exception exception)
            when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException)
        {
            // YamlDotNet's scanner loses its way on some texts instead of refusing them.
            throw new YamlFaultException((int)before, NodePath.Root,
                "not YAML: what follows here cannot be read; put quotation marks around texts with signs in them");
        }
    }

    // Leaves the parser on the event after the node.
    private Node ReadNode(NodePath path, int depth)
    {
        var current = _parser.Current ?? throw new YamlFaultException(_source.Text.Length, path, "the file ends too early");
        if (depth > MaxDepth)
            throw new YamlFaultException((int)current.Start.Index, NodePath.Root, $"values are nested more than {MaxDepth} deep");
        var node = current switch
        {
            AnchorAlias alias => ReadAlias(alias, path),
            Scalar scalar => ReadScalar(scalar, path),
            SequenceStart start => ReadSequence(start, path, depth),
            MappingStart start => ReadMapping(start, path, depth),
            _ => throw new YamlFaultException((int)current.Start.Index, path, "a value is missing here"),
        };
        // Behind its value, so that no anchor stands for what holds it: a tree has an end.
        if (current is NodeEvent { Anchor.IsEmpty: false } anchored)
            _anchors[anchored.Anchor.Value] = node;
        Advance();
        return node;
    }

    private Node ReadAlias(AnchorAlias alias, NodePath path)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var node))
            throw new YamlFaultException((int)alias.Start.Index, path,
                $"alias '*{alias.Value}' names no anchor that is complete before it");
        // The tree is shared and costs nothing; who walks it pays for each place, and aliases of aliases double ("billion laughs").
        Count(node.Size, alias, path);
        return node;
    }

    private ScalarNode ReadScalar(Scalar scalar, NodePath path)
    {
        Count(1, scalar, path);
        var isText = RequireKnownTag(scalar, path);
        return new(_source, path, ContentStart(scalar), (int)scalar.End.Index, scalar.Value, scalar.Style, isText);
    }

    private SequenceNode ReadSequence(SequenceStart start, NodePath path, int depth)
    {
        Count(1, start, path);
        RequireKnownTag(start, path);
        var items = new List<Node>();
        Advance();
        while (_parser.Current is not SequenceEnd)
            items.Add(ReadNode(path.Index(items.Count), depth + 1));
        return new(_source, path, ContentStart(start), (int)_parser.Current.End.Index, items);
    }

    private MappingNode ReadMapping(MappingStart start, NodePath path, int depth)
    {
        Count(1, start, path);
        RequireKnownTag(start, path);
        var (entries, merged) = (new Dictionary<string, MappingEntry>(), new List<MappingNode>());
        Advance();
        while (_parser.Current is not MappingEnd)
        {
            var key = ReadKey(path, depth);
            var value = ReadNode(path.Key(key.Text), depth + 1);
            if (key.Text == "<<" && key.IsPlain && _rules.InsteadOfMerge is { } instead)
                _problems.Add(key, $"merge keys are no part of YAML 1.2; write the fields out, alias a whole value with '*name'{instead}");
            else if (key.Text == "<<" && key.IsPlain)
                merged.AddRange(MappingsOf(value));
            else if (!entries.TryAdd(key.Text, new(key, value)))
                _problems.Add(key,
                    $"key '{key.Text}' stands here a second time; it was first set on line {entries[key.Text].Key.Position.Line}");
        }
        foreach (var entry in merged.SelectMany(mapping => mapping.Entries))
            entries.TryAdd(entry.Key.Text, entry);
        return new(_source, path, ContentStart(start), (int)_parser.Current.End.Index, [.. entries.Values]);
    }

    // YAML 1.1's type "merge": a mapping, or a list of mappings of which the first goes before.
    private IReadOnlyList<MappingNode> MappingsOf(Node value)
    {
        IReadOnlyList<Node> values = value is SequenceNode list ? list.Items : [value];
        if (values.FirstOrDefault(part => part is not MappingNode) is { } other)
            _problems.Add(other, $"found {other.Found}, and a merge key takes a mapping or a list of mappings");
        return [.. values.OfType<MappingNode>()];
    }

    private ScalarNode ReadKey(NodePath path, int depth)
    {
        var start = (int)_parser.Current!.Start.Index;
        return ReadNode(_parser.Current is Scalar scalar ? path.Key(scalar.Value) : path, depth + 1) as ScalarNode
            ?? throw new YamlFaultException(start, path, start > 0 && _source.Text.AsSpan(start - 1).StartsWith("{{")
                ? "a condition stands without {{ }}; leave them out"
                : "a list or a mapping cannot be a key; put quotes around a key that begins with '[' or '{'");
    }

    private void Count(int nodes, ParsingEvent at, NodePath path)
    {
        _nodes += nodes;
        if (_nodes > _rules.MaxNodes)
            throw new YamlFaultException((int)at.Start.Index, path,
                $"{_rules.Name} holds more than {_rules.MaxNodes:N0} values once its aliases are written out");
    }

    // True if the tag says that a plain scalar is text.
    private bool RequireKnownTag(NodeEvent node, NodePath path)
    {
        if (node.Tag.IsEmpty)
            return false;
        return node.Tag.Value switch
        {
            "!" or "tag:yaml.org,2002:str" => true,
            "tag:yaml.org,2002:int" or "tag:yaml.org,2002:float" or "tag:yaml.org,2002:bool" or "tag:yaml.org,2002:null" => false,
            "tag:yaml.org,2002:seq" or "tag:yaml.org,2002:map" => false,
            _ when _rules.TakesAnyTag => false,
            ['!', >= 'a' and <= 'z' or '_' or '(', ..] and var tag when !tag.Contains('/')
                => throw new YamlFaultException((int)node.Start.Index, path,
                $"'{tag}' is a YAML tag, which has no meaning here; put a condition that begins with '!' in quotes: '{tag}'"),
            _ => throw new YamlFaultException((int)node.Start.Index, path, $"tag '{node.Tag.Value}' has no meaning here; leave it out"),
        };
    }

    // An event begins at its anchor or tag; the value behind it is what a message points at.
    private int ContentStart(NodeEvent node)
    {
        var (at, end) = ((int)node.Start.Index, (int)node.End.Index);
        if (node.Anchor.IsEmpty && node.Tag.IsEmpty)
            return at;
        while (at < _source.Text.Length && _source.Text[at] is '&' or '!')
        {
            while (at < _source.Text.Length && !char.IsWhiteSpace(_source.Text[at]))
                at++;
            while (at < _source.Text.Length && char.IsWhiteSpace(_source.Text[at]))
                at++;
        }
        return node is Scalar ? Math.Min(at, end) : at;
    }
}

/// <summary>What is YAML here, and what may stand in it.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="MaxNodes">Its values, once its aliases are written out.</param>
internal sealed record YamlRules(string Name, int MaxBytes, int MaxNodes)
{
    public static readonly YamlRules Manifest = new("a manifest", 256 * 1024, 50_000)
    {
        IfEmpty = "the file is empty; `gate init` writes a first manifest",
        InsteadOfMerge = ", or put what all probes share under 'defaults'",
    };

    public string IfEmpty { get; init; } = "it is empty";

    /// <summary>What to write instead of a merge key (<c>&lt;&lt;: *other</c>); null if it is merged, as most readers of others' files
    /// do.</summary>
    public string? InsteadOfMerge { get; init; }

    /// <summary>Tags that have no meaning here are passed over.</summary>
    public bool TakesAnyTag { get; init; }

    /// <summary>Control characters and bytes that were no UTF-8 are passed over.</summary>
    public bool TakesAnyText { get; init; }
}

/// <summary>Reading the tree cannot go on; never leaves <see cref="YamlTree"/>.</summary>
internal sealed class YamlFaultException(int offset, NodePath path, string message) : Exception(message)
{
    public int Offset { get; } = offset;

    public NodePath Path { get; } = path;
}
