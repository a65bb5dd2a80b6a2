using System.Runtime.InteropServices;

namespace GateAction.Sources.Processes;

/// <summary>
/// Keeps the programs that the gate runs from reading the gate's own environment and memory (/proc/PID/environ, ptrace), where the
/// workflow's token is: a change under test may have written them.
/// </summary>
internal static class OwnMemory
{
    private const int SetDumpable = 4;
    private static int _isClosed;

    public static void Close()
    {
        if (OperatingSystem.IsLinux() && Interlocked.Exchange(ref _isClosed, 1) == 0)
            _ = Control(SetDumpable, 0, 0, 0, 0);
    }

    [DllImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int option, nuint value, nuint second, nuint third, nuint fourth);
}
