using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace GateAction.Manifests.Syntax;

internal sealed class TemplateSyntax(string expectation) : Syntax<Template>
{
    public override string Expectation => expectation;

    public override Template Placeholder => Template.Empty;

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out Template value)
    {
        if (node is not ScalarNode { IsNull: false } scalar)
            return RefuseKind(node, reading, out value);
        value = new TemplateParser(scalar, reading).Parse();
        return value is not null;
    }

    public override JsonNode? Format(Template value) => value.Written;

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = new JsonArray("string", "number", "boolean") };
}
