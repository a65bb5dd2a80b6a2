using System.Text;
using GateAction.Syntax;

namespace GateAction.Sources.Http;

/// <summary>What a request carries: a text, JSON, the fields of a form, or a form with files; at most one of them is given.</summary>
internal sealed record RequestBody(
    Template? Text,
    JsonTemplate? Json,
    IReadOnlyList<Entry<Template>>? Form,
    IReadOnlyList<Entry<IReadOnlyList<MultipartPart>>>? Multipart)
{
    private static readonly string[] Names = ["body", "json", "form", "multipart"];

    public bool IsNone => Text is null && Json is null && Form is null && Multipart is null;

    public static RequestBody Read(Fields fields)
    {
        var body = new RequestBody(
            fields.Optional("body", Syntaxes.Template, "the body to send, as it is"),
            fields.Optional("json", Syntaxes.Json, "the body to send, as JSON"),
            fields.Optional("form", Syntaxes.MapOf(Syntaxes.Text, Syntaxes.Template), "the body to send, as the fields of a form"),
            fields.Optional("multipart", Syntaxes.MapOf(Syntaxes.Text, Syntaxes.OneOrMany(MultipartPart.Syntax)),
                "the body to send, as a form with files (multipart/form-data): of each name a text, `{ file: path }`, or a list of such"));
        foreach (var extra in Names.Where(fields.Has).Skip(1))
            fields.Check(false, extra,
                $"another body is given too; one of {string.Join(", ", Names.Select(name => $"'{name}'"))} is accepted");
        return body;
    }

    /// <summary>The bytes and their media type; both null where there is no body.</summary>
    public (byte[]? Bytes, string? ContentType) For(ProbeContext context) => this switch
    {
        { Json: { } json } => (Encoding.UTF8.GetBytes(context.Expand(json)), "application/json"),
        { Form: { } form } => (FormText.Of(form.Select(field => (field.Key, context.Expand(field.Value)))), FormText.MediaType),
        { Multipart: { } parts } => MultipartBody.Write(parts, context),
        { Text: { } text } => (Encoding.UTF8.GetBytes(context.Expand(text)), "text/plain; charset=utf-8"),
        _ => (null, null),
    };
}
