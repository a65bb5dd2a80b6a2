using GateAction.Files;

namespace GateAction.Sources.Results.Locations;

/// <summary>The files of the repository by their names, to find where a path of another machine or a class lies here. Listed on first
/// use.</summary>
internal sealed class RepositoryFiles(string directory)
{
    private const int Most = 200_000;
    private readonly Lazy<ILookup<string, string>> _byName = new(() => FileSearch.Find(directory, ["**/*"])
        .Take(Most)
        .Select(path => Path.GetRelativePath(directory, path).Replace('\\', '/'))
        .ToLookup(path => path[(path.LastIndexOf('/') + 1)..], StringComparer.Ordinal));

    /// <summary>
    /// The file that shares the longest end with the path: all of either, or two names at least. Null where there is none or two share as
    /// much.
    /// </summary>
    public string? Find(string path)
    {
        var wanted = path.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (wanted.Length == 0)
            return null;
        var candidates = _byName.Value[wanted[^1]]
            .Select(candidate => (Path: candidate, Shared: SharedEnd(candidate.Split('/'), wanted)))
            // One name alone is chance: many folders have an index.js.
            .Where(candidate => candidate.Shared >= 2 || candidate.Shared == wanted.Length || !candidate.Path.Contains('/'))
            .OrderByDescending(candidate => candidate.Shared)
            .Take(2)
            .ToArray();
        return candidates switch
        {
            [] => null,
            [var only] => only.Path,
            [var first, var second] => first.Shared > second.Shared ? first.Path : null,
            _ => null,
        };
    }

    /// <summary>The files whose path ends in the whole of this one.</summary>
    public IReadOnlyList<string> EndingWith(string path)
    {
        var end = "/" + path;
        return [.. _byName.Value[path[(path.LastIndexOf('/') + 1)..]]
            .Where(candidate => candidate == path || candidate.EndsWith(end, StringComparison.Ordinal))];
    }

    private static int SharedEnd(string[] left, string[] right)
    {
        var shared = 0;
        while (shared < left.Length && shared < right.Length && left[^(shared + 1)] == right[^(shared + 1)])
            shared++;
        return shared;
    }
}
