namespace GateAction.Files;

/// <summary>
/// The files that patterns match, <c>!</c> excludes taken out, sorted by path. A folder that a link leads to is entered once if it lies in
/// the workspace; if files that match lie behind a link that leads out of it, or a folder cannot be read, that is said.
/// </summary>
internal static class FileSearch
{
    /// <summary>More files of one set are not looked at: no run writes so many, and what lists them would not fit memory.</summary>
    public const int MostFiles = 100_000;

    private const int MostLinks = 5_000;

    // Never results of this run, and large: entered only where a pattern names them.
    private static readonly string[] Skipped = [".git", "node_modules"];

    /// <returns>Full paths.</returns>
    public static IReadOnlyList<string> Find(string directory, IReadOnlyList<string> patterns) => Search(directory, patterns).Files;

    /// <param name="most">How many files may match.</param>
    public static FoundFiles Search(string directory, IReadOnlyList<string> patterns, int most = MostFiles)
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
                // One more, so that too many are noticed and the walk still ends.
                .Take(most + 1)
                .ToList();
            all.UnionWith(found);
            if (all.Count > most)
                return TooMany(glob, most);
            if (found.Count == 0)
                unmatched.Add(glob.Text);
        }
        // Only if there are links: to resolve the path of each of 100,000 files takes seconds.
        var real = linked.Count == 0 ? [] : all.Select(RealPath.Of).ToHashSet(StringComparer.Ordinal);
        foreach (var (glob, folder) in linked.OrderBy(link => link.Folder, StringComparer.Ordinal))
        {
            var behind = new BehindLink(folder, glob.IsAbsolute ? "/" : directory, unread);
            var files = behind.Files(file => Matches(glob, file, directory) && !excludes.Any(exclude => Matches(exclude, file, directory)));
            if (behind.LeadsOut && files.Count > 0)
                unread.Add(
                    $"the folder '{Name(directory, folder)}' is a link that leads out of the workspace and is not entered, and files that "
                    + $"match '{glob.Text}' lie behind it: name the folder that it leads to by its absolute path");
            else if (behind.IsTooLarge)
                unread.Add(
                    $"behind the link '{Name(directory, folder)}' lie more than {BehindLink.Most:N0} files and folders, and not all were "
                    + "looked at: name the folder that it leads to");
            // A link such as 'latest' leads to a folder that is read under its own name: that is once.
            if (!behind.LeadsOut)
                all.UnionWith(files.Where(file => real.Add(RealPath.Of(file))).ToArray());
            if (all.Count > most)
                return TooMany(glob, most);
            if (files.Count > 0)
                unmatched.Remove(glob.Text);
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

    private static FoundFiles TooMany(FileGlob glob, int most) =>
        new([], [], [$"more than {most:N0} files match '{glob.Text}': name the folder that they lie in, or fewer of them"]);

    private static bool Matches(FileGlob glob, string file, string directory) =>
        glob.IsMatch(glob.IsAbsolute ? file : Path.GetRelativePath(directory, file));

    private static string Name(string directory, string path) => Path.GetRelativePath(directory, path);

    // One after the other, because a folder may hold more than memory does.
    private static IEnumerable<FileSystemInfo> Entries(string folder, SortedSet<string>? unread)
    {
        IEnumerator<FileSystemInfo>? entries = null;
        try
        {
            while (TryNext(folder, unread, ref entries) is { } entry)
                yield return entry;
        }
        finally
        {
            entries?.Dispose();
        }
    }

    private static FileSystemInfo? TryNext(string folder, SortedSet<string>? unread, ref IEnumerator<FileSystemInfo>? entries)
    {
        try
        {
            entries ??= new DirectoryInfo(folder).EnumerateFileSystemInfos().GetEnumerator();
            return entries.MoveNext() ? entries.Current : null;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (Directory.Exists(folder))
                unread?.Add($"the folder '{folder}' cannot be read, and files may lie in it: {exception.Message.TrimEnd('.')}");
            return null;
        }
    }

    /// <summary>The folder that a link leads to, and what lies below it; links in it are followed too, each folder once.</summary>
    /// <param name="home">The folder out of which a link may not lead.</param>
    private sealed class BehindLink(string link, string home, SortedSet<string> unread)
    {
        public const int Most = 100_000;

        private readonly string _home = RealPath.Of(home);

        public bool LeadsOut { get; private set; }

        public bool IsTooLarge { get; private set; }

        public List<string> Files(Func<string, bool> matches)
        {
            var (found, entered, seen) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal), 0);
            var pending = new Stack<string>([link]);
            while (pending.TryPop(out var folder) && !IsTooLarge)
            {
                if (RealOf(folder) is not { } path || !entered.Add(path))
                    continue;
                LeadsOut |= !RealPath.IsWithin(path, _home);
                foreach (var entry in Entries(folder, LeadsOut ? null : unread))
                {
                    IsTooLarge |= ++seen > Most;
                    if (entry is FileInfo && matches(entry.FullName))
                        found.Add(entry.FullName);
                    else if (entry is DirectoryInfo && !Skipped.Contains(entry.Name))
                        pending.Push(entry.FullName);
                }
            }
            return found;
        }

        // A link that leads to itself leads nowhere.
        private static string? RealOf(string folder)
        {
            try
            {
                return RealPath.Of(folder);
            }
            catch (IOException)
            {
                return null;
            }
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
                    else if (linked.Count < MostLinks)
                        linked.Add((glob, entry.FullName));
                    else
                        unread.Add($"more than {MostLinks:N0} folders are links and are not entered; files may lie behind them");
                }
            }
        }
    }
}

/// <summary>What patterns found, and what they did not.</summary>
/// <param name="Files">Full paths, sorted.</param>
/// <param name="Unmatched">Patterns that no file is left of; those that only take files out are not among them.</param>
/// <param name="Unread">Sentences about folders and links that could hold more files and were not looked into.</param>
internal sealed record FoundFiles(IReadOnlyList<string> Files, IReadOnlyList<string> Unmatched, IReadOnlyList<string> Unread)
{
    /// <summary>Why there are no files at all; null if there are some.</summary>
    public string? WhyNone(IReadOnlyList<string> patterns) => this switch
    {
        { Files.Count: > 0 } => null,
        { Unread: [var first, ..] } => first,
        { Unmatched.Count: 0 } => $"{List(patterns)} only takes files out; a pattern without '!' must say which there are",
        _ => $"no file matches {List(Unmatched)}",
    };

    /// <summary>What is missing although some files are there.</summary>
    public IEnumerable<string> Gaps => Unmatched.Select(pattern => $"no file matches '{pattern}'").Concat(Unread);

    private static string List(IEnumerable<string> patterns) => string.Join(", ", patterns.Select(pattern => $"'{pattern}'"));
}
