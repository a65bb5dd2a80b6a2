using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GateAction.Cel;
using GateAction.Cel.Values;

namespace GateAction.Syntax;

/// <summary>
/// A text in which variables of the environment are filled in already and facts of other probes are filled in when they are measured.
/// </summary>
/// <param name="Written">As it stands in the manifest, free of any secret: the text to show.</param>
/// <param name="Node">Where it stands; null for one that no file holds.</param>
internal sealed record Template(string Written, IReadOnlyList<TemplatePart> Parts, ScalarNode? Node = null)
{
    public static readonly Template Empty = Literal("");

    /// <summary>The variables of the facts it reads: names of probes and result sets.</summary>
    public IEnumerable<string> Roots => Parts.SelectMany(part => part.Fact?.Roots ?? []).Distinct();

    /// <summary>True if no fact is left to fill in.</summary>
    public bool IsConstant => Parts.All(part => part.Fact is null);

    public static Template Literal(string text) => new(text, text.Length == 0 ? [] : [new(text)]);

    /// <summary>Fills in the facts; where one is missing or is no single value, the text is null and the fault says why.</summary>
    public (string? Text, string? Fault) Resolve(Scope scope)
    {
        var texts = new List<string>();
        foreach (var part in Parts)
        {
            if (part.Fact is null)
            {
                texts.Add(part.Text);
                continue;
            }
            var value = part.Fact.Evaluate(scope).Value;
            // A list or a map has no one text that an address or a header could hold.
            if (TextOf(value) is not { } text)
                return (null, $"'${{{part.Text}}}' {(value.IsError ? $"could not be read: {value.Text}" : "is no single value")}");
            texts.Add(text);
        }
        return (string.Concat(texts), null);
    }

    public override string ToString() => Written;

    private static string? TextOf(Value value) => value.Kind switch
    {
        ValueKind.String => value.AsString,
        ValueKind.Bool => value.AsBool ? "true" : "false",
        // As it was written: an id of twenty digits is not put into an address as 1.2345678901234567E+19.
        ValueKind.Int or ValueKind.UInt or ValueKind.Double or ValueKind.Timestamp => value.ToString(),
        _ => null,
    };
}

/// <summary>A piece of a template: a text that is known, or a fact that is measured later.</summary>
/// <param name="Text">The text; for a fact, the expression as written.</param>
/// <param name="Fact">What is evaluated over the evidence; null for a text.</param>
internal sealed record TemplatePart(string Text, Condition? Fact = null);

/// <param name="acceptsBareFact">True if <c>service.deployed_at</c> means the fact, also without <c>${…}</c>.</param>
internal sealed partial class TemplateSyntax(string expectation, bool acceptsBareFact) : Syntax<Template>
{
    public override string Expect(Func<string, string> ofMapping) => expectation;

    public override Template Placeholder => Template.Empty;

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out Template value)
    {
        if (node is not ScalarNode { IsNull: false } scalar)
            return RefuseKind(node, reading, out value);
        var parser = new TemplateParser(scalar, reading);
        value = acceptsBareFact && FactPath().IsMatch(scalar.Text) ? parser.ParseFact() : parser.Parse();
        return value is not null;
    }

    public override JsonNode? Format(Template value) => value.Written;

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = new JsonArray("string", "number", "boolean") };

    [GeneratedRegex(@"\A[a-z][a-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*|\[""[^""]*""\]|\[[0-9]+\])+\z")]
    private static partial Regex FactPath();
}
