using System.Security.Cryptography;
using GateAction.Files;

namespace GateAction.Sources.Results;

/// <summary>Files of the same content: a report that was copied or downloaded twice must not count twice.</summary>
internal static class DuplicateFiles
{
    private const int EndLength = 64 * 1024;

    /// <summary>For each file that equals an earlier one, that earlier one. Only files of the same length and the same ends are read
    /// whole.</summary>
    public static IReadOnlyDictionary<string, string> Find(IReadOnlyList<string> files)
    {
        var twins = new Dictionary<string, string>(StringComparer.Ordinal);
        // Empty files are no copies of each other: each is told to be empty.
        foreach (var sameLength in files.GroupBy(LengthOf).Where(group => group.Key > 0 && group.Skip(1).Any()))
        {
            foreach (var sameEnds in sameLength.GroupBy(HashOfEnds).Where(group => group.Key is not null && group.Skip(1).Any()))
                AddTwins(sameEnds, sameLength.Key, twins);
        }
        return twins;
    }

    private static void AddTwins(IEnumerable<string> files, long length, Dictionary<string, string> twins)
    {
        var firsts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            // Of a file of this length the ends are the whole.
            var hash = length <= 2 * EndLength ? "" : HashOf(file, stream => SHA256.HashData(stream));
            if (hash is not null && !firsts.TryAdd(hash, file))
                twins[file] = firsts[hash];
        }
    }

    private static long LengthOf(string file)
    {
        var info = new FileInfo(file);
        return info.Exists ? info.Length : 0;
    }

    private static string? HashOfEnds(string file) => HashOf(file, stream =>
    {
        var ends = new byte[2 * EndLength];
        var head = stream.ReadAtLeast(ends.AsSpan(0, EndLength), EndLength, throwOnEndOfStream: false);
        stream.Position = Math.Max(stream.Length - EndLength, head);
        var tail = stream.ReadAtLeast(ends.AsSpan(EndLength), EndLength, throwOnEndOfStream: false);
        return SHA256.HashData([.. ends.AsSpan(0, head), .. ends.AsSpan(EndLength, tail)]);
    });

    private static string? HashOf(string file, Func<Stream, byte[]> hash)
    {
        try
        {
            using var stream = RegularFile.OpenRead(file);
            return Convert.ToHexString(hash(stream));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
