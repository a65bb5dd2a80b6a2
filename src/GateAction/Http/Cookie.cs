using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace GateAction.Http;

/// <summary>One cookie as its header describes it (RFC 6265, 5.2 and 5.3).</summary>
/// <param name="Domain">In lower case, without a dot before it.</param>
/// <param name="IsHostOnly">True for one that goes to no host below its own.</param>
/// <param name="ExpiresAt">Null for one that lasts as long as its jar.</param>
internal sealed record Cookie(
    string Name,
    string Value,
    string Domain,
    bool IsHostOnly,
    string Path,
    bool IsSecure,
    bool IsHttpOnly,
    DateTimeOffset? ExpiresAt)
{
    /// <summary>Null for what is no cookie, or is not this host's to set.</summary>
    public static Cookie? Read(Uri url, string header, DateTimeOffset now)
    {
        var parts = header.Split(';');
        // RFC 6265bis allows cookies without a name; servers mean none by it, and a header 'Cookie: x' is read in different ways.
        if (parts[0].Split('=', 2) is not [var name, var value] || name.Trim().Length == 0)
            return null;
        string? domain = null, path = null;
        var (isSecure, isHttpOnly) = (false, false);
        DateTimeOffset? expires = null, endsAfter = null;
        foreach (var (attribute, text) in parts.Skip(1).Select(AttributeOf))
        {
            switch (attribute)
            {
                case "domain": domain = text.TrimStart('.').ToLowerInvariant(); break;
                // Of an attribute that stands several times the last one counts (RFC 6265, 5.3), so that each overwrites the one before it.
                case "path": path = text; break;
                case "secure": isSecure = true; break;
                case "httponly": isHttpOnly = true; break;
                case "expires": expires = CookieDate.Parse(text) ?? expires; break;
                case "max-age": endsAfter = EndOf(text, now) ?? endsAfter; break;
            }
        }
        var host = HostOf(url);
        if (domain is { Length: > 0 } && domain != host && (!IsBelow(host, domain) || SharedDomains.Contains(domain)))
            return null;
        var isHostOnly = domain is null or "" || domain == host && (SharedDomains.Contains(domain) || !IsName(host));
        var cookie = new Cookie(name.Trim(), value.Trim(), isHostOnly ? host : domain!, isHostOnly,
            // Max-Age wins (RFC 6265, 4.1.2.2): it does not depend on the server's clock.
            path is ['/', ..] ? path : DefaultPath(url), isSecure, isHttpOnly, endsAfter ?? expires);
        return cookie.KeepsItsPrefix(url, domain, path) ? cookie : null;
    }

    public bool Replaces(Cookie other) =>
        Name == other.Name && Domain == other.Domain && IsHostOnly == other.IsHostOnly && Path == other.Path;

    public bool IsOver(DateTimeOffset now) => ExpiresAt <= now;

    /// <summary>By host and path; whether the line is safe enough is another question.</summary>
    public bool IsFor(Uri url)
    {
        var (host, path) = (HostOf(url), url.AbsolutePath);
        return (host == Domain || (!IsHostOnly && IsBelow(host, Domain)))
            && (path == Path
            // RFC 6265, 5.1.4: '/api' is for '/api/orders' and not for '/apiary'.
            || (path.StartsWith(Path, StringComparison.Ordinal) && (Path.EndsWith('/') || path[Path.Length] == '/')));
    }

    public bool IsWithheld(Uri url) => IsSecure && !IsSafe(url);

    // RFC 6265bis, 4.1.3: a name with such a prefix promises how the cookie was set.
    private bool KeepsItsPrefix(Uri url, string? domain, string? path) =>
        Name.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase) ? IsSecure && IsSafe(url) && domain is null && path == "/"
        : !Name.StartsWith("__Secure-", StringComparison.OrdinalIgnoreCase) || (IsSecure && IsSafe(url));

    private static (string Name, string Value) AttributeOf(string text) => text.Split('=', 2, StringSplitOptions.TrimEntries) switch
    {
        [var name, var value] => (name.ToLowerInvariant(), value),
        var alone => (alone[0].ToLowerInvariant(), ""),
    };

    private static DateTimeOffset? EndOf(string maxAge, DateTimeOffset now)
    {
        var digits = maxAge.TrimStart('-');
        if (digits.Length == 0 || maxAge.Length - digits.Length > 1 || !digits.All(char.IsAsciiDigit))
            return null;
        if (digits.Length < maxAge.Length || digits.All(digit => digit == '0'))
            return DateTimeOffset.MinValue;
        // Nine digits are 31 years; more of them would not fit the number.
        return digits.Length < 10 ? now.AddSeconds(int.Parse(digits, CultureInfo.InvariantCulture)) : DateTimeOffset.MaxValue;
    }

    private static string DefaultPath(Uri url) => url.AbsolutePath.LastIndexOf('/') is > 0 and var last ? url.AbsolutePath[..last] : "/";

    private static string HostOf(Uri url) => url.IdnHost.ToLowerInvariant();

    private static bool IsName(string host) => !IPAddress.TryParse(host, out _);

    private static bool IsBelow(string host, string domain) =>
        host.EndsWith($".{domain}", StringComparison.Ordinal) && IsName(host);

    private static bool IsSafe(Uri url) => url.Scheme is "https" or "wss";
}

/// <summary>
/// Domains below which hosts of different owners stand, so that none of them sets cookies for all: what has no dot, the second level of
/// countries, and where platforms give a name to everybody's service. The whole list (https://publicsuffix.org) is ten thousand lines;
/// these are the ones that staging environments stand under.
/// </summary>
internal static class SharedDomains
{
    private static readonly HashSet<string> OfCountries = ["ac", "co", "com", "edu", "gob", "gov", "gv", "mil", "ne", "net", "or", "org"];

    private static readonly HashSet<string> OfPlatforms =
    [
        "amazonaws.com", "appspot.com", "azurecontainerapps.io", "azurefd.net", "azurestaticapps.net", "azurewebsites.net", "cloudapp.net",
        "cloudfront.net", "deno.dev", "elasticbeanstalk.com", "firebaseapp.com", "fly.dev", "github.dev", "github.io", "gitlab.io",
        "herokuapp.com", "herokussl.com", "koyeb.app", "loca.lt", "netlify.app", "ngrok-free.app", "ngrok.app", "ngrok.io",
        "ondigitalocean.app", "onrender.com", "openshiftapps.com", "pages.dev", "railway.app", "run.app", "surge.sh", "trycloudflare.com",
        "vercel.app", "web.app", "windows.net", "workers.dev",
    ];

    private static readonly HashSet<string> Parents = ["amazonaws.com", "run.app", "azurecontainerapps.io", "windows.net", "deno.dev"];

    public static bool Contains(string domain)
    {
        var labels = domain.Split('.');
        return labels.Length == 1
            || (labels.Length == 2 && labels[1].Length == 2 && OfCountries.Contains(labels[0]))
            || OfPlatforms.Contains(domain)
            // Below these a region or a kind of service stands before the names: a.run.app, eu-west-1.elb.amazonaws.com.
            || (labels.Length <= 5 && Parents.Any(parent => domain.EndsWith($".{parent}", StringComparison.Ordinal)));
    }
}

/// <summary>The date of <c>Expires</c>, in whatever order its parts stand (RFC 6265, 5.1.1).</summary>
internal static partial class CookieDate
{
    private const string Months = "jan feb mar apr may jun jul aug sep oct nov dec";

    /// <summary>Null for a text that is no date.</summary>
    public static DateTimeOffset? Parse(string text)
    {
        (int Hour, int Minute, int Second)? time = null;
        int? day = null, month = null, year = null;
        foreach (var token in Delimiter().Split(text).Where(token => token.Length > 0))
        {
            if (time is null && Time().Match(token) is { Success: true } clock)
                time = (Number(clock.Groups[1]), Number(clock.Groups[2]), Number(clock.Groups[3]));
            else if (day is null && Day().Match(token) is { Success: true } number)
                day = Number(number.Groups[1]);
            else if (month is null && token.Length >= 3 && MonthOf(token) is { } name)
                month = name;
            else if (year is null && Year().Match(token) is { Success: true } digits)
                year = FullYear(Number(digits.Groups[1]), digits.Groups[1].Length);
        }
        return time is ( <= 23, <= 59, <= 59) && year is >= 1601 and <= 9999 && month is { } && day is >= 1
            && day <= DateTime.DaysInMonth(year.Value, month.Value)
            ? new DateTimeOffset(year.Value, month.Value, day.Value, time.Value.Hour, time.Value.Minute, time.Value.Second, TimeSpan.Zero)
            : null;
    }

    private static int? MonthOf(string token) =>
        Months.IndexOf(token[..3].ToLowerInvariant(), StringComparison.Ordinal) is >= 0 and var at && at % 4 == 0 ? at / 4 + 1 : null;

    // RFC 6265, 5.1.1: two digits from 70 on are of the last century.
    private static int FullYear(int year, int digits) => digits > 2 ? year : year >= 70 ? 1900 + year : 2000 + year;

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"[\t\x20-\x2F\x3B-\x40\x5B-\x60\x7B-\x7E]+", RegexOptions.CultureInvariant)]
    private static partial Regex Delimiter();

    [GeneratedRegex(@"\A([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    [GeneratedRegex(@"\A([0-9]{1,2})(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Day();

    [GeneratedRegex(@"\A([0-9]{2,4})(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Year();
}
