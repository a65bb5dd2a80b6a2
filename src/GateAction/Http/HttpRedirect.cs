namespace GateAction.Http;

/// <summary>The rules of redirects (RFC 9110, 15.4).</summary>
internal static class HttpRedirect
{
    /// <summary>Set for a request that a server asked for: it does not go to an address of the machine's own surroundings.</summary>
    public static readonly HttpRequestOptionsKey<bool> KeepsOut = new("keeps-out");

    public static string LeadsInside(string host) =>
        $"redirected to '{host}', an address of the machine's own surroundings (link-local or a cloud's metadata), which is not followed; "
        + "if that is meant, write the address itself into the manifest";

    /// <summary>Where an answer leads; null where it is not a redirect, or names no place to go.</summary>
    public static Uri? TargetOf(HttpResponseMessage response, Uri from)
    {
        if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
            return null;
        var target = location.IsAbsoluteUri ? location : new Uri(from, location);
        return target.Scheme == Uri.UriSchemeHttp || target.Scheme == Uri.UriSchemeHttps
            ? target
            : throw new NetworkFault($"redirected to '{target.Scheme}:', which is not followed", isTransient: false, mayHaveActed: true);
    }

    /// <summary>307 and 308 keep method and body; the others turn what is not a GET or HEAD into a GET, as browsers do.</summary>
    public static bool KeepsMethod(int status, HttpMethod method) =>
        status is 307 or 308 || method == HttpMethod.Get || (method == HttpMethod.Head && status != 303);

    public static bool IsSameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && one.IdnHost.Equals(other.IdnHost, StringComparison.OrdinalIgnoreCase);
}
