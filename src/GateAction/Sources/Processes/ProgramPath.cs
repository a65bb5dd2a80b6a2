namespace GateAction.Sources.Processes;

/// <summary>Finds a program as execvp does: .NET would also look beside itself and in the current directory.</summary>
internal static class ProgramPath
{
    /// <summary>Null where there is no such file that may be run.</summary>
    public static string? Find(string program, string directory, string? path)
    {
        if (program.Contains('/') || program.Contains(Path.DirectorySeparatorChar))
            return Runnable(Path.GetFullPath(program, directory));
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
