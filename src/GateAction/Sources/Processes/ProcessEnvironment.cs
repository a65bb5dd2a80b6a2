using GateAction.Surroundings;

namespace GateAction.Sources.Processes;

/// <summary>The environment that programs run in: a few variables of the machine, and none of the workflow's tokens.</summary>
internal static class ProcessEnvironment
{
    private static readonly string[] Kept =
        ["PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "TMPDIR", "TEMP", "TMP", "SystemRoot", "USERPROFILE"];

    private static readonly string[] ReservedPrefixes = ["INPUT_", "ACTIONS_", "GITHUB_", "RUNNER_"];

    /// <summary>Names that stand for what only the workflow itself may use.</summary>
    public static bool IsReserved(string name) =>
        // GH_TOKEN is how gh takes the workflow's token; the prefixes are the runner's. Windows knows no case in names.
        name is "GH_TOKEN" || ReservedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    public static IReadOnlyDictionary<string, string> From(Shell shell, IEnumerable<(string Name, string Value)> own)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Kept)
        {
            if (shell.Environment(name) is { } value)
                environment[name] = value;
        }
        foreach (var (name, value) in own)
            environment[name] = value;
        return environment;
    }
}

/// <summary>Finds a program as execvp does: .NET would also look beside itself and in the current directory.</summary>
internal static class ProgramPath
{
    /// <summary>Null if there is no such file that may be run.</summary>
    public static string? Find(string program, string directory, string? path)
    {
        if (program.Contains('/') || program.Contains(Path.DirectorySeparatorChar))
            return Runnable(Path.GetFullPath(program, directory));
        // An empty or relative entry of PATH is the current directory, where a change under test may have put a 'git'.
        var folders = (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathRooted);
        return folders.Select(folder => Runnable(Path.Combine(folder, program))).FirstOrDefault(found => found is not null);
    }

    public static string NotFound(string program, bool isInContainer) => isInContainer
        ? $"'{program}' was not found on the PATH: the action's container holds nothing but gate; run gate as a program in a step of the "
        + "job "
        + "(docs/install.md), or run the command in an earlier step and read what it wrote with a 'file' probe"
        : $"'{program}' was not found on the PATH; install it in an earlier step, or write where it lies: './tools/{program}'";

    private static string? Runnable(string file)
    {
        if (OperatingSystem.IsWindows())
            return File.Exists(file) ? file : File.Exists(file + ".exe") ? file + ".exe" : null;
        const UnixFileMode anyone = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(file) && (File.GetUnixFileMode(file) & anyone) != 0 ? file : null;
    }
}
