using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace GateAction.Syntax;

/// <summary>A value written as one text. The parser gives null for what it does not accept.</summary>
/// <param name="repair">How to write what was likely meant, or null.</param>
/// <param name="schema">The JSON Schema, made anew at each call because a node can have but one parent.</param>
internal sealed class ScalarSyntax<T>(
    string expectation,
    T placeholder,
    Func<JsonObject> schema,
    Func<ScalarNode, Parsed<T>?> parse,
    Func<T, JsonNode?>? format = null,
    Func<string, string?>? repair = null) : Syntax<T>
{
    public override string Expectation => expectation;

    public override T Placeholder => placeholder;

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out T value)
    {
        if (node is not ScalarNode { IsNull: false } scalar)
            return RefuseKind(node, reading, out value);
        if (parse(scalar) is not { } parsed)
            return Refuse(node, reading,
                $"found {node.Found}, expected {Expectation}{(repair?.Invoke(scalar.Text) is { } hint ? $"; {hint}" : "")}", out value);
        value = parsed.Value;
        return true;
    }

    public override JsonNode? Format(T value) => format?.Invoke(value);

    public override JsonObject Schema(SchemaDefinitions definitions) => schema();
}

/// <summary>What a parser accepted; a type of its own because the value may be of any type.</summary>
internal readonly record struct Parsed<T>(T Value);
