using GateAction.Platform;

namespace GateAction.Sources.Processes;

/// <summary>
/// Whom a program runs as if root runs the gate: the owner of the folder in which it runs, so that it writes there what it must and reads
/// nothing of the gate. If that is root it stays root, without the rights to look into other processes.
/// </summary>
/// <param name="User">Null for whoever runs the gate.</param>
internal sealed record FolderOwner(LinuxUser? User, IReadOnlyDictionary<string, string> Environment) : IDisposable
{
    private string? _home;

    public static FolderOwner Of(string directory, IReadOnlyDictionary<string, string> environment)
    {
        // Only root can become somebody else.
        if (!OperatingSystem.IsLinux() || !LinuxUser.IsRootHere)
            return new(null, environment);
        if (LinuxFile.OwnerOf(directory) is not { IsRoot: false } owner)
            return new(null, environment);
        if (!environment.TryGetValue("HOME", out var home) || LinuxFile.OwnerOf(home)?.User == owner.User)
            return new(owner, environment);
        // Root's own folder is closed to others, and most programs want to write into theirs.
        var own = Directory.CreateTempSubdirectory("gate-home-").FullName;
        using (var folder = LinuxFile.TryOpenFolder(own))
            _ = LinuxCalls.ChangeOwner(folder!, owner.User, owner.Group);
        // USER would still say 'root', and programs such as git and ssh go by it.
        var variables = environment.Where(variable => variable.Key is not ("USER" or "LOGNAME")).ToDictionary(StringComparer.Ordinal);
        variables["HOME"] = own;
        return new(owner, variables) { _home = own };
    }

    public void Dispose()
    {
        try
        {
            if (_home is not null)
                Directory.Delete(_home, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What is left is in the system's folder for such files.
        }
    }
}
