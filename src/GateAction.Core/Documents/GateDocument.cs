using System.Collections;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Documents;

/// <summary>
/// A JSON document of the gate. Its fields are those of a record: which of them must be there, and in what form, follows from it. What is
/// not as it must be is a <see cref="GateException"/> that names the place.
/// </summary>
internal sealed class GateDocument<T>
    where T : class
{
    private readonly DocumentFormat _format;
    private readonly JsonTypeInfo<T> _type;

    public GateDocument(DocumentFormat format, IJsonTypeInfoResolver resolver)
    {
        _format = format;
        Options = DocumentOptions.Of(resolver);
        _type = (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
    }

    public JsonSerializerOptions Options { get; }

    /// <summary>Hands on what is written now and then: the whole is never held.</summary>
    public void Write(Stream stream, T document)
    {
        JsonSerializer.Serialize(stream, document, _type);
        stream.WriteByte((byte)'\n');
    }

    /// <summary>The document as text, with a line's end behind it.</summary>
    public string Text(T document)
    {
        using var stream = new MemoryStream();
        Write(stream, document);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <param name="source">The name of the file, for messages.</param>
    public T Read(Stream stream, string source)
    {
        try
        {
            using var json = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = DocumentOptions.MaxDepth });
            // Before any field: another version has other fields, and to name one of them would lead astray.
            CheckFormat(json.RootElement, source);
            return Read(json.RootElement, source);
        }
        catch (JsonException exception)
        {
            throw new GateException(
                $"{source} is not whole JSON (line {exception.LineNumber + 1}): it was cut off, or it is no {_format.Name} document of "
                + "gate",
                innerException: exception);
        }
    }

    private T Read(JsonElement root, string source)
    {
        try
        {
            var document = root.Deserialize(_type)!;
            // System.Text.Json lets a null pass among the elements of a list.
            return DocumentShape.Problem(root, _type) is { } problem ? throw new GateException($"{source}: {problem}") : document;
        }
        catch (WrongValueException exception)
        {
            throw new GateException($"{source}: {exception.At(exception.Path)}", innerException: exception);
        }
        catch (JsonException exception)
        {
            throw new GateException(
                $"{source}: {DocumentShape.Problem(root, _type) ?? $"'{exception.Path}' is not as in a {_format.Name} document of gate"}",
                innerException: exception);
        }
    }

    private void CheckFormat(JsonElement root, string source)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new GateException($"{source}: {DocumentShape.Problem(root, _type)}");
        if (!root.TryGetProperty("schema", out var schema))
            throw new GateException($"{source} has no field 'schema': it is no {_format.Name} document of gate (expected '{_format}')");
        var found = ValueJson.Read(schema) is { Kind: ValueKind.String } text
            ? ValueText.Cut(text.AsString, 80)
            : ValueText.Short(ValueJson.Read(schema));
        if (_format.VersionIn(found) is not { } version)
            throw new GateException($"{source} is of schema '{found}'; '{_format}' is accepted here"
                + (Verdict.Format.VersionIn(found) is null
                ? ""
                : ": a verdict is a report and decides nothing, name the evidence it came of"));
        if (version < _format.Version)
            throw new GateException(
                $"{source} is of schema '{found}', which is older than this gate reads ('{_format}'): make it anew with this version");
        if (version > _format.Version)
            throw new GateException(
                $"{source} is of schema '{found}', which is newer than this gate reads ('{_format}'): use the gate version that wrote it, "
                + "or a newer one");
    }
}

/// <summary>How records become JSON in all documents of the gate.</summary>
internal static class DocumentOptions
{
    /// <summary>Facts hold what a server answered; its nesting comes on top of the document's own.</summary>
    public const int MaxDepth = 512;

    public static JsonSerializerOptions Of(IJsonTypeInfoResolver resolver)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            // No browser reads it as HTML, and people read it: what needs no escape gets none.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            WriteIndented = true,
            NewLine = "\n",
            MaxDepth = MaxDepth,
            TypeInfoResolver = resolver.WithAddedModifier(Modify),
        };
        foreach (var converter in DocumentConverters.All)
            options.Converters.Add(converter);
        options.MakeReadOnly();
        return options;
    }

    private static void Modify(JsonTypeInfo type)
    {
        for (var at = type.Properties.Count - 1; at >= 0; at--)
        {
            var property = type.Properties[at];
            // What a record computes from its fields is no field.
            if (property is { Set: null, AssociatedParameter: null, Name: not "schema" })
                type.Properties.RemoveAt(at);
            else
                Modify(property);
        }
    }

    private static void Modify(JsonPropertyInfo property)
    {
        var mayBeNull = property.IsSetNullable || property.PropertyType == typeof(Value);
        // What may be null need not be there; an empty list says something else than none.
        property.IsRequired &= !mayBeNull;
        if (!property.IsRequired && !mayBeNull)
            property.ShouldSerialize = (_, value) => value is not (0 or Unit.None or ICollection { Count: 0 });
        if (property.PropertyType == typeof(string) && mayBeNull)
            property.CustomConverter = new TextConverter(isOptional: true);
        if (property.PropertyType == typeof(Value) && property.Name == "facts")
            property.CustomConverter = new FactsConverter();
    }
}

/// <summary>Whether a document has the lists, objects and fields of its record. Single values are checked by the converters that read
/// them.</summary>
internal static class DocumentShape
{
    /// <summary>The first place where it is otherwise; null if there is none.</summary>
    public static string? Problem(JsonElement element, JsonTypeInfo type, string path = "") => type.Kind switch
    {
        JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary when element.ValueKind != JsonValueKind.Object =>
            Wrong(element, "an object", path),
        JsonTypeInfoKind.Enumerable when element.ValueKind != JsonValueKind.Array => Wrong(element, "a list", path),
        JsonTypeInfoKind.Object =>
            Twice(element, path) ?? First(type.Properties, property => OfField(element, property, type.Options, path)),
        JsonTypeInfoKind.Dictionary =>
            Twice(element, path)
            ?? First(element.EnumerateObject(), entry => OfElement(entry.Value, type, Join(path, ValueJson.Name(entry)))),
        JsonTypeInfoKind.Enumerable => First(element.EnumerateArray().Index(), item => OfElement(item.Item, type, $"{path}[{item.Index}]")),
        _ => null,
    };

    private static string? OfField(JsonElement element, JsonPropertyInfo property, JsonSerializerOptions options, string path)
    {
        path = Join(path, property.Name);
        if (!element.TryGetProperty(property.Name, out var value) || value.ValueKind == JsonValueKind.Null)
            return property.IsRequired ? $"'{path}' is missing" : null;
        return Problem(value, options.GetTypeInfo(property.PropertyType), path);
    }

    private static string? OfElement(JsonElement element, JsonTypeInfo type, string path) =>
        Problem(element, type.Options.GetTypeInfo(type.ElementType!), path);

    private static string? Twice(JsonElement element, string path)
    {
        // System.Text.Json takes the last of two: who appends a measurement to evidence would choose what is decided.
        var names = new HashSet<string>(StringComparer.Ordinal);
        return First(element.EnumerateObject(), entry => names.Add(ValueJson.Name(entry))
            ? null
            : $"'{Join(path, ValueJson.Name(entry))}' is there twice");
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string? First<TItem>(IEnumerable<TItem> items, Func<TItem, string?> problem) =>
        items.Select(problem).FirstOrDefault(found => found is not null);

    private static string Wrong(JsonElement element, string accepted, string path) => WrongValueException.Of(element, accepted).At(path);
}

/// <summary>What a command prints for programs, where no record stands behind it: one object, indented so that people can read it
/// too.</summary>
internal static class IndentedJson
{
    public static string Object(Action<Utf8JsonWriter> members)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
