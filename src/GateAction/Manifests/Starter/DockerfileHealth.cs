using System.Text.RegularExpressions;

namespace GateAction.Manifests.Starter;

/// <summary>The path that a Dockerfile's HEALTHCHECK asks for.</summary>
internal static partial class DockerfileHealth
{
    private const int ReadLimit = 64 * 1024;

    public static string? FindPath(string folder, string file)
    {
        var match = Check().Match(TextStart.Read(Path.Combine(folder, file), ReadLimit));
        return match.Success ? match.Groups["path"].Value : null;
    }

    [GeneratedRegex(@"^\s*HEALTHCHECK\b(.|\\\r?\n)*?https?://[^/\s""']+(?<path>/[A-Za-z0-9_./-]*)",
        RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Check();
}
