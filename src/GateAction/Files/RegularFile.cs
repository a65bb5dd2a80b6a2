using GateAction.Platform;
using Microsoft.Win32.SafeHandles;

namespace GateAction.Files;

/// <summary>
/// Opens a file once and looks at what was opened, not at what stood there a moment before: a change under test may have put a named pipe,
/// a device or a link in its place, and may exchange it while the gate runs. Nothing but a regular file is read, opening never waits, and a
/// file of the workspace lies within it, through links too. On systems other than Linux it is the system's own opening.
/// </summary>
internal static class RegularFile
{
    /// <param name="path">Full path.</param>
    /// <param name="within">The folder in which the file must lie; null for a path that is meant as it is.</param>
    /// <returns>A stream without a buffer of its own.</returns>
    /// <exception cref="IOException">There is no such file, or it is not one that may be read; the message says which.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static FileStream OpenRead(string path, string? within = null)
    {
        if (!OperatingSystem.IsLinux())
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var handle = LinuxFile.Open(path);
        try
        {
            if (LinuxFile.WhyNotRegular(handle) is { } kind)
                throw new IOException($"'{Path.GetFileName(path)}' is {kind}; only regular files are read");
            if (PathOutside(handle, within) is { } real)
                throw new OutsideException($"'{Path.GetFileName(path)}' leads out of the workspace, to '{real}'");
            return new FileStream(handle, FileAccess.Read, bufferSize: 0);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>The whole file, if it has no more bytes than that.</summary>
    /// <exception cref="IOException">As <see cref="OpenRead"/>, and if it is larger.</exception>
    public static byte[] ReadAllBytes(string path, int maxBytes, string? within = null)
    {
        using var stream = OpenRead(path, within);
        // One byte more than is accepted tells a file that is too large. Files of /proc say that they have no length, and one may grow
        // meanwhile.
        var bytes = new byte[Math.Min(maxBytes, Math.Max(stream.Length, 4096)) + 1];
        var length = 0;
        while (stream.Read(bytes, length, bytes.Length - length) is > 0 and var read)
        {
            length += read;
            if (length > maxBytes)
                throw new IOException($"'{Path.GetFileName(path)}' is larger than {maxBytes / 1024} KiB");
            if (length == bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min(2L * bytes.Length, maxBytes + 1L));
        }
        return bytes[..length];
    }

    /// <summary>Where what is open really lies, if that is outside of the folder; null if it is within, if there is none to be in, and if
    /// the system does not tell.</summary>
    public static string? PathOutside(SafeFileHandle handle, string? within) =>
        within is not null && OperatingSystem.IsLinux() && LinuxFile.PathOf(handle) is { } real
        && !RealPath.IsWithin(real, RealPath.Of(Path.GetFullPath(within)))
            ? real
            : null;

    /// <summary>Why a file could not be opened or read, as a clause.</summary>
    public static string WhyUnreadable(Exception exception) =>
        exception is FileNotFoundException or DirectoryNotFoundException ? "it does not exist" : exception.Message.TrimEnd('.');
}

/// <summary>
/// A file that the command line names: a regular one, or a descriptor that the caller hands over, as <c>/dev/stdin</c> is, and
/// <c>/dev/fd/63</c> of a shell's <c>&lt;(…)</c>.
/// </summary>
internal static class NamedFile
{
    private static readonly string[] HandedOver = ["/dev/stdin", "/dev/fd/", "/proc/self/fd/"];

    /// <inheritdoc cref="RegularFile.OpenRead"/>
    public static FileStream OpenRead(string directory, string path, string? within = null) =>
        // Through these names a pipe is opened once more, which RegularFile refuses; here the caller has chosen it.
        HandedOver.Any(start => path.StartsWith(start, StringComparison.Ordinal))
        ? File.OpenRead(path)
        : RegularFile.OpenRead(Path.GetFullPath(path, directory), within);
}

/// <summary>A link leads out of the folder in which the file must lie.</summary>
/// <param name="found">Which, and where to, for callers that do not take absolute paths.</param>
internal sealed class OutsideException(string found) : IOException($"{found}; write the absolute path if that is meant")
{
    public string Found => found;
}
