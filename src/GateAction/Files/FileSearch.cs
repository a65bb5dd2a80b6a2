namespace GateAction.Files;

/// <summary>
/// The files that patterns match, <c>!</c> excludes taken out, sorted by path. Folders reached through links are not entered; where files
/// that match lie behind one, or a folder cannot be read, that is said.
/// </summary>
internal static class FileSearch
{
    private const int MostBehindLinks = 5_000;

    // Never results of this run, and large: entered only where a pattern names them.
    private static readonly string[] Skipped = [".git", "node_modules"];

    /// <returns>Full paths.</returns>
    public static IReadOnlyList<string> Find(string directory, IReadOnlyList<string> patterns) => Look(directory, patterns).Files;

    public static FoundFiles Look(string directory, IReadOnlyList<string> patterns)
    {
        var globs = patterns.Select(pattern => new FileGlob(pattern)).ToArray();
        var excludes = globs.Where(glob => glob.IsExclude).ToArray();
        var (all, unread) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        var linked = new List<(FileGlob Glob, string Folder)>();
        var unmatched = new List<string>();
        foreach (var glob in globs.Where(glob => !glob.IsExclude))
        {
            var walk = new Walk(glob, unread, linked);
            var found = glob.Roots
                .SelectMany(root => walk.FilesUnder(Path.GetFullPath(root, directory)))
                .Where(file => Matches(glob, file, directory) && !excludes.Any(exclude => Matches(exclude, file, directory)))
                .ToList();
            all.UnionWith(found);
            if (found.Count == 0)
                unmatched.Add(glob.Text);
        }
        foreach (var (glob, folder) in linked)
        {
            if (HidesFiles(folder, file => Matches(glob, file, directory)
                && !excludes.Any(exclude => Matches(exclude, file, directory)), all))
                unread.Add(
                    $"the folder '{Name(directory, folder)}' is a link and is not entered, and files that match '{glob.Text}' lie behind "
                    + "it: name the folder that it leads to");
        }
        return new([.. all], unmatched,
            [.. unread.Select(text => text.Replace(directory.TrimEnd('/') + "/", "", StringComparison.Ordinal))]);
    }

    /// <summary>The files that no <c>!</c> pattern takes out.</summary>
    public static IEnumerable<string> Exclude(string directory, IEnumerable<string> files, IReadOnlyList<string> patterns)
    {
        var excludes = patterns.Select(pattern => new FileGlob(pattern)).ToArray();
        return files.Where(file => !excludes.Any(exclude => Matches(exclude, file, directory)));
    }

    private static bool Matches(FileGlob glob, string file, string directory) =>
        glob.IsMatch(glob.IsAbsolute ? file : Path.GetRelativePath(directory, file));

    private static string Name(string directory, string path) => Path.GetRelativePath(directory, path);

    // A link such as 'latest' leads to a folder that is read under its own name: then nothing is lost.
    private static bool HidesFiles(string folder, Func<string, bool> matches, SortedSet<string> found)
    {
        var target = Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName;
        if (target is null)
            return false;
        var seen = 0;
        var pending = new Stack<string>([folder]);
        while (pending.TryPop(out var at))
        {
            foreach (var entry in Entries(at, null))
            {
                if (++seen > MostBehindLinks)
                    return true;
                if (entry is FileInfo && matches(entry.FullName) && !found.Contains(target + entry.FullName[folder.Length..]))
                    return true;
                if (entry is DirectoryInfo { LinkTarget: null } && !Skipped.Contains(entry.Name))
                    pending.Push(entry.FullName);
            }
        }
        return false;
    }

    private static FileSystemInfo[] Entries(string folder, SortedSet<string>? unread)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos()];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (Directory.Exists(folder))
                unread?.Add($"the folder '{folder}' cannot be read, and files may lie in it: {exception.Message.TrimEnd('.')}");
            return [];
        }
    }

    private sealed class Walk(FileGlob glob, SortedSet<string> unread, List<(FileGlob, string)> linked)
    {
        public IEnumerable<string> FilesUnder(string root)
        {
            var pending = new Stack<string>([root]);
            while (pending.TryPop(out var folder))
            {
                foreach (var entry in Entries(folder, unread))
                {
                    if (entry is FileInfo)
                        yield return entry.FullName;
                    else if (Skipped.Contains(entry.Name) && !glob.Names(entry.Name))
                        continue;
                    else if (entry.LinkTarget is null)
                        pending.Push(entry.FullName);
                    else
                        linked.Add((glob, entry.FullName));
                }
            }
        }
    }
}
