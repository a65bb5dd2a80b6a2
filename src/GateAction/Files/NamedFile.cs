namespace GateAction.Files;

/// <summary>
/// A file that the command line names: a regular one, or a descriptor that the caller hands over, as <c>/dev/stdin</c> is, and
/// <c>/dev/fd/63</c> of a shell's <c>&lt;(…)</c>.
/// </summary>
internal static class NamedFile
{
    private static readonly string[] HandedOver = ["/dev/stdin", "/dev/fd/", "/proc/self/fd/"];

    /// <inheritdoc cref="RegularFile.OpenRead"/>
    public static FileStream OpenRead(string directory, string path, string? within = null) =>
        HandedOver.Any(start => path.StartsWith(start, StringComparison.Ordinal))
        ? File.OpenRead(path)
        : RegularFile.OpenRead(Path.GetFullPath(path, directory), within);
}
