using GateAction.Core.Model;

namespace GateAction.GitHub;

/// <summary>Where a manifest may lie in a repository.</summary>
internal static class ManifestPaths
{
    public static readonly IReadOnlyList<string> Default = [".github/gate.yml", "gate.yml"];

    /// <summary>The path below the repository's root, with slashes. Throws where it leads out of it.</summary>
    public static string InRepository(string path, string workspace)
    {
        var relative = Path.GetRelativePath(workspace, Path.GetFullPath(path, workspace)).Replace('\\', '/');
        return relative.StartsWith("../", StringComparison.Ordinal) || relative is ".." or "." || Path.IsPathRooted(relative)
            ? throw new GateException(
            $"'{path}' lies outside the repository: a manifest is read from a commit; 'manifest-from: workspace' reads any file")
            : relative;
    }
}
