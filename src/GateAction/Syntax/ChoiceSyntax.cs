using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using GateAction.Cel.Values;

namespace GateAction.Syntax;

/// <summary>A mapping of one of several kinds.</summary>
internal sealed class ChoiceSyntax<T>(string noun, IReadOnlyList<Choice<T>> choices) : Syntax<T>
{
    public IReadOnlyList<Choice<T>> Choices => choices;

    public override string Expect(Func<string, string> ofMapping) => $"a mapping with one of the fields {Names()}";

    public override T Placeholder => choices[0].Define(Fields.ToDescribe());

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out T value)
    {
        if (node is not MappingNode mapping)
            return RefuseKind(node, reading, out value);
        var given = choices.Where(choice => mapping.Find(choice.Key) is not null).ToArray();
        if (given.Length == 0)
            return Refuse(mapping, reading, WithoutKind(mapping), out value);
        foreach (var extra in given.Skip(1))
        {
            var key = mapping.FindEntry(extra.Key)!.Key;
            reading.Problems.Add(key, $"the {noun} says '{given[0].Key}' already; it can be of one kind only");
        }
        if (given.Length > 1)
            return Fail(out value);
        var fields = Fields.ToRead(given[0].Name, mapping, reading, reading.Defaults(mapping.Source));
        value = given[0].Define(fields);
        return fields.Finish();
    }

    // The kind's key picks the schema, so that an editor speaks of the kind that is meant and of no other.
    public override JsonObject Schema(SchemaDefinitions definitions) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(choices.Select(choice =>
            KeyValuePair.Create<string, JsonNode?>(choice.Key,
            new JsonObject { ["description"] = Field.Capitalized(choice.Description) }))),
        ["oneOf"] = new JsonArray([.. choices.Select(choice => Having(choice.Key))]),
        ["allOf"] = new JsonArray(
            [.. choices.Select(choice => new JsonObject { ["if"] = Having(choice.Key), ["then"] = definitions.Reference(choice) })]),
    };

    private static JsonObject Having(string key) => new() { ["required"] = new JsonArray((JsonNode)key) };

    private static bool Fail(out T? value)
    {
        value = default;
        return false;
    }

    private string Names() => string.Join(", ", choices.Select(choice => $"'{choice.Key}'"));

    private string WithoutKind(MappingNode mapping)
    {
        foreach (var (key, _) in mapping.Entries)
        {
            // A probe with 'htpp: /health' has a kind that is misspelt, more likely than none.
            if (Suggestion.Nearest(key.Text, choices.Select(choice => choice.Key)) is { } near)
                return $"found '{key.Text}': did you mean '{near}'?";
        }
        return $"nothing says the kind of this {noun}; one of these fields is needed: {Names()}";
    }
}

/// <summary>One of several mappings, told apart by the field only it has: <c>http:</c> makes a probe an HTTP probe.</summary>
/// <param name="Define">As in <see cref="Mapping.Of"/>; it names the field <paramref name="Key"/> too.</param>
internal sealed record Choice<T>(string Key, string Name, string Description, Func<Fields, T> Define) : IDescribedMapping
{
    public IReadOnlyList<Field> Describe()
    {
        var fields = Fields.ToDescribe();
        Define(fields);
        return fields.Described;
    }
}
