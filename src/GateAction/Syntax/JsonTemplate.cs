using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using GateAction.Cel.Values;

namespace GateAction.Syntax;

/// <summary>A JSON value written in YAML; the texts in it are templates.</summary>
internal abstract record JsonTemplate
{
    public sealed record Text(Template Template) : JsonTemplate;

    /// <summary>A number, true, false or null, as JSON.</summary>
    public sealed record Constant(string Json) : JsonTemplate;

    public sealed record Items(IReadOnlyList<JsonTemplate> Values) : JsonTemplate;

    public sealed record Members(IReadOnlyList<KeyValuePair<string, JsonTemplate>> Values) : JsonTemplate;

    public IEnumerable<Template> Templates => this switch
    {
        Text text => [text.Template],
        Items items => items.Values.SelectMany(value => value.Templates),
        Members members => members.Values.SelectMany(member => member.Value.Templates),
        _ => [],
    };

    /// <summary>The JSON with the facts filled in; where one is missing, null and why.</summary>
    public (string? Json, string? Fault) Resolve(Scope scope)
    {
        using var stream = new MemoryStream();
        using var writer = new Utf8JsonWriter(stream);
        var fault = Write(writer, scope);
        writer.Flush();
        return fault is null ? (System.Text.Encoding.UTF8.GetString(stream.ToArray()), null) : (null, fault);
    }

    private string? Write(Utf8JsonWriter writer, Scope scope)
    {
        switch (this)
        {
            case Text { Template: var template }:
                var (text, fault) = template.Resolve(scope);
                writer.WriteStringValue(text);
                return fault;
            case Items items:
                writer.WriteStartArray();
                // To an array: the items have to be written before the list is ended.
                var itemFaults = items.Values.Select(value => value.Write(writer, scope)).ToArray();
                writer.WriteEndArray();
                return itemFaults.FirstOrDefault(itemFault => itemFault is not null);
            case Members members:
                writer.WriteStartObject();
                var memberFaults = members.Values.Select(member => WriteMember(writer, member, scope)).ToArray();
                writer.WriteEndObject();
                return memberFaults.FirstOrDefault(memberFault => memberFault is not null);
            default:
                writer.WriteRawValue(((Constant)this).Json);
                return null;
        }
    }

    private static string? WriteMember(Utf8JsonWriter writer, KeyValuePair<string, JsonTemplate> member, Scope scope)
    {
        writer.WritePropertyName(member.Key);
        return member.Value.Write(writer, scope);
    }
}

internal sealed class JsonTemplateSyntax : Syntax<JsonTemplate>
{
    public override string Expect(Func<string, string> ofMapping) => "any value, which is sent as JSON";

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
