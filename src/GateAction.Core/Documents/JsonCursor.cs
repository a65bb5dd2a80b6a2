using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Documents;

/// <summary>A place in one of the gate's documents; what is not as it must be is a <see cref="GateException"/> that names the
/// place.</summary>
/// <param name="Document">The name of the file, for messages.</param>
internal readonly record struct JsonCursor(JsonElement Element, string Document, string Path)
{
    public JsonCursor Required(string name) =>
        Optional(name) ?? throw new GateException($"{Document}: '{PathTo(name)}' is missing");

    /// <summary>Null where the field is absent or null.</summary>
    public JsonCursor? Optional(string name)
    {
        Expect(JsonValueKind.Object, "an object");
        return Element.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null
            ? new(found, Document, PathTo(name))
            : null;
    }

    public IEnumerable<JsonCursor> Items()
    {
        Expect(JsonValueKind.Array, "a list");
        var (document, path) = (Document, Path);
        return Element.EnumerateArray().Select((item, index) => new JsonCursor(item, document, $"{path}[{index}]"));
    }

    public IEnumerable<(string Name, JsonCursor Value)> Entries()
    {
        Expect(JsonValueKind.Object, "an object");
        var (document, path) = (Document, Path);
        return Element.EnumerateObject()
            .Select(entry => (Name: JsonText.Decode(JsonMarshal.GetRawUtf8PropertyName(entry)), entry.Value))
            .Select(entry => (entry.Name, new JsonCursor(entry.Value, document, Join(path, entry.Name))));
    }

    public IReadOnlyList<string> Strings() => [.. Items().Select(item => item.String())];

    public string String()
    {
        Expect(JsonValueKind.String, "a string");
        return JsonText.Decode(JsonMarshal.GetRawUtf8Value(Element));
    }

    public bool Bool() => Element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Unexpected("true or false"),
    };

    public int Int() =>
        Element.ValueKind == JsonValueKind.Number && Element.TryGetInt32(out var number) ? number : throw Unexpected("a whole number");

    public long Long() =>
        Element.ValueKind == JsonValueKind.Number && Element.TryGetInt64(out var number) ? number : throw Unexpected("a whole number");

    public double Number() =>
        Element.ValueKind == JsonValueKind.Number && Element.TryGetDouble(out var number) && double.IsFinite(number)
        ? number
        : throw Unexpected("a number");

    public TimeSpan Duration() =>
        Element.ValueKind == JsonValueKind.String && DocumentText.TryDuration(String(), out var duration)
            ? duration
            : throw Unexpected("a duration such as '0.812s'");

    public DateTimeOffset Timestamp() =>
        Element.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParse(String(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var timestamp)
            ? timestamp
            : throw Unexpected("a time such as '2026-03-01T12:00:00Z'");

    public DateOnly Date() =>
        Element.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(String(), "yyyy-MM-dd", out var date)
            ? date
            : throw Unexpected("a date such as '2026-03-01'");

    public T Enum<T>()
        where T : struct, Enum
    {
        var names = DocumentText.NamesOf<T>();
        var index = Element.ValueKind == JsonValueKind.String ? Array.IndexOf(names, String()) : -1;
        return index >= 0
            ? System.Enum.GetValues<T>()[index]
            : throw Unexpected("one of " + string.Join(", ", names.Select(name => $"'{name}'")));
    }

    public GateException Unexpected(string accepted)
    {
        var found = Element.GetRawText();
        var place = Path.Length == 0 ? "the document" : $"'{Path}'";
        return new($"{Document}: {place} is {(found.Length > 80 ? found[..80] + "…" : found)} where {accepted} is accepted");
    }

    private void Expect(JsonValueKind kind, string accepted)
    {
        if (Element.ValueKind != kind)
            throw Unexpected(accepted);
    }

    private string PathTo(string name) => Join(Path, name);

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
