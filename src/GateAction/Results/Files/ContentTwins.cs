using System.Security.Cryptography;

namespace GateAction.Results.Files;

/// <summary>Files of the same content: a report that was copied or downloaded twice must not count twice.</summary>
internal static class ContentTwins
{
    /// <summary>For each file that equals an earlier one, that earlier one. Only files of the same length are read.</summary>
    public static IReadOnlyDictionary<string, string> Find(IReadOnlyList<string> files)
    {
        var twins = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in files.GroupBy(LengthOf).Where(group => group.Key > 0 && group.Skip(1).Any()))
        {
            var firsts = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var file in group)
            {
                if (HashOf(file) is { } hash && !firsts.TryAdd(hash, file))
                    twins[file] = firsts[hash];
            }
        }
        return twins;
    }

    private static long LengthOf(string file)
    {
        var info = new FileInfo(file);
        return info.Exists ? info.Length : 0;
    }

    private static string? HashOf(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return Convert.ToHexString(SHA256.HashData(stream));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
