using System.Text;
using GateAction.Syntax;

namespace GateAction.Sources.Http;

/// <summary>What a request carries: a text, JSON or the fields of a form; at most one of them is given.</summary>
internal sealed record RequestBody(Template? Text, JsonTemplate? Json, IReadOnlyList<Entry<Template>>? Form)
{
    public bool IsNone => Text is null && Json is null && Form is null;

    public static RequestBody Read(Fields fields)
    {
        var body = new RequestBody(
            fields.Optional("body", Syntaxes.Template, "the body to send, as it is"),
            fields.Optional("json", Syntaxes.Json, "the body to send, as JSON"),
            fields.Optional("form", Syntaxes.MapOf(Syntaxes.Text, Syntaxes.Template), "the body to send, as the fields of a form"));
        fields.Check(body.Text is null || body.Json is null, "json", "'body' is given too; one of 'body', 'json' and 'form' is accepted");
        fields.Check(body.Form is null || (body.Text is null && body.Json is null), "form",
            "another body is given too; one of 'body', 'json' and 'form' is accepted");
        return body;
    }

    /// <summary>The bytes and their media type; both null where there is no body.</summary>
    public (byte[]? Bytes, string? ContentType) For(ProbeContext context) => this switch
    {
        { Json: { } json } => (Encoding.UTF8.GetBytes(context.Expand(json)), "application/json"),
        { Form: { } form } =>
            (Encoding.UTF8.GetBytes(string.Join('&', form.Select(field => $"{Escape(field.Key)}={Escape(context.Expand(field.Value))}"))),
            "application/x-www-form-urlencoded"),
        { Text: { } text } => (Encoding.UTF8.GetBytes(context.Expand(text)), "text/plain; charset=utf-8"),
        _ => (null, null),
    };

    private static string Escape(string text) => Uri.EscapeDataString(text).Replace("%20", "+");
}
