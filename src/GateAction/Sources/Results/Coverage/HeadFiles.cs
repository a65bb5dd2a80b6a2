using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GateAction.Files;

namespace GateAction.Sources.Results.Coverage;

/// <summary>The checkout, held against the content that files have on the head of a pull request.</summary>
internal sealed class HeadFiles(string directory)
{
    private const int MostBytes = 16 * 1024 * 1024;

    /// <summary>The checkout's root; where the gate runs may be a folder of it.</summary>
    private readonly string _root = RootAbove(directory) ?? directory;

    /// <summary>A file's name as coverage gives it: from where the gate runs, absolute if it is not below that.</summary>
    public string NameOf(string path)
    {
        var relative = SourcePath.Normalise(Path.GetRelativePath(directory, PathOf(path)));
        return relative.StartsWith("../", StringComparison.Ordinal) ? SourcePath.Normalise(PathOf(path)) : relative;
    }

    public bool Exists(string path) => File.Exists(PathOf(path));

    /// <summary>The file's number of lines; null with the reason if it is not here as it is on the head.</summary>
    public (int? Lines, string? Fault) LinesOf(ChangedFile file)
    {
        try
        {
            var bytes = RegularFile.ReadAllBytes(PathOf(file.Path), MostBytes, _root);
            return IsBlob(bytes, file.Blob) || IsBlob(WithoutReturns(bytes), file.Blob)
                // One too many where the file ends in a line break: a line that a report names must not be taken for one beyond the end.
                ? (bytes.Count(character => character == (byte)'\n') + 1, null)
                : (null, $"'{file.Path}' is here in another version than on the pull request's head");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, $"'{file.Path}' cannot be held against the pull request's head: {exception.Message}");
        }
    }

    private static string? RootAbove(string directory)
    {
        for (var folder = new DirectoryInfo(directory); folder is not null; folder = folder.Parent)
        {
            // In a linked worktree and in a submodule it is a file that names the folder (gitrepository-layout).
            var git = Path.Combine(folder.FullName, ".git");
            if (Directory.Exists(git) || File.Exists(git))
                return folder.FullName;
        }
        return null;
    }

#pragma warning disable CA5350 // Git names content by SHA-1; what is asked is whether it is the same, not who wrote it.
    private static bool IsBlob(byte[] bytes, string blob)
    {
        using var hash = IncrementalHash.CreateHash(blob.Length == 64 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {bytes.Length}\0")));
        hash.AppendData(bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset()) == blob;
    }
#pragma warning restore CA5350

    // Git for Windows writes CRLF into the checkout.
    private static byte[] WithoutReturns(byte[] bytes) =>
        [.. bytes.Where((character, at) => character != (byte)'\r' || at + 1 == bytes.Length || bytes[at + 1] != (byte)'\n')];

    private string PathOf(string path) => Path.Combine(_root, path);
}
