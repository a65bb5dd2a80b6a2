using GateAction.Core.Model;
using GateAction.Files;
using GateAction.GitHub.Artifacts;
using GateAction.Sources.Results;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary>
/// The files that arguments name: one that exists as it stands, a folder by what is looked for in it, anything else as a pattern, with
/// <c>!</c> to take files out again. <c>-</c> is the input. An action's input has no shell that would write patterns out.
/// </summary>
/// <param name="Paths">As they were named, or relative to the shell's directory; each once, in the order of the arguments.</param>
/// <param name="Fault">The first argument that names nothing; null if each names something.</param>
internal sealed record FileArguments(IReadOnlyList<string> Paths, GateException? Fault)
{
    /// <param name="inFolder">What counts in a folder: full paths. Throws if there is nothing.</param>
    /// <param name="example">A pattern for whoever gave one that matches nothing.</param>
    /// <param name="what">What is looked for, in messages.</param>
    public static FileArguments Find(Shell shell, IReadOnlyList<string> arguments, Func<string, IReadOnlyList<string>> inFolder,
        string example, string what)
    {
        var (found, known, fault) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal), (GateException?)null);
        var excludes = arguments.Where(argument => IsExclude(shell, argument)).ToArray();
        foreach (var argument in arguments.Except(excludes))
        {
            try
            {
                var named = Named(shell, argument, inFolder, excludes, example, what);
                found.AddRange(named.Where(path => path == InputOnce.Path || known.Add(shell.PathOf(path))));
            }
            catch (GateException exception)
            {
                fault ??= exception;
            }
        }
        if (arguments.Count > 0 && arguments.Count == excludes.Length)
            fault = new($"'{excludes[0]}' only takes files out; say before it which there are, as in '{example}'");
        return new(found, fault);
    }

    /// <summary>Throws the <see cref="Fault"/>.</summary>
    public IReadOnlyList<string> Require() => Fault is null ? Paths : throw Fault;

    private static bool IsExclude(Shell shell, string argument) => argument is ['!', ..] && !Path.Exists(shell.PathOf(argument));

    private static string[] Named(Shell shell, string argument, Func<string, IReadOnlyList<string>> inFolder,
        string[] excludes, string example, string what)
    {
        if (argument.Trim().Length == 0)
            throw new GateException(
                $"an empty argument names no file; is a variable not set? Write a path or a pattern, as in '{example}'");
        // A file that is there wins over the pattern that its name may also be, as 'results[1].xml'.
        if (argument == InputOnce.Path || File.Exists(shell.PathOf(argument)))
            return [argument];
        if (Directory.Exists(shell.PathOf(argument)))
            return Left(shell, inFolder(argument), excludes, argument);
        if (argument.IndexOfAny(['*', '?', '[', '{']) < 0)
            throw new GateException($"the {what} '{argument}' cannot be read: there is no such file");
        var search = FileSearch.Search(shell.Directory, [argument]);
        if (search.Unread is [var unread, ..])
            throw new GateException(unread);
        return search.Files.Count == 0
            ? throw new GateException($"no file matches '{argument}'; give files, folders, or patterns such as '{example}' in quotes")
            : Left(shell, search.Files, excludes, argument);
    }

    private static string[] Left(Shell shell, IReadOnlyList<string> files, string[] excludes, string argument)
    {
        string[] left = [.. FileSearch.Exclude(shell.Directory, files, excludes)
            .Select(file => ResultReader.NameOf(shell.Directory, file))];
        return left.Length > 0 ? left : throw new GateException($"'{excludes[0]}' takes out every file of '{argument}'");
    }
}

/// <summary>The files that a run is to read: they are found before what an earlier run left is removed, and stay. What names nothing is
/// told once there is a status that can say it.</summary>
/// <param name="Evidence">What it decides on; null if it measures.</param>
/// <param name="Baseline">What it compares with; null for an artifact or nothing.</param>
/// <param name="All">Full paths.</param>
internal sealed record GivenFiles(FileArguments? Evidence, FileArguments? Baseline, IReadOnlyList<string> All)
{
    public static GivenFiles Of(Shell shell, Inputs inputs, IReadOnlyList<string>? evidence = null)
    {
        var given = evidence is null ? null : EvidenceFiles.Find(shell, evidence);
        var baseline = inputs.Baseline is { } named && !ArtifactName.IsOne(named)
            ? EvidenceFiles.Find(shell, [named])
            : null;
        return new(given, baseline, [.. (given?.Paths ?? []).Concat(baseline?.Paths ?? []).Select(shell.PathOf)]);
    }
}
