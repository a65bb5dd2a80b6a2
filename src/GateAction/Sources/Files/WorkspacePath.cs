namespace GateAction.Sources.Files;

/// <summary>
/// A path as the manifest writes it. A relative one stays within the workspace, through links too: a change under test may have made them. An
/// absolute one is meant as it is.
/// </summary>
internal static class WorkspacePath
{
    private const int MostLinks = 40;

    /// <summary>The full path. Throws <see cref="NoEvidenceException"/> where it leads out of the workspace.</summary>
    public static string Resolve(string workspace, string path)
    {
        if (path.Length == 0 || path.Contains('\0'))
            throw new NoEvidenceException("the path of the file is empty or holds a zero byte");
        var full = Path.GetFullPath(path, workspace);
        if (Path.IsPathRooted(path))
            return full;
        var (real, home) = (Real(full), Real(Path.GetFullPath(workspace)));
        return IsWithin(real, home)
            ? full
            : throw new NoEvidenceException($"'{path}' leads out of the workspace, to '{real}'; write the absolute path where that is meant");
    }

    public static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>The path without links, as far as it exists.</summary>
    private static string Real(string full)
    {
        var links = 0;
        var pending = new Stack<string>(Segments(full).AsEnumerable().Reverse());
        var real = Path.GetPathRoot(full)!;
        while (pending.TryPop(out var segment))
        {
            var next = Path.GetFullPath(segment, real);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }
            if (++links > MostLinks)
                throw new NoEvidenceException($"'{full}' goes through more than {MostLinks} links");
            if (Path.IsPathRooted(target))
                real = Path.GetPathRoot(target)!;
            foreach (var part in Segments(target).AsEnumerable().Reverse())
                pending.Push(part);
        }
        return real;
    }

    private static string[] Segments(string path) =>
        path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
}
