namespace GateAction.Files;

/// <summary>The files that patterns match, <c>!</c> excludes taken out, sorted by path. Folders reached through links are not entered.</summary>
internal static class FileSearch
{
    // Never results of this run, and large: entered only where a pattern names them.
    private static readonly string[] Skipped = [".git", "node_modules"];

    /// <returns>Full paths.</returns>
    public static IReadOnlyList<string> Find(string directory, IReadOnlyList<string> patterns)
    {
        var globs = patterns.Select(pattern => new FileGlob(pattern)).ToArray();
        var includes = globs.Where(glob => !glob.IsExclude).ToArray();
        var excludes = globs.Where(glob => glob.IsExclude).ToArray();
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var glob in includes)
        {
            foreach (var root in glob.Roots)
                Add(Path.GetFullPath(root, directory), directory, glob, excludes, found);
        }
        return [.. found];
    }

    /// <summary>The files that no <c>!</c> pattern takes out.</summary>
    public static IEnumerable<string> Exclude(string directory, IEnumerable<string> files, IReadOnlyList<string> patterns)
    {
        var excludes = patterns.Select(pattern => new FileGlob(pattern)).ToArray();
        return files.Where(file => !excludes.Any(exclude => Matches(exclude, file, directory)));
    }

    private static void Add(string root, string directory, FileGlob glob, FileGlob[] excludes, SortedSet<string> found)
    {
        foreach (var file in FilesUnder(root, glob))
        {
            if (Matches(glob, file, directory) && !excludes.Any(exclude => Matches(exclude, file, directory)))
                found.Add(file);
        }
    }

    private static bool Matches(FileGlob glob, string file, string directory) =>
        glob.IsMatch(glob.IsAbsolute ? file : Path.GetRelativePath(directory, file));

    private static IEnumerable<string> FilesUnder(string root, FileGlob glob)
    {
        var pending = new Stack<string>([root]);
        while (pending.TryPop(out var folder))
        {
            foreach (var entry in Entries(folder))
            {
                if (entry is FileInfo)
                    yield return entry.FullName;
                else if (entry.LinkTarget is null && (!Skipped.Contains(entry.Name) || glob.Names(entry.Name)))
                    pending.Push(entry.FullName);
            }
        }
    }

    private static FileSystemInfo[] Entries(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos()];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
