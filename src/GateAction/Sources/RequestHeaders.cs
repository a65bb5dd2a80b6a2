using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GateAction.Http;
using GateAction.Surroundings;
using GateAction.Syntax;

namespace GateAction.Sources;

/// <summary>
/// Headers of a request. Those of the manifest's <c>defaults</c> are meant for the target: they go to no other host, so that a token for
/// staging is not shown to everybody whom a probe asks.
/// </summary>
/// <param name="Basic"><c>user:password</c> for basic authentication (RFC 7617), or null.</param>
internal sealed record RequestHeaders(IReadOnlyList<Entry<Template>> Own, IReadOnlyList<Entry<Template>> General, Template? Basic = null)
{
    public static readonly RequestHeaders None = new([], []);

    // Shorter ones say too little to be secret and would be masked in much that is none.
    private const int ShortestSecret = 6;

    public static RequestHeaders Read(Fields fields)
    {
        var headers = ReadOwn(fields);
        var basic = fields.Optional("basic-auth", Syntaxes.Template, "user:password for basic authentication");
        return fields.Has("headers") ? headers with { Basic = basic } : new([], headers.Own, basic);
    }

    /// <summary>The field that the manifest's <c>defaults</c> have too.</summary>
    public static RequestHeaders ReadOwn(Fields fields) =>
        Read(fields, "headers", "headers to send; those of `defaults` go to the target only");

    /// <summary>Headers for a server of their own, which <c>defaults</c> knows nothing of.</summary>
    public static RequestHeaders Read(Fields fields, string name, string description) =>
        fields.Optional(name, new Syntax(), description) ?? None;

    /// <summary>The headers for one URL, filled in.</summary>
    /// <param name="home">The server that the probe is about: no other is sent what the probe has of its own.</param>
    public IReadOnlyList<(string Name, string Value)> For(Uri url, Uri home, ProbeContext context)
    {
        var isHome = HttpRedirect.IsSameOrigin(url, home);
        var isTarget = context.Target is { } target && HttpRedirect.IsSameOrigin(url, target);
        var basic = isHome ? Basic : null;
        return
        [
            .. (isTarget ? General : []).Concat(isHome ? Own : [])
                // Which of two headers Authorization counts differs from server to server.
                .Where(header => basic is null || !header.Key.Equals("authorization", StringComparison.OrdinalIgnoreCase))
                .Select(header => (header.Key, Checked(header.Key, Learnt(header, context)))),
            .. basic is null ? Array.Empty<(string, string)>() : [("Authorization", BasicOf(basic, context))],
        ];
    }

    /// <summary>What a cookie of another probe's answer holds is a secret, so that an answer which repeats it does not show it.</summary>
    private static string Learnt(Entry<Template> header, ProbeContext context)
    {
        var value = context.Expand(header.Value);
        if (header.Key.Equals("cookie", StringComparison.OrdinalIgnoreCase) && !header.Value.IsConstant)
        {
            foreach (var secret in CookieText.ValuesIn(value).Where(secret => secret.Length >= ShortestSecret))
                context.Secrets.Add(secret);
        }
        return value;
    }

    private static string BasicOf(Template userAndPassword, ProbeContext context)
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(context.Expand(userAndPassword)));
        context.Secrets.Add(encoded);
        return $"Basic {encoded}";
    }

    // What another probe's answer holds could else bring a header, or a whole request, of its own.
    private static string Checked(string name, string value) => value.AsSpan().ContainsAny('\r', '\n', '\0')
        ? throw new NoEvidenceException($"the value of header '{name}' holds a line break")
        : value;

    private sealed class Syntax : Syntax<RequestHeaders>
    {
        private static readonly Syntax<IReadOnlyList<Entry<Template>>> Entries = Syntaxes.MapOf(
            Syntaxes.Text.Unless(name => name.All(IsTokenCharacter)
            ? null
            : $"'{name}' is no name of a header; letters, digits and '-' are accepted"),
            Syntaxes.Template);

        public override string Expect(Func<string, string> ofMapping) => Entries.Expect(ofMapping);

        public override RequestHeaders Placeholder => None;

        public override bool TryRead(Node node, Reading reading, [MaybeNull] out RequestHeaders value)
        {
            var isWhole = Entries.TryRead(node, reading, out var entries);
            value = entries is null ? null : new(entries, []);
            return isWhole;
        }

        public override RequestHeaders Overlay(RequestHeaders general, RequestHeaders own)
        {
            var names = own.Own.Select(entry => entry.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
            return new(own.Own, [.. general.Own.Where(entry => !names.Contains(entry.Key))]);
        }

        public override JsonObject Schema(SchemaDefinitions definitions) => Entries.Schema(definitions);

        private static bool IsTokenCharacter(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c);
    }
}

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

/// <summary>The fields of a form as a request carries them (<c>application/x-www-form-urlencoded</c>).</summary>
internal static class FormText
{
    public const string MediaType = "application/x-www-form-urlencoded";

    public static byte[] Of(IEnumerable<(string Name, string Value)> fields) =>
        Encoding.UTF8.GetBytes(string.Join('&', fields.Select(field => $"{Escape(field.Name)}={Escape(field.Value)}")));

    // A blank is '+' in a form (WHATWG URL, 5.2).
    public static string Escape(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
