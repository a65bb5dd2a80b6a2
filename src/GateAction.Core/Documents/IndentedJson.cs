using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GateAction.Core.Documents;

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
