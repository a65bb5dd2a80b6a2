using System.Text.RegularExpressions;
using GateAction.Files;
using GateAction.Surroundings;

namespace GateAction.Manifests.Starter;

/// <summary>The files of a repository, as far as a first manifest and workflow can be made of them.</summary>
internal sealed partial class RepositoryTree
{
    // `gate init` answers at once, also in a monorepo: what is nearest the root is found first.
    private const int MaxFiles = 20_000;
    private const int MaxDepth = 8;
    private const int ReadLimit = 256 * 1024;

    private static readonly HashSet<string> SkippedFolders = new(
        [
            "node_modules", "bin", "obj", "vendor", "dist", "target", "__pycache__", ".git", ".venv", "venv", ".tox", ".idea", ".vs",
            ActionInput.Out.Default!, StarterWorkflow.ResultFolder,
        ],
        StringComparer.OrdinalIgnoreCase);

    private readonly string _root;
    private readonly HashSet<string> _files;

    public RepositoryTree(string root)
    {
        _root = root;
        Files = [.. Walk(root).Where(IsPlain).Take(MaxFiles)];
        _files = new(Files, StringComparer.Ordinal);
        Folders = [.. Files.Select(FolderOf).Distinct()
            .OrderBy(folder => folder.Count(character => character == '/') + (folder.Length > 0 ? 1 : 0))
            .ThenBy(folder => folder, StringComparer.Ordinal)];
    }

    /// <summary>Relative paths with '/', what is nearest first.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The folders that hold files, what is nearest first; the root is the empty text.</summary>
    public IReadOnlyList<string> Folders { get; }

    public static string FolderOf(string path) => path.LastIndexOf('/') is > 0 and var at ? path[..at] : "";

    public static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    public static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    public static bool IsBelow(string path, string folder) => folder.Length == 0 || path.StartsWith(folder + "/", StringComparison.Ordinal);

    public bool Has(string path) => _files.Contains(path);

    /// <summary>The first of the names that lies in the folder; null if none does.</summary>
    public string? FirstOf(string folder, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Has(Join(folder, name)))
                return name;
        }
        return null;
    }

    /// <summary>The nearest folder, this one or above it, that holds one of the names; null if none does.</summary>
    public (string Folder, string Name)? Nearest(string folder, params ReadOnlySpan<string> names)
    {
        for (var at = folder; ; at = FolderOf(at))
        {
            if (FirstOf(at, names) is { } name)
                return (at, name);
            if (at.Length == 0)
                return null;
        }
    }

    public IEnumerable<string> In(string folder) => Files.Where(file => FolderOf(file) == folder);

    /// <summary>The file's beginning; empty if it is not there.</summary>
    public string Read(string path) => Has(path) ? TextStart.Read(Path.Combine(_root, path), ReadLimit) : "";

    public bool Holds(string path, params ReadOnlySpan<string> words)
    {
        var text = Read(path);
        foreach (var word in words)
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    // What a shell or an expression of GitHub would read is left alone.
    private static bool IsPlain(string path) => Plain().IsMatch(path);

    [GeneratedRegex(@"^[\p{L}\p{N} ._/@+,()\[\]~=-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    private static IEnumerable<string> Walk(string directory)
    {
        var folders = new Queue<(string Path, int Depth)>([(directory, 0)]);
        while (folders.TryDequeue(out var folder))
        {
            foreach (var entry in Entries(folder.Path))
            {
                if (entry is FileInfo)
                    yield return Path.GetRelativePath(directory, entry.FullName).Replace('\\', '/');
                // A link may lead round in a circle, or out of the repository.
                else if (folder.Depth < MaxDepth && entry.LinkTarget is null && !SkippedFolders.Contains(entry.Name))
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

/// <summary>The first characters of a file; nothing of one that cannot be read.</summary>
internal static class TextStart
{
    public static string Read(string path, int length)
    {
        try
        {
            using var reader = new StreamReader(RegularFile.OpenRead(path));
            var buffer = new char[length];
            return new string(buffer, 0, reader.ReadBlock(buffer, 0, length));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
