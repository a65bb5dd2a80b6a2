using GateAction.Core.Model;
using GateAction.Files;
using GateAction.GitHub;
using GateAction.Manifests.Extending;
using GateAction.Surroundings;
using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary>A manifest in the checkout. Throws <see cref="GateException"/> where there is none or it cannot be read.</summary>
internal static class ManifestFile
{
    /// <summary>Where <c>gate init</c> writes it.</summary>
    public const string First = ManifestPaths.First;

    /// <summary>Where it lies, for help.</summary>
    public const string Default = ManifestPaths.Said;

    /// <summary>The path given, else the first of <see cref="ManifestPaths.Default"/> that is there; relative to the shell's
    /// directory.</summary>
    public static string Find(Shell shell, string? path = null)
    {
        if (path is not null)
            return path;
        return ManifestPaths.Default.FirstOrDefault(candidate => File.Exists(shell.PathOf(candidate))) ?? throw new GateException(
            $"no manifest in '{shell.Directory}': there is neither '{First}' nor '{ManifestPaths.Root}'; {Others(shell)}");
    }

    /// <summary>What messages call it.</summary>
    public static string NameOf(string path) => path == InputOnce.Path ? InputOnce.Name : path.Replace('\\', '/');

    /// <summary>What lies where a manifest could, under a name that is not looked for.</summary>
    private static string Others(Shell shell)
    {
        string[] others =
        [
            .. FileSearch.Find(shell.Directory, [".github/gates/*.{yml,yaml}"]).Select(path => Path.GetRelativePath(shell.Directory, path)),
        ];
        return others.Length == 0
            ? "`gate init` writes a first one"
            : $"there {(others.Length == 1 ? "is" : "are")} {string.Join(", ", others.Take(5).Select(path => $"'{path}'"))}"
            + $"{(others.Length > 5 ? $" and {others.Length - 5} more" : "")}: name one, as in `gate validate {others[0]}` and "
            + $"`gate run {others[0]}`";
    }

    /// <summary>The file's bytes; of one that is too large only so many that the reader sees it.</summary>
    /// <param name="path">'-' reads the input.</param>
    public static byte[] ReadBytes(Shell shell, string path)
    {
        try
        {
            // One that is looked for lies in the workspace; one that is named is meant as it is.
            using var stream = path == InputOnce.Path
                ? shell.OpenInput()
                : NamedFile.OpenRead(shell.Directory, path, ManifestPaths.Default.Contains(path) ? shell.Directory : null);
            // One more than is read, so that a file that is too large is seen and not cut.
            var buffer = new byte[YamlRules.Manifest.MaxBytes + 1];
            return buffer[..stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new GateException($"there is no manifest '{path}'; `gate init` writes a first one", ExitCode.BadInput, exception);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            var reason = Directory.Exists(shell.PathOf(path))
                ? $"it is a folder; name the file in it, as in '{Path.Combine(path, ManifestPaths.Root)}'"
                : exception.Message.TrimEnd('.');
            throw new GateException($"the manifest '{path}' cannot be read: {reason}", ExitCode.BadInput, exception);
        }
    }

    /// <summary>A manifest of the checkout with all that it extends.</summary>
    /// <param name="path">'-' reads the input.</param>
    public static Task<ManifestReading> ReadAsync(
        Shell shell, string path, ReadExtended read, bool checksEnvironment, CancellationToken cancellation) => ReadAsync(
        shell, NameOf(path), ReadBytes(shell, path), ManifestPlace.Checkout, read, checksEnvironment, cancellation);

    /// <summary>The manifest of bytes read before. What it calls secret the run shows nowhere from then on.</summary>
    public static async Task<ManifestReading> ReadAsync(
        Shell shell, string path, byte[] bytes, ManifestPlace place, ReadExtended read, bool checksEnvironment,
        CancellationToken cancellation)
    {
        var reading = await ReaderIn(shell, checksEnvironment).ReadAsync(bytes, path, place, read, cancellation);
        foreach (var value in reading.SecretValues)
            shell.Secrets.Add(value);
        return reading;
    }

    public static ManifestReader ReaderIn(Shell shell, bool checksEnvironment) =>
        new(shell.Environment, DateOnly.FromDateTime(shell.Time.GetUtcNow().UtcDateTime), checksEnvironment);
}
