using System.Globalization;
using System.Net;

namespace GateAction.Http;

/// <summary>Compares the length that an answer announces with what came (RFC 9112, 6.3; RFC 9113, 8.1.1): the runtime itself does not
/// look in each case.</summary>
internal static class MessageLength
{
    /// <summary>False if an answer has no body whatever its headers say.</summary>
    public static bool HasBody(HttpResponseMessage response) =>
        response.RequestMessage?.Method != HttpMethod.Head
        && response.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified);

    /// <summary>The length that is announced; null if there is none. Throws <see cref="NetworkException"/> if it says several, or
    /// something else.</summary>
    public static long? Announced(HttpResponseMessage response, string endpoint)
    {
        var coding = Values(response.Headers.NonValidated, "Transfer-Encoding").FirstOrDefault(value => !IsKnownTransfer(value));
        if (coding is not null)
            throw Malformed($"the answer is sent in the transfer-encoding '{coding}', which was not asked for ({endpoint})");
        // RFC 9110, 8.6: the same length several times is allowed, different ones are an attack (request smuggling) or a broken proxy.
        string[] lengths = [.. Values(response.Content.Headers.NonValidated, "Content-Length").Distinct()];
        if (lengths.Length > 1)
            throw Malformed($"the answer says different lengths of its body: {string.Join(" and ", lengths.Take(3))} ({endpoint})");
        if (lengths.Length == 0)
            return null;
        return long.TryParse(lengths[0], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : throw Malformed($"the answer's content-length is '{lengths[0]}', which is no length ({endpoint})");
    }

    public static void Check(long? announced, long received, string endpoint)
    {
        if (received < announced)
            throw new NetworkException($"the answer's body has {received} bytes, where its content-length is {announced} ({endpoint})",
                isTransient: true, mayHaveActed: true);
        if (received > announced)
            throw Malformed($"the answer's body is longer than its content-length of {announced} bytes ({endpoint})");
    }

    private static bool IsKnownTransfer(string coding) =>
        coding.Equals("chunked", StringComparison.OrdinalIgnoreCase) || coding.Equals("identity", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Values(System.Net.Http.Headers.HttpHeadersNonValidated headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.SelectMany(value => value.Split(',')).Select(value => value.Trim()) : [];

    private static NetworkException Malformed(string message) => new(message, isTransient: false, mayHaveActed: true);
}
