using System.Text;
using GateAction.Core.Model;
using GateAction.Files;
using GateAction.Manifests.Extending;
using GateAction.Surroundings;
using GateAction.Syntax;

namespace GateAction.Manifests;

/// <summary>A manifest in the checkout. Throws <see cref="GateException"/> where there is none or it cannot be read.</summary>
internal static class ManifestFile
{
    public const string Workflow = ".github/gate.yml";
    public const string Root = "gate.yml";

    private static readonly string[] Misspelt = [".github/gate.yaml", "gate.yaml"];

    /// <summary>The path given, else <see cref="Workflow"/>, else <see cref="Root"/>; relative to the shell's directory.</summary>
    public static string Find(Shell shell, string? path = null)
    {
        if (path is not null)
            return path;
        return new[] { Workflow, Root }.FirstOrDefault(candidate => File.Exists(shell.PathOf(candidate))) ?? throw new GateException(
            $"no manifest in '{shell.Directory}': there is neither '{Workflow}' nor '{Root}'; {Others(shell)}");
    }

    /// <summary>What lies where a manifest could, under a name that is not looked for.</summary>
    private static string Others(Shell shell)
    {
        string[] others =
        [
            .. Misspelt.Where(path => File.Exists(shell.PathOf(path))),
            .. FileSearch.Find(shell.Directory, [".github/gates/*.{yml,yaml}"]).Select(path => Path.GetRelativePath(shell.Directory, path)),
        ];
        return others.Length == 0
            ? "`gate init` writes a first one"
            : $"there {(others.Length == 1 ? "is" : "are")} {string.Join(", ", others.Take(5).Select(path => $"'{path}'"))}"
            + $"{(others.Length > 5 ? $" and {others.Length - 5} more" : "")}: name one, as in `gate validate {others[0]}` and "
            + $"`gate run --manifest {others[0]}`";
    }

    /// <summary>The file's bytes; of one that is too large only so many that the reader sees it.</summary>
    public static byte[] ReadBytes(Shell shell, string path)
    {
        try
        {
            // One that is looked for lies in the workspace; one that is named is meant as it is.
            using var stream = NamedFile.OpenRead(shell.Directory, path, path is Workflow or Root ? shell.Directory : null);
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
            var reason = Directory.Exists(shell.PathOf(path)) ? "it is a folder" : exception.Message.TrimEnd('.');
            throw new GateException($"the manifest '{path}' cannot be read: {reason}", ExitCode.BadInput, exception);
        }
    }

    /// <summary>A manifest of the checkout with all that it extends.</summary>
    /// <param name="path">'-' reads the input.</param>
    public static Task<ManifestReading> ReadAsync(
        Shell shell, string path, ReadExtended read, bool checksEnvironment, CancellationToken cancellation)
    {
        var (name, bytes) = path == "-" ? ("(input)", Encoding.UTF8.GetBytes(shell.In.ReadToEnd())) : (path, ReadBytes(shell, path));
        return ReadAsync(shell, name, bytes, ManifestPlace.Checkout, read, checksEnvironment, cancellation);
    }

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
