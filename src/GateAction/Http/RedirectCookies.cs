using System.Net;

namespace GateAction.Http;

/// <summary>
/// The cookies that the answers of one exchange set (RFC 6265). They are sent along redirects only where the manifest asks for it, and then
/// to whom they are for; those that were not are named, because a page that sets one and leads back to itself never comes to an end
/// without.
/// </summary>
internal sealed class RedirectCookies(bool areKept)
{
    private readonly CookieContainer _kept = new();
    private readonly List<string> _names = [];

    /// <summary>Names of the cookies that were set and not sent.</summary>
    public IReadOnlyList<string> Dropped => areKept ? [] : _names;

    /// <summary>A clause on the cookies that were not sent; empty where there are none.</summary>
    public string Hint => Dropped.Count == 0 ? "" :
        $"; they set the cookie{(_names.Count == 1 ? "" : "s")} {string.Join(", ", _names.Take(5).Select(name => $"'{name}'"))}, which "
        + $"{(_names.Count == 1 ? "was" : "were")} not sent along: write `cookies: true`";

    public void Take(HttpResponseMessage response, Uri url)
    {
        if (!response.Headers.NonValidated.TryGetValues("Set-Cookie", out var values))
            return;
        foreach (var value in values)
        {
            var name = value.Split('=', 2)[0].Trim();
            if (name.Length is > 0 and <= 100 && !_names.Contains(name))
                _names.Add(name);
            if (areKept)
                Keep(url, value);
        }
    }

    /// <summary>Adds to the cookies that the manifest itself sends.</summary>
    public void Give(HttpRequestMessage request, Uri url)
    {
        if (!areKept || _kept.GetCookieHeader(url) is not { Length: > 0 } cookies)
            return;
        var own = request.Headers.NonValidated.TryGetValues("Cookie", out var values) ? values.ToString() + "; " : "";
        request.Headers.Remove("Cookie");
        request.Headers.TryAddWithoutValidation("Cookie", own + cookies);
    }

    private void Keep(Uri url, string cookie)
    {
        try
        {
            _kept.SetCookies(url, cookie);
        }
        catch (CookieException)
        {
            // One that is for another host, or is malformed, is not for us to send.
        }
    }
}
