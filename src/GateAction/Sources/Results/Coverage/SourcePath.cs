using System.Text.RegularExpressions;

namespace GateAction.Sources.Results.Coverage;

/// <summary>Names of source files as reports of every system write them.</summary>
internal static partial class SourcePath
{
    /// <summary>With slashes, without <c>.</c>, <c>..</c> where it can be, doubled slashes and <c>file://</c>; a drive's letter is upper
    /// case.</summary>
    public static string Normalise(string path)
    {
        var text = path.Trim().Replace('\\', '/');
        if (text.StartsWith("file://", StringComparison.OrdinalIgnoreCase))
            text = text["file://".Length..];
        // As 'file:///C:/a.cs' leaves it.
        if (text.Length > 2 && text[0] == '/' && IsDrive(text[1..]))
            text = text[1..];
        // An address, such as a bundler's webpack://, is no path: its dots and doubled slashes mean nothing here.
        if (text.Contains("://", StringComparison.Ordinal))
            return text;
        if (IsDrive(text))
            text = char.ToUpperInvariant(text[0]) + text[1..];
        return NeedsWork(text) ? Collapse(text) : text;
    }

    public static bool IsAbsolute(string path) => path.StartsWith('/') || IsDrive(path) || path.Contains("://", StringComparison.Ordinal);

    public static bool IsDrive(string path) => path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0]);

    public static string Join(string folder, string path) =>
        IsAbsolute(path) || folder.Length == 0 ? path : Normalise($"{folder}/{path}");

    public static string FolderOf(string path) => path.LastIndexOf('/') is > 0 and var at ? path[..at] : "";

    /// <summary>The path within the checkout where it begins as the checkouts of hosted runners do; null for any other.</summary>
    public static string? WithinKnownCheckout(string path) =>
        RunnerFolder().Match(path) is { Success: true } match ? match.Groups["path"].Value : null;

    private static bool NeedsWork(string text) =>
        text.Contains("//", StringComparison.Ordinal) || text.Contains("./", StringComparison.Ordinal)
        || text.EndsWith("/.", StringComparison.Ordinal)
        || text.EndsWith("/..", StringComparison.Ordinal) || text is "." or ".." || (text.Length > 1 && text.EndsWith('/'));

    private static string Collapse(string text)
    {
        var kept = new List<string>();
        foreach (var segment in text.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(segment => segment != "."))
        {
            if (segment == ".." && kept.Count > 0 && kept[^1] != "..")
                kept.RemoveAt(kept.Count - 1);
            else if (segment != ".." || !text.StartsWith('/'))
                kept.Add(segment);
        }
        return (text.StartsWith('/') ? "/" : "") + string.Join('/', kept);
    }

    // GitHub: /home/runner/work/shop/shop, D:/a/shop/shop, /__w/shop/shop in a container, _work/shop/shop of one's own runners;
    // /github/workspace in a container action. Azure: /home/vsts/work/1/s.
    [GeneratedRegex("""^(?:.*?/(?:_?work|__w|a)/(?:(?<name>[^/]+)/\k<name>|\d+/s)|/github/workspace)/(?<path>.+)$""",
        RegexOptions.CultureInvariant)]
    private static partial Regex RunnerFolder();
}
