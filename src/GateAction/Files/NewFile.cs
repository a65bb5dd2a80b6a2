namespace GateAction.Files;

/// <summary>
/// A file that takes its place when it is whole. What stands there before, a link, a named pipe, a device, is replaced and never written
/// to; a folder that leads out of the workspace gets nothing.
/// </summary>
internal sealed class NewFile : IDisposable
{
    private readonly string _path;
    private readonly string _draft;
    private bool _isKept;

    private NewFile(string path, string draft, FileStream stream)
    {
        _path = path;
        _draft = draft;
        Stream = stream;
    }

    public FileStream Stream { get; }

    /// <param name="path">Full path.</param>
    /// <param name="within">The folder in which it must lie, through links too; null for a path that is meant as it is.</param>
    /// <exception cref="IOException">It leads out, or cannot be written.</exception>
    public static NewFile Beside(string path, string? within)
    {
        var draft = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}");
        // O_EXCL: nothing that is there already is opened, a link neither.
        var file = new NewFile(path, draft, new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.Read));
        if (RegularFile.PathOutside(file.Stream.SafeFileHandle, within) is not { } real)
            return file;
        file.Dispose();
        throw new IOException($"'{Path.GetDirectoryName(path)}' leads out of the workspace, to '{Path.GetDirectoryName(real)}'");
    }

    /// <summary>Puts it in its place.</summary>
    // rename(2): whoever reads sees the old file or the new one, never a half.
    public void Keep()
    {
        Stream.Dispose();
        File.Move(_draft, _path, overwrite: true);
        _isKept = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!_isKept)
            File.Delete(_draft);
    }
}
