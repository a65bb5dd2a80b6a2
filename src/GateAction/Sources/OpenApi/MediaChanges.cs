using System.Text.Json.Nodes;
using GateAction.Sources.OpenApi.Schemas;

namespace GateAction.Sources.OpenApi;

/// <summary>The changes of a body in one media type: its schema, and in forms and bodies of parts how each property is written.</summary>
internal sealed class MediaChanges(SchemaChanges schemas, SchemaWalk walk, ApiChanges changes, string place)
{
    private bool IsRequest => schemas.Use == SchemaUse.Request;

    public void Compare(string where, ApiMedia before, ApiMedia after)
    {
        // OpenAPI: `encoding` counts for forms and bodies in parts alone; elsewhere it is ignored.
        var hasEncodings = before.Essence == after.Essence && (before.IsForm || before.HasParts);
        if (hasEncodings)
            foreach (var name in before.Encodings.Keys.Union(after.Encodings.Keys))
                CompareEncoding($"{where}, '{name}'", name, before, after);
        if (before.PartsByPlace != after.PartsByPlace)
            changes.AddUnread($"{place}: {where}, '{before.Type}': 'prefixEncoding' or 'itemEncoding' changed, which is not compared");
        schemas.Compare(where, before.Schema, after.Schema, before.Notation, hasEncodings ? NotationsOf(before, after) : null);
    }

    /// <summary>What the document says of how properties are written, where it is the same before and after.</summary>
    private static Dictionary<string, SchemaNotation> NotationsOf(ApiMedia before, ApiMedia after)
    {
        var notations = new Dictionary<string, SchemaNotation>();
        foreach (var (name, old) in before.Encodings)
        {
            if (old is { ContentTypes: [var type] } && after.Encodings.TryGetValue(name, out var now) && now.ContentTypes is [var same]
                && EssenceOf(type) == EssenceOf(same))
                notations[name] = ApiMedia.NotationOf(EssenceOf(type));
        }
        return notations;
    }

    private void CompareEncoding(string where, string name, ApiMedia before, ApiMedia after)
    {
        var (old, now) = (PropertyEncoding.Of(name, before, walk.Before), PropertyEncoding.Of(name, after, walk.After));
        // Of a property that came or went the schema speaks.
        if (old is null || now is null)
            return;
        // What is sent must fit what is read: of a request the client still sends the old form, of a response it still reads it.
        var (sent, read) = IsRequest ? (old, now) : (now, old);
        if (!sent.Fits(read))
            schemas.Add(ApiRules.Encoding, $"{where} was written as {old} and is now {now}");
        if (old.AllowsReserved && !now.AllowsReserved && IsRequest)
            changes.Add(ApiRules.ParameterCharacters, place, $"{where} no longer allows reserved characters");
        if (before.HasParts)
            CompareHeaders(where, HeadersOf(before, name), HeadersOf(after, name));
    }

    private void CompareHeaders(string where, IReadOnlyList<ApiHeader> before, IReadOnlyList<ApiHeader> after)
    {
        foreach (var now in after)
        {
            var header = $"{where}, header '{now.Name}'";
            if (Find(before, now) is not { } old)
            {
                if (IsRequest && now.IsRequired)
                    changes.Add(ApiRules.ParameterAdded, place, $"{header} is new and required");
                continue;
            }
            if (IsRequest && now.IsRequired && !old.IsRequired)
                changes.Add(ApiRules.ParameterRequired, place, $"{header} became required");
            if (!IsRequest && old.IsRequired && !now.IsRequired)
                changes.Add(ApiRules.ResponseHeaderOptional, place, $"{header} may now be missing");
            schemas.Compare(header, old.Schema, now.Schema, now.Media?.Notation ?? SchemaNotation.Text);
        }
        foreach (var gone in before.Where(old => Find(after, old) is null))
            changes.Add(IsRequest ? ApiRules.ParameterRemoved : ApiRules.ResponseHeader, place,
                $"{where}, header '{gone.Name}' was removed");
    }

    private static ApiHeader? Find(IReadOnlyList<ApiHeader> headers, ApiHeader header) =>
        headers.FirstOrDefault(other => other.Name.Equals(header.Name, StringComparison.OrdinalIgnoreCase));

    private static IReadOnlyList<ApiHeader> HeadersOf(ApiMedia media, string name) =>
        media.Encodings.TryGetValue(name, out var encoding) ? encoding.Headers : [];

    private static string EssenceOf(string type) => new ApiMedia(type, null).Essence;
}

/// <summary>How a property of a form or a part of a body is written, OpenAPI's defaults included: by style, or as a media type.</summary>
/// <param name="Style">Null if it is written as a media type.</param>
/// <param name="ContentTypes">Any of these.</param>
/// <param name="IsDefault">True if the document says nothing of the media type.</param>
internal sealed record PropertyEncoding(
    SchemaTypes Types, string? Style, bool Explodes, bool AllowsReserved, IReadOnlyList<string> ContentTypes, bool IsDefault)
{
    private const SchemaTypes Nested = SchemaTypes.Array | SchemaTypes.Object;

    /// <summary>Null if the schema has no such property.</summary>
    public static PropertyEncoding? Of(string name, ApiMedia media, SchemaReader reader)
    {
        SchemaShape[] shapes = media.Schema is { } schema ? [.. reader.Of(schema).Shapes] : [];
        if (shapes.Select(shape => shape.Properties.GetValueOrDefault(name)).OfType<List<JsonNode>>().FirstOrDefault() is not { } property)
            return null;
        var given = media.Encodings.GetValueOrDefault(name);
        var types = reader.TypesOf(property);
        // OpenAPI 3.1: where one of these is given, `contentType` is ignored.
        var isStyled = given is { Style: not null } or { Explodes: not null } or { AllowsReserved: not null };
        if (isStyled || (media.IsForm && given?.ContentTypes is null))
        {
            var style = given?.Style ?? "form";
            return new(types, style, given?.Explodes ?? style == "form", given?.AllowsReserved ?? false, [], false);
        }
        return new(types, null, false, false, given?.ContentTypes ?? [DefaultOf(property, reader, 0)], given?.ContentTypes is null);
    }

    /// <summary>True if who writes it so is understood by who reads it as <paramref name="read"/>.</summary>
    public bool Fits(PropertyEncoding read)
    {
        var types = Types & read.Types;
        if (Style is not null && read.Style is not null)
            // Styles differ in how items and fields are joined; a single value looks the same in all of them.
            return (types & Nested) == 0 || (Style == read.Style && Explodes == read.Explodes);
        if (Style is not null || read.Style is not null)
            return (types & Nested) == 0
                // A style writes plain text, and so does text/plain.
                && (Style is null ? this : read).ContentTypes.All(type => type.StartsWith("text/", StringComparison.Ordinal));
        // Bytes that nobody has described are any bytes.
        return (read.IsDefault && read.ContentTypes is ["application/octet-stream"])
            || ContentTypes.All(type => read.ContentTypes.Any(range => MediaTypes.IsIn(EssenceOf(type), EssenceOf(range))));
    }

    public override string ToString() => Style is null ? string.Join(", ", ContentTypes) : $"style {Style}{(Explodes ? ", exploded" : "")}";

    private static string DefaultOf(IReadOnlyList<JsonNode> property, SchemaReader reader, int depth)
    {
        var shape = reader.Of(property).Shapes is [var first, ..] ? first : new();
        return shape.Types switch
        {
            // The default of a list is that of its items. The bound is for a list that is its own item.
            SchemaTypes.Array when shape.Items.Count > 0 && depth < 8 => DefaultOf(shape.Items, reader, depth + 1),
            // OpenAPI 3.0 says by `format: binary` what 3.1 says by `contentEncoding`, or by no type at all.
            _ when shape.IsAnything || shape.Encoding is not null || shape.Format is "binary" or "byte" => "application/octet-stream",
            _ when (shape.Types & Nested) != 0 => "application/json",
            _ => "text/plain",
        };
    }

    private static string EssenceOf(string type) => new ApiMedia(type, null).Essence;
}
