using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.Files;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary>Finds what earlier runs left: files as they are named, and in folders every <c>evidence.json</c> with the <c>verdict.json</c>
/// beside it.</summary>
internal static class HistoryFiles
{
    private const string EvidenceName = "evidence.json";
    private const string VerdictName = "verdict.json";

    /// <summary>Throws if paths are given and nothing is in them.</summary>
    public static IReadOnlyList<HistoryRun> Read(Shell shell, IReadOnlyList<string> paths, string? gate)
    {
        var runs = paths.SelectMany(path => Matching(shell, path)).SelectMany(path => Find(shell, path))
            .Where(run => gate is null || run.Gate == gate).ToArray();
        return runs.Length > 0 || paths.Count == 0 ? runs : throw new GateException(gate is null
            ? $"no earlier run is in {Listed(paths)}: neither '{EvidenceName}' nor '{VerdictName}'"
            : $"no earlier run of gate '{gate}' is in {Listed(paths)}");
    }

    private static IReadOnlyList<string> Matching(Shell shell, string path) =>
        FileArguments.Find(shell, [path], folder => [shell.PathOf(folder)], "nights/**/evidence.json", "evidence").Require();

    private static IEnumerable<HistoryRun> Find(Shell shell, string path)
    {
        var full = shell.PathOf(path);
        if (!Directory.Exists(full))
            return [ReadFile(shell, path)];
        // Not by .NET's own walk: it goes round and round through a link that leads up, and throws at a folder that it may not read.
        var found = FileSearch.Search(full, [$"**/{EvidenceName}", $"**/{VerdictName}"]);
        if (found.Unread is [var unread, ..])
            throw new GateException(unread);
        return found.Files
            .Select(file => Path.GetDirectoryName(file)!)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(folder => ReadFolder(shell, folder));
    }

    private static HistoryRun ReadFolder(Shell shell, string folder)
    {
        var evidence = Path.Combine(folder, EvidenceName);
        var verdict = Path.Combine(folder, VerdictName);
        return new(
            Path.GetRelativePath(shell.Directory, folder),
            File.Exists(evidence) ? EvidenceFiles.Read(shell, evidence) : null,
            File.Exists(verdict) ? ReadVerdict(shell, verdict) : null);
    }

    private static HistoryRun ReadFile(Shell shell, string path)
    {
        if (Path.GetFileName(path).Contains("verdict", StringComparison.OrdinalIgnoreCase))
            return new(path, null, ReadVerdict(shell, path));
        return new(path, EvidenceFiles.Read(shell, path), null);
    }

    private static Verdict ReadVerdict(Shell shell, string path)
    {
        using var stream = EvidenceFiles.Open(shell, path, "verdict");
        return VerdictJson.Read(stream, path);
    }

    private static string Listed(IEnumerable<string> items) => string.Join(", ", items.Select(item => $"'{item}'"));
}
