using System.IO.Compression;
using GateAction.Core.Model;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Artifacts;

/// <summary>
/// Reads single files out of an artifact. Whoever could change the run that left it could put anything into it: nothing is unpacked to
/// disk, and sizes are counted while they are read, not believed.
/// </summary>
internal static class ArtifactZip
{
    public const int MostBytes = 32 * 1024 * 1024;
    private const int MostEntries = 10_000;

    /// <param name="needed">The file that must be there.</param>
    /// <param name="wanted">The file that may be there.</param>
    /// <param name="what">Names the artifact in messages.</param>
    public static (byte[] Needed, byte[]? Wanted) Read(Stream zip, string needed, string wanted, string what)
    {
        try
        {
            using var archive = new ZipArchive(zip, ZipArchiveMode.Read);
            if (archive.Entries.Count > MostEntries)
                throw new GateException($"{what} holds {archive.Entries.Count:N0} files, more than {MostEntries:N0}");
            return (Find(archive, needed, what) ?? throw new GateException($"{what} holds no '{needed}'; it holds {Names(archive)}"),
                Find(archive, wanted, what));
        }
        catch (InvalidDataException exception)
        {
            throw new GateException($"{what} is not a zip that can be read: {exception.Message}", innerException: exception);
        }
    }

    private static byte[]? Find(ZipArchive archive, string file, string what) =>
        // Found by its name in whatever folder: upload-artifact keeps the folders below the common one of all that was uploaded.
        archive.Entries.Where(entry => entry.Name == file).ToList() switch
        {
            [] => null,
            [var entry] => Read(entry, what),
            var found => throw new GateException($"{what} holds '{file}' {found.Count} times; upload one report folder"),
        };

    private static byte[] Read(ZipArchiveEntry entry, string what)
    {
        using var source = entry.Open();
        using var text = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int count; (count = source.Read(buffer)) > 0;)
        {
            if (text.Length + count > MostBytes)
                throw new GateException($"'{entry.Name}' in {what} is longer than {MostBytes / 1024 / 1024} MiB");
            text.Write(buffer, 0, count);
        }
        return text.ToArray();
    }

    private static string Names(ZipArchive archive) => archive.Entries.Count == 0
        ? "nothing"
        : string.Join(", ", archive.Entries.Take(5).Select(entry => $"'{entry.FullName}'")) + (archive.Entries.Count > 5 ? " …" : "");
}

/// <summary>Fetches what a run's report folder held.</summary>
internal sealed class ArtifactDownload(RepositoryApi client)
{
    private const string Evidence = "evidence.json";
    private const string Verdict = "verdict.json";

    /// <summary>Throws a <see cref="Core.Model.GateException"/> if the zip cannot be read or holds no evidence.</summary>
    public async Task<EvidenceFile> ReadAsync(Artifact artifact, long run, string sha, CancellationToken cancellation)
    {
        var what = $"the artifact '{artifact.Name}' of run {run}";
        await using var zip = await client.Actions.DownloadAsync(artifact.Id, cancellation);
        var (evidence, verdict) = ArtifactZip.Read(zip, Evidence, Verdict, what);
        return new(evidence, run, sha, what, verdict);
    }
}
