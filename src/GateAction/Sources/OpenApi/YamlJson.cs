using System.Text.Json.Nodes;
using GateAction.Syntax;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GateAction.Sources.OpenApi;

/// <summary>
/// Turns YAML 1.2 into JSON from its event stream, bounded in depth and in what aliases write out. Throws <see cref="FormatException"/>
/// with a sentence that has the line.
/// </summary>
internal sealed class YamlJson
{
    private const int MaxDepth = 64;
    private const int MaxNodes = 500_000;
    private static readonly SourceText Nowhere = new("", "");
    private readonly Parser _parser;
    private readonly Dictionary<string, (JsonNode? Node, int Size)> _anchors = [];
    private int _nodes;

    private YamlJson(string text) => _parser = new Parser(new StringReader(text));

    public static JsonNode? Parse(string text)
    {
        try
        {
            return new YamlJson(text).ReadDocument();
        }
        catch (YamlException exception)
        {
            throw new FormatException(
                $"it is no YAML (line {exception.Start.Line}: {exception.Message.ReplaceLineEndings(" ").TrimEnd('.')})", exception);
        }
    }

    private JsonNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
            throw new FormatException("it is empty");
        _parser.Consume<DocumentStart>();
        var root = ReadNode(1);
        _parser.Consume<DocumentEnd>();
        return _parser.Accept<DocumentStart>(out var second) ? throw Fault("a second document begins", second) : root;
    }

    private JsonNode? ReadNode(int depth)
    {
        var current = _parser.Consume<ParsingEvent>();
        var before = _nodes++;
        if (depth > MaxDepth)
            throw Fault($"values are nested more than {MaxDepth} deep", current);
        if (_nodes > MaxNodes)
            throw Fault($"it holds more than {MaxNodes} values once its aliases are written out", current);
        var node = current switch
        {
            AnchorAlias alias => Repeat(alias),
            Scalar scalar => ValueOf(scalar),
            SequenceStart => ReadSequence(depth),
            MappingStart => ReadMapping(depth),
            _ => throw Fault("a value is missing", current),
        };
        if (current is NodeEvent { Anchor.IsEmpty: false } anchored)
            _anchors[anchored.Anchor.Value] = (node, _nodes - before);
        return node;
    }

    private JsonArray ReadSequence(int depth)
    {
        var items = new JsonArray();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode(depth + 1));
        return items;
    }

    private JsonObject ReadMapping(int depth)
    {
        var entries = new JsonObject();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var start = _parser.Current!;
            var key = _parser.TryConsume<Scalar>(out var scalar) ? scalar.Value : throw Fault("a key is no text", start);
            if (!entries.TryAdd(key, ReadNode(depth + 1)))
                throw Fault($"the key '{key}' stands twice", start);
        }
        return entries;
    }

    private JsonNode? Repeat(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var anchored))
            throw Fault($"the alias '*{alias.Value}' names nothing before it", alias);
        _nodes += anchored.Size;
        return _nodes > MaxNodes
            ? throw Fault($"it holds more than {MaxNodes} values once its aliases are written out", alias)
            : anchored.Node?.DeepClone();
    }

    private static JsonNode? ValueOf(Scalar scalar)
    {
        var isText = !scalar.Tag.IsEmpty && scalar.Tag.Value is "!" or "tag:yaml.org,2002:str";
        var json = CoreSchema.ToJson(new ScalarNode(Nowhere, NodePath.Root, 0, 0, scalar.Value, scalar.Style, isText));
        return json is null ? JsonValue.Create(scalar.Value) : JsonNode.Parse(json);
    }

    private static FormatException Fault(string message, ParsingEvent at) => new($"{message} (line {at.Start.Line})");
}
