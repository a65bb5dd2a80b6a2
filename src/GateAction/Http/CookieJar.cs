namespace GateAction.Http;

/// <summary>
/// Cookies as a browser keeps them (RFC 6265): each goes back to the host, or the domain, and to the paths that it is for, never over plain
/// http if it is Secure, and no longer than it is valid. A domain that belongs to many (<see cref="SharedDomains"/>) is nobody's to set
/// cookies for. The runtime's own container splits values at commas, keeps twenty cookies and knows no clock but the machine's.
/// </summary>
/// <param name="learn">Takes each value that is to be shown nowhere.</param>
internal sealed class CookieJar(TimeProvider time, Action<string> learn)
{
    // Chrome's limits: 180 cookies for a domain, 4,096 characters for one. A server that sets more loses the oldest.
    private const int MostOfHost = 180;
    private const int LongestCookie = 4096;
    private const int LongestName = 100;
    private const int ShortestSecret = 6;
    private const int LongValue = 16;

    private readonly Lock _lock = new();
    private readonly List<Cookie> _cookies = [];

    /// <summary>Keeps what one <c>Set-Cookie</c> header of an answer says; a cookie that is malformed or for others is not for us to
    /// send.</summary>
    public void Take(Uri url, string header)
    {
        if (header.Any(c => char.IsControl(c) && c != '\t') || Cookie.Read(url, header, time.GetUtcNow()) is not { } cookie
            || cookie.Name.Length + cookie.Value.Length > LongestCookie)
            return;
        // HttpOnly is how a server itself says that it is a secret; without it the value has to look like one.
        if (cookie.Value.Length >= ShortestSecret && (cookie.IsHttpOnly || IsLong(cookie.Value)))
            learn(cookie.Value);
        lock (_lock)
        {
            var at = _cookies.FindIndex(cookie.Replaces);
            if (cookie.IsOver(time.GetUtcNow()))
                _cookies.RemoveAll(cookie.Replaces);
            else if (at >= 0)
                _cookies[at] = cookie;
            else
                Add(cookie);
        }
    }

    /// <summary>The header <c>Cookie</c> of a request; empty if none is for it.</summary>
    public string HeaderFor(Uri url) =>
        string.Join("; ", For(url).Where(cookie => !cookie.IsWithheld(url)).Select(cookie => $"{cookie.Name}={cookie.Value}"));

    /// <summary>Names of the cookies that are for this URL and are not sent because it is no https.</summary>
    public IReadOnlyList<string> WithheldFrom(Uri url) =>
        [.. For(url).Where(cookie => cookie.IsWithheld(url)).Select(cookie => Shortened(cookie.Name)).Distinct()];

    /// <summary>The name of the cookie that a header sets, for people; null if it sets none.</summary>
    public static string? NameIn(string header) =>
        header.Split(';')[0].Split('=', 2) is [var name, _] && name.Trim() is { Length: > 0 } trimmed ? Shortened(trimmed) : null;

    // In the order of RFC 6265, 5.4: those with longer paths first, among equals those that were set first.
    private Cookie[] For(Uri url)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            _cookies.RemoveAll(cookie => cookie.IsOver(now));
            return [.. _cookies.Where(cookie => cookie.IsFor(url)).OrderByDescending(cookie => cookie.Path.Length)];
        }
    }

    private void Add(Cookie cookie)
    {
        if (_cookies.Count(other => other.Domain == cookie.Domain) >= MostOfHost)
            _cookies.RemoveAt(_cookies.FindIndex(other => other.Domain == cookie.Domain));
        _cookies.Add(cookie);
    }

    // A word such as "accepted" is no secret, and masking it everywhere would spoil the evidence.
    private static bool IsLong(string value) => value.Length >= LongValue && value.Any(char.IsAsciiDigit);

    private static string Shortened(string name) => name.Length <= LongestName ? name : name[..LongestName] + "…";
}
