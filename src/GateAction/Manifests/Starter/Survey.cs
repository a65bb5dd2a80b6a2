namespace GateAction.Manifests.Starter;

/// <summary>What a folder holds that a first manifest can use.</summary>
/// <param name="Stacks">The kinds of tests whose projects were found.</param>
/// <param name="ResultFiles">Result files that lie there already, relative paths.</param>
/// <param name="OpenApiFile">A description of the service's API.</param>
/// <param name="HealthPath">Where a Dockerfile's HEALTHCHECK asks.</param>
internal sealed record Survey(IReadOnlyList<TestStack> Stacks, IReadOnlyList<string> ResultFiles, string? OpenApiFile, string? HealthPath)
{
    private const int MaxFiles = 20_000;

    private static readonly string[] OpenApiNames =
        ["openapi.json", "openapi.yaml", "openapi.yml", "swagger.json", "swagger.yaml", "swagger.yml"];

    private static readonly HashSet<string> SkippedFolders =
        new(["node_modules", "bin", "obj", "vendor", "dist", "__pycache__", ".git", ".venv", "venv", ".tox", ".idea", ".vs"],
        StringComparer.OrdinalIgnoreCase);

    public static Survey Of(string directory)
    {
        var files = Walk(directory).Take(MaxFiles).ToArray();
        return new(
            [.. TestStacks.All.Where(stack => files.Any(file => stack.Detect(directory, file)))],
            [.. files.Where(file => ResultFileNames.IsOne(directory, file)).Order(StringComparer.Ordinal)],
            files.Where(file => OpenApiNames.Contains(Path.GetFileName(file).ToLowerInvariant()))
            .MinBy(file => (file.Count(c => c == '/'), file)),
            files.Where(file => Path.GetFileName(file).StartsWith("Dockerfile", StringComparison.Ordinal))
                .Select(file => DockerfileHealth.FindPath(directory, file))
                .FirstOrDefault(path => path is not null));
    }

    /// <summary>Relative paths with '/', what is nearest first.</summary>
    private static IEnumerable<string> Walk(string directory)
    {
        var folders = new Queue<(string Path, int Depth)>([(directory, 0)]);
        while (folders.TryDequeue(out var folder))
        {
            foreach (var entry in Entries(folder.Path))
            {
                if (entry is FileInfo)
                    yield return Path.GetRelativePath(directory, entry.FullName).Replace('\\', '/');
                else if (folder.Depth < 8 && entry.LinkTarget is null && !SkippedFolders.Contains(entry.Name))
                    folders.Enqueue((entry.FullName, folder.Depth + 1));
            }
        }
    }

    private static FileSystemInfo[] Entries(string folder)
    {
        try
        {
            var entries = new DirectoryInfo(folder).GetFileSystemInfos();
            Array.Sort(entries, (left, right) => string.CompareOrdinal(left.Name, right.Name));
            return entries;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
