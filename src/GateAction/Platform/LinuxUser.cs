using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace GateAction.Platform;

/// <summary>A user and a group by their numbers.</summary>
internal readonly record struct LinuxUser(uint User, uint Group)
{
    public bool IsRoot => User == 0;

    /// <summary>True if root runs this process.</summary>
    [SupportedOSPlatform("linux")]
    public static bool IsRootHere => LinuxCalls.EffectiveUser() == 0;
}

/// <summary>What a program that root runs may still do: capabilities(7).</summary>
[SupportedOSPlatform("linux")]
internal static class LinuxRights
{
    private const int NoNewPrivileges = 38;
    private const int DropFromBounding = 24;
    private const int LastCapability = 63;

    // CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, SETGID, SETUID, NET_BIND_SERVICE, AUDIT_WRITE: files, other users and ports. Without
    // SYS_PTRACE and its like a root reads no process that keeps its memory to itself.
    private static readonly int[] Kept = [0, 1, 3, 4, 5, 6, 7, 10, 29];

    /// <summary>
    /// What this thread starts from now on gets no more rights, by no set-user-ID program either, and as root no others than over files,
    /// users and ports. The thread keeps its own; they do not come back to what it starts.
    /// </summary>
    public static void Limit(bool isRoot)
    {
        _ = LinuxCalls.Control(NoNewPrivileges, 1, 0, 0, 0);
        for (var capability = 0; isRoot && capability <= LastCapability; capability++)
        {
            if (!Kept.Contains(capability))
                _ = LinuxCalls.Control(DropFromBounding, (nuint)capability, 0, 0, 0);
        }
    }

    /// <summary>Starts something as another user. Root stays the saved user, so that the process becomes root again.</summary>
    public static (int Id, int Error) As(LinuxUser user, Func<(int Id, int Error)> start)
    {
        // Groups first, the user last: without root's rights the groups could not be given up any more. glibc does it for all threads.
        if (LinuxCalls.SetGroups(0, 0) != 0
            || LinuxCalls.SetGroup(user.Group, user.Group, user.Group) != 0
            || LinuxCalls.SetUser(user.User, user.User, 0) != 0)
        {
            return (0, Marshal.GetLastPInvokeError());
        }
        var started = start();
        _ = LinuxCalls.SetUser(0, 0, 0);
        return started;
    }
}
