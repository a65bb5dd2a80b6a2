using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace GateAction.Syntax;

internal sealed class JsonTemplateSyntax : Syntax<JsonTemplate>
{
    public override string Expectation => "any value, which is sent as JSON";

    public override JsonTemplate Placeholder { get; } = new JsonTemplate.Constant("null");

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out JsonTemplate value)
    {
        value = node switch
        {
            SequenceNode sequence => ReadItems(sequence, reading),
            MappingNode mapping => ReadMembers(mapping, reading),
            ScalarNode scalar => ReadScalar(scalar, reading),
            _ => null,
        };
        return value is not null;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => [];

    private JsonTemplate.Items? ReadItems(SequenceNode sequence, Reading reading)
    {
        var items = sequence.Items.Select(item => TryRead(item, reading, out var value) ? value : null).ToArray();
        return items.Contains(null) ? null : new(items!);
    }

    private JsonTemplate.Members? ReadMembers(MappingNode mapping, Reading reading)
    {
        var members = mapping.Entries.Select(entry => (entry.Key.Text, Value: TryRead(entry.Value, reading, out var value) ? value : null))
            .ToArray();
        return members.Any(member => member.Value is null)
            ? null
            : new([.. members.Select(member => KeyValuePair.Create(member.Text, member.Value!))]);
    }

    private static JsonTemplate? ReadScalar(ScalarNode scalar, Reading reading)
    {
        if (CoreSchema.ToJson(scalar) is { } json)
            return new JsonTemplate.Constant(json);
        return Syntaxes.Template.TryRead(scalar, reading, out var template) && template is not null
            ? new JsonTemplate.Text(template)
            : null;
    }
}
