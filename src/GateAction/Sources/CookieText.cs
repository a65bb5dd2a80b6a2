using System.Text.RegularExpressions;
using GateAction.Surroundings;

namespace GateAction.Sources;

/// <summary>
/// A session's cookie is as good as a password, and evidence is kept for others to read: of the header <c>set-cookie</c> names and
/// attributes are shown, values are not.
/// </summary>
internal static partial class CookieText
{
    private static readonly HashSet<string> Attributes =
        new(["expires", "max-age", "domain", "path", "samesite"], StringComparer.OrdinalIgnoreCase);

    public const string Header = "set-cookie";

    /// <param name="header">One cookie, or several joined by ", " (RFC 9110, 5.3).</param>
    public static string Mask(string header)
    {
        var masked = Value().Replace(header, match => $"{match.Groups["name"].Value}{Secrets.Mask}");
        var end = header.IndexOf(';') is >= 0 and var semicolon ? semicolon : header.Length;
        return header.AsSpan(0, end).Contains('=') ? masked : Secrets.Mask + header[end..];
    }

    /// <summary>The values of a header <c>Cookie</c>, also of one that a whole <c>set-cookie</c> was put into.</summary>
    public static IEnumerable<string> ValuesIn(string header) => Value().Matches(header).Select(match => match.Groups["value"].Value)
        .Concat(header.Split(';').Select(cookie => cookie.Split('=', 2, StringSplitOptions.TrimEntries))
        .Where(pair => pair.Length == 2 && !Attributes.Contains(pair[0])).Select(pair => pair[1]))
        .Select(value => value.Trim('"', ' '));

    // A comma also stands in the date of 'expires', whose rest has no '=' before the next ';'.
    [GeneratedRegex(@"(?<name>(?:^|, )[^=;,\s]*=)(?<value>[^;]*?)(?=;|, [^=;,\s]+=|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Value();
}
