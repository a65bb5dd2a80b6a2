using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace GateAction.Manifests.Syntax;

/// <summary>An absolute URL of one of the schemes, or a path that begins with '/'. What a fact fills in is looked at when it is known.</summary>
internal sealed class UrlSyntax(IReadOnlyList<string> schemes) : Syntax<Template>
{
    public override string Expectation => $"a URL such as {schemes[^1]}://staging.example.com/health, or a path such as /health";

    public override Template Placeholder => Template.Empty;

    public override bool TryRead(Node node, Reading reading, [MaybeNullWhen(false)] out Template value)
    {
        if (!Syntaxes.Template.TryRead(node, reading, out value))
            return false;
        if (!reading.Variables.IsChecked && value.Written.Contains("${", StringComparison.Ordinal))
            return true;
        var text = string.Concat(value.Parts.TakeWhile(part => part.Fact is null).Select(part => part.Text));
        return (text.Length == 0 && !value.IsConstant) || IsAccepted(text, value.IsConstant) || RefuseKind(node, reading, out value);
    }

    public override JsonNode? Format(Template value) => value.Written;

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["type"] = "string", ["pattern"] = $@"^(({string.Join('|', schemes)})://|/|\$\{{)" };

    private bool IsAccepted(string text, bool isWhole)
    {
        if (text.StartsWith('/'))
            return !text.StartsWith("//", StringComparison.Ordinal) && !text.Any(char.IsWhiteSpace);
        var hasScheme = schemes.Any(scheme => text.StartsWith(scheme + "://", StringComparison.OrdinalIgnoreCase));
        return hasScheme && (!isWhole || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length > 0));
    }
}
