using System.Globalization;
using System.Runtime.Versioning;

namespace GateAction.Platform;

/// <summary>What this process asks of the system for itself.</summary>
[SupportedOSPlatform("linux")]
internal static class OwnProcess
{
    private const int SetDumpable = 4;
    private const int SetSubreaper = 36;

    /// <summary>True when orphans of what this process started become its own children.</summary>
    public static bool IsAdopting { get; private set; }

    /// <summary>
    /// Keeps other programs of the same user from this process's environment and memory (/proc/PID/environ, ptrace, the runtime's own door
    /// for debuggers), where the workflow's token is: a change under test may have written them.
    /// </summary>
    public static void Close()
    {
        // Then /proc/PID belongs to root, and ptrace is refused to the same user (proc(5), ptrace(2)).
        _ = LinuxCalls.Control(SetDumpable, 0, 0, 0, 0);
        var id = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        foreach (var pattern in new[] { $"dotnet-diagnostic-{id}-*-socket", $"clr-debug-pipe-{id}-*" })
        {
            foreach (var door in Doors(pattern))
                TryDelete(door);
        }
    }

    /// <summary>PR_SET_CHILD_SUBREAPER: what loses its parent somewhere below becomes a child of this process.</summary>
    public static void Adopt() => IsAdopting = LinuxCalls.Control(SetSubreaper, 1, 0, 0, 0) == 0;

    /// <summary>A shell that is not interactive starts a job in the background with these ignored; whoever sends them means the gate
    /// nevertheless.</summary>
    public static void HearSignals()
    {
        var ignored = ProcessEntry.IgnoredSignals();
        foreach (var signal in new[] { LinuxCalls.SignalInterrupt, LinuxCalls.SignalQuit, LinuxCalls.SignalTerminate })
        {
            if ((ignored >> (signal - 1) & 1) == 1)
                _ = LinuxCalls.SetAction(signal, LinuxCalls.DefaultAction);
        }
    }

    /// <summary>Without waiting for any thread, lock or file.</summary>
    public static void End(int status) => LinuxCalls.Exit(status);

    private static string[] Doors(string pattern)
    {
        try
        {
            return Directory.GetFiles(Path.GetTempPath(), pattern);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever may not delete it here is not its owner.
        }
    }
}
