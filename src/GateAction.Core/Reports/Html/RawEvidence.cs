using System.Text;
using System.Text.Json;
using GateAction.Cel.Values;
using GateAction.Core.Model;

namespace GateAction.Core.Reports.Html;

/// <summary>The facts as they were measured, drawn when somebody unfolds them. Large ones are in evidence.json only.</summary>
internal static class RawEvidence
{
    private const int MostBytes = 256 * 1024;

    public static IEnumerable<string> Of(Evidence evidence) => evidence.Measurements.Count == 0
        ? []
        : evidence.Measurements.Select(entry => Of(entry.Key, entry.Value)).Prepend("<div class=\"rows\">\n").Append("</div>\n");

    private static string Of(string name, Measurement measurement)
    {
        var summary = $"<summary>{HtmlText.Line(name)} <small>{HtmlText.Line(measurement.Kind)}</small></summary>";
        if (Rest(measurement.Facts, MostBytes) < 0)
            return $"<details>{summary}<p>They are too many for this page; evidence.json holds them.</p></details>\n";
        var id = $"facts-{HtmlText.Line(name)}";
        return $"<details data-raw=\"{id}\">{summary}<script type=\"application/json\" id=\"{id}\">{Json(measurement.Facts)}</script><pre "
            + $"tabindex=\"0\" aria-label=\"facts of {HtmlText.Line(name)}\"></pre></details>\n";
    }

    /// <summary>What is left of a number of bytes once a value is written, about; negative as soon as it is too little.</summary>
    private static int Rest(Value value, int bytes) => value.Kind switch
    {
        _ when bytes < 0 => bytes,
        ValueKind.String => bytes - value.AsString.Length - 3,
        ValueKind.List => value.AsList.Aggregate(bytes, (rest, item) => Rest(item, rest)),
        ValueKind.Map => value.AsMap.Entries.Aggregate(bytes, (rest, entry) => Rest(entry.Value, Rest(entry.Key, rest))),
        _ => bytes - 8,
    };

    /// <summary>JSON's default encoder leaves no character that could end the element.</summary>
    private static string Json(Value facts)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { MaxDepth = 1000 }))
            ValueJson.Write(writer, facts);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
