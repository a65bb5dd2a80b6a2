using System.Text;
using System.Text.Json;
using GateAction.Core.Conditions;

namespace GateAction.Core.Reports.Html;

/// <summary>The facts as they were measured, drawn when somebody unfolds them. Large ones are in evidence.json only.</summary>
internal static class RawEvidence
{
    private const int MostBytes = 256 * 1024;

    public static string Of(Evidence evidence) => string.Concat(evidence.Measurements.Select(entry => Of(entry.Key, entry.Value)));

    private static string Of(string name, Measurement measurement)
    {
        var json = Json(measurement.Facts);
        var summary = $"<summary>{HtmlText.Line(name)} <small>{HtmlText.Line(measurement.Kind)}, {json.Length:#,0} bytes of facts</small></summary>";
        if (json.Length > MostBytes)
            return $"<details>{summary}<p>They are too many for this page; evidence.json holds them.</p></details>\n";
        var id = $"facts-{HtmlText.Line(name)}";
        return $"<details data-raw=\"{id}\">{summary}<script type=\"application/json\" id=\"{id}\">{Encoding.UTF8.GetString(json)}</script><pre tabindex=\"0\" aria-label=\"facts of {HtmlText.Line(name)}\"></pre></details>\n";
    }

    /// <summary>JSON's default encoder leaves no character that could end the element.</summary>
    private static byte[] Json(Value facts)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { MaxDepth = 1000 }))
            ValueJson.Write(writer, facts);
        return stream.ToArray();
    }
}
