using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace GateAction.Syntax;

/// <summary>An absolute URL of one of the schemes, or a path that begins with '/'. What a fact fills in is looked at when it is
/// known.</summary>
internal sealed class UrlSyntax(IReadOnlyList<string> schemes, bool acceptsPath) : Syntax<Template>
{
    public override string Expect(Func<string, string> ofMapping) =>
        $"a URL such as {schemes[^1]}://staging.example.com{(acceptsPath ? "/health, or a path such as /health" : "")}";

    public override Template Placeholder => Template.Empty;

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out Template value)
    {
        if (!Syntaxes.Template.TryRead(node, reading, out value))
            return false;
        var isOpen = !reading.Variables.IsChecked && value!.Written.Contains("${", StringComparison.Ordinal);
        var text = string.Concat(value!.Parts.TakeWhile(part => part.Fact is null).Select(part => part.Text));
        if (isOpen || (text.Length == 0 && !value.IsConstant))
            return true;
        if (!IsAccepted(text, value.IsConstant))
            return Refuse(node, reading, value.Written == text ? $"found '{text}', expected {Expectation}{Repair(text)}" : Unfit(value),
                out value);
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.UserInfo.Length > 0)
            return Refuse(node, reading, "the URL holds a user or a password, which every report would show; write them under 'basic-auth'",
                out value);
        return !text.StartsWith('/') || reading.HasTarget || Refuse(
            node, reading,
            $"found the path {node.Found}, but the manifest has no 'target' where it could start; set 'target', or write the whole URL",
            out value);
    }

    public override JsonNode? Format(Template value) => value.Written;

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["type"] = "string", ["pattern"] = $@"^(({string.Join('|', schemes)})://|{(acceptsPath ? "/|" : "")}\$\{{)" };

    private static string Repair(string text) => text is ['$', >= 'A' and <= 'Z' or '_', ..]
        ? $"; write ${{{text[1..]}}} and list {text[1..]} under 'env'"
        : "";

    // Never the value of a variable: a manifest under review may list any, and its problems are shown in a comment.
    private string Unfit(Template url) => $"'{url.Written}' comes to something else than {Expectation}";

    private bool IsAccepted(string text, bool isWhole)
    {
        if (text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            return false;
        if (text.StartsWith('/'))
            // '//host/path' names another host (RFC 3986, 4.2).
            return acceptsPath && !text.StartsWith("//", StringComparison.Ordinal);
        var hasScheme = schemes.Any(scheme => text.StartsWith(scheme + "://", StringComparison.OrdinalIgnoreCase));
        return hasScheme && (!isWhole || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length > 0));
    }
}
