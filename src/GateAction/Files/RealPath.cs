namespace GateAction.Files;

/// <summary>Paths without links.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    public static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>The path without links, as far as it exists.</summary>
    /// <param name="full">An absolute path.</param>
    /// <exception cref="IOException">It goes through more than 40 links, as the system's own limit is.</exception>
    public static string Of(string full)
    {
        var links = 0;
        var pending = new Stack<string>(Segments(full).AsEnumerable().Reverse());
        var real = Path.GetPathRoot(full)!;
        while (pending.TryPop(out var segment))
        {
            var next = Path.GetFullPath(segment, real);
            // Segment by segment, because .NET resolves the last one only: a link in the middle of a path would go unseen.
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }
            if (++links > MostLinks)
                throw new IOException($"'{full}' goes through more than {MostLinks} links");
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
