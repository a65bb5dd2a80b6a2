using GateAction.Files;

namespace GateAction.Sources.Files;

/// <summary>
/// A path as the manifest writes it. A relative one stays within the workspace, through links too: a change under test may have made them.
/// An absolute one is meant as it is.
/// </summary>
internal static class WorkspacePath
{
    /// <summary>The full path. Throws <see cref="NoEvidenceException"/> where it leads out of the workspace.</summary>
    public static string Resolve(string workspace, string path)
    {
        if (path.Length == 0 || path.Contains('\0'))
            throw new NoEvidenceException("the path of the file is empty or holds a zero byte");
        var full = Path.GetFullPath(path, workspace);
        if (FolderOf(workspace, path) is null)
            return full;
        var (real, home) = (RealPath.Of(full), RealPath.Of(Path.GetFullPath(workspace)));
        return RealPath.IsWithin(real, home)
            ? full
            : throw new NoEvidenceException(
            $"'{path}' leads out of the workspace, to '{real}'; write the absolute path where that is meant");
    }

    /// <summary>The folder in which a file with this path must lie: the workspace, or null for an absolute path.</summary>
    public static string? FolderOf(string workspace, string path) => Path.IsPathRooted(path) ? null : workspace;
}
