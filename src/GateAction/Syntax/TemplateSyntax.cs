using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GateAction.Syntax;

/// <param name="acceptsBareFact">True where <c>service.deployed_at</c> means the fact, also without <c>${…}</c>.</param>
internal sealed partial class TemplateSyntax(string expectation, bool acceptsBareFact) : Syntax<Template>
{
    public override string Expectation => expectation;

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
