namespace GateAction.Http;

/// <summary>
/// The cookies that the answers of one exchange set. They are sent along its redirects only if there is a jar for them; those that were
/// not are named, because a page that sets one and leads back to itself never comes to an end without.
/// </summary>
/// <param name="jar">Null if the manifest asks for none.</param>
internal sealed class RedirectCookies(CookieJar? jar)
{
    private readonly List<string> _names = [];
    private readonly SortedSet<string> _withheld = new(StringComparer.Ordinal);

    /// <summary>Names of the cookies that were set and not sent.</summary>
    public IReadOnlyList<string> Dropped => jar is not null ? [] : _names;

    /// <summary>Names of the cookies that were not sent over plain http.</summary>
    public IReadOnlyCollection<string> Withheld => _withheld;

    /// <summary>A clause on the cookies that were not sent; empty if there are none.</summary>
    public string Hint => Dropped.Count == 0 ? "" :
        $"; they set the cookie{(_names.Count == 1 ? "" : "s")} {string.Join(", ", _names.Take(5).Select(name => $"'{name}'"))}, which "
        + $"{(_names.Count == 1 ? "was" : "were")} not sent along: write `cookies: true`";

    public void Take(HttpResponseMessage response, Uri url)
    {
        if (!response.Headers.NonValidated.TryGetValues("Set-Cookie", out var values))
            return;
        foreach (var value in values)
        {
            if (CookieJar.NameIn(value) is { } name && !_names.Contains(name))
                _names.Add(name);
            jar?.Take(url, value);
        }
    }

    /// <summary>Adds to the cookies that the manifest itself sends.</summary>
    public void Give(HttpRequestMessage request, Uri url)
    {
        if (jar is null)
            return;
        _withheld.UnionWith(jar.WithheldFrom(url));
        if (jar.HeaderFor(url) is not { Length: > 0 } cookies)
            return;
        var own = request.Headers.NonValidated.TryGetValues("Cookie", out var values) ? values.ToString() + "; " : "";
        request.Headers.Remove("Cookie");
        request.Headers.TryAddWithoutValidation("Cookie", own + cookies);
    }
}
