using System.Net.Http.Headers;
using System.Text;

namespace GateAction.Http;

/// <summary>Headers of an answer by name in lower case, those that stand several times joined by ", " (RFC 9110, 5.3).</summary>
internal static class ResponseHeaders
{
    public static IReadOnlyDictionary<string, string> Of(HttpResponseMessage response)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(headers, response.Headers);
        Add(headers, response.Content.Headers);
        return headers;
    }

    private static void Add(Dictionary<string, string> headers, HttpHeaders added)
    {
        foreach (var (name, values) in added.NonValidated)
        {
            var key = name.ToLowerInvariant();
            foreach (var value in values.Select(Text))
                headers[key] = headers.TryGetValue(key, out var earlier) ? $"{earlier}, {value}" : value;
        }
    }

    /// <summary>.NET reads a character a byte (Latin-1); most servers that go beyond ASCII write UTF-8.</summary>
    private static string Text(string value)
    {
        if (Ascii.IsValid(value) || value.Any(one => one > '\xff'))
            return value;
        try
        {
            return Charsets.Utf8.GetString(Encoding.Latin1.GetBytes(value));
        }
        catch (DecoderFallbackException)
        {
            return value;
        }
    }
}
