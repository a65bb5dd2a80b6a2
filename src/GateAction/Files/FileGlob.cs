using GateAction.Core.Model;

namespace GateAction.Files;

/// <summary>
/// One pattern of files, with all that <see cref="Glob"/> has. It is compared with the path relative to where the gate runs, or against
/// the full path if the pattern is absolute.
/// </summary>
internal sealed class FileGlob
{
    private readonly string[][] _alternatives;
    private readonly string[] _patterns;

    public FileGlob(string pattern)
    {
        Text = pattern;
        var text = pattern.Replace('\\', '/');
        IsExclude = text.StartsWith('!');
        text = IsExclude ? text[1..] : text;
        // The second is a drive of Windows, 'C:/results'.
        IsAbsolute = text.StartsWith('/') || (text.Length > 1 && text[1] == ':');
        _alternatives = [.. Glob.Alternatives(text).Select(Segments)];
        _patterns = [.. _alternatives.Select(segments => string.Join('/', segments))];
    }

    public string Text { get; }

    public bool IsExclude { get; }

    public bool IsAbsolute { get; }

    /// <summary>The folders before the first wildcard of each alternative: where a search must start.</summary>
    public IEnumerable<string> Roots => _alternatives.Select(Root).Distinct();

    /// <summary>True if the pattern names the folder itself: then it is not skipped.</summary>
    public bool Names(string folder) => _alternatives.Any(segments => segments.Contains(folder));

    public bool IsMatch(string path)
    {
        // Elsewhere than on Windows a backslash is a part of a name.
        var relative = (OperatingSystem.IsWindows() ? path.Replace('\\', '/') : path).TrimStart('/');
        return _patterns.Any(pattern => Glob.IsMatch(pattern, relative));
    }

    private string Root(string[] segments)
    {
        // The last segment is a file's name even without a wildcard: to walk it would be to open a file as a folder.
        var literal = segments.Take(segments.Length - 1).TakeWhile(segment => segment.IndexOfAny(['*', '?']) < 0);
        return (IsAbsolute ? "/" : "") + string.Join('/', literal);
    }

    private static string[] Segments(string pattern) =>
        [.. pattern.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(segment => segment != ".")];

    /// <summary>What is wrong with a pattern; null if nothing is.</summary>
    public static string? Objection(string pattern) =>
        pattern.TrimStart('!').Trim().Length == 0 ? $"'{pattern}' is no file pattern: it names no file" : null;
}
