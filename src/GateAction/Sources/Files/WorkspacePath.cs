using GateAction.Files;
using GateAction.Syntax;

namespace GateAction.Sources.Files;

/// <summary>
/// A path as the manifest writes it. A relative one stays within the workspace, through links too: a change under test may have made them.
/// An absolute one is meant as it is.
/// </summary>
internal static class WorkspacePath
{
    /// <summary>The full path. Throws <see cref="NoEvidenceException"/> if it leads out of the workspace.</summary>
    public static string Resolve(string workspace, string path)
    {
        if (path.Length == 0 || path.Contains('\0'))
            throw new NoEvidenceException("the path of the file is empty or holds a zero byte");
        var full = Path.GetFullPath(path, workspace);
        if (FolderOf(workspace, path) is null)
            return full;
        // Looked at twice, here by its path and in RegularFile by what was opened: here for the sentence, there against a link made in
        // between.
        var (real, home) = (RealPath.Of(full), RealPath.Of(Path.GetFullPath(workspace)));
        return RealPath.IsWithin(real, home)
            ? full
            : throw new NoEvidenceException(
            $"'{path}' leads out of the workspace, to '{real}'; write the absolute path where that is meant");
    }

    /// <summary>The folder in which a file with this path must lie: the workspace, or null for an absolute path.</summary>
    public static string? FolderOf(string workspace, string path) => Path.IsPathRooted(path) ? null : workspace;
}

/// <summary>The patterns of a set of files in the manifest: at least one says which files there are, the others may take some
/// out.</summary>
internal static class FilePatterns
{
    public static Syntax<IReadOnlyList<string>> Syntax { get; } = Syntaxes.OneOrMany(Syntaxes.Glob.Unless(FileGlob.Objection))
        .Unless(Objection);

    private static string? Objection(IReadOnlyList<string> patterns) =>
        patterns.All(pattern => pattern.StartsWith('!'))
            ? $"'{string.Join("', '", patterns)}' only takes files out; a pattern without '!' must say which there are"
            : null;
}
