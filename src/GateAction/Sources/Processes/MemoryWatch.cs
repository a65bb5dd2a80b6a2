using GateAction.Platform;

namespace GateAction.Sources.Processes;

/// <summary>
/// Looks at the memory of a running program, first every 5 ms, then every 100 ms: the most that all its processes held in memory at once,
/// and no less than the kernel's own high-water mark of each. The kernel's account after the end (wait4, ru_maxrss) would be wrong here: it
/// counts what the gate itself held when it forked.
/// </summary>
internal sealed class MemoryWatch(RunningProgram program, TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    /// <summary>In bytes; 0 where nothing was seen.</summary>
    public long Peak { get; private set; } = program.FirstMemory;

    public void Look()
    {
        var members = program.Members();
        Peak = Math.Max(Peak, members.Sum(id => ProcessEntry.MemoryOf(id, "VmRSS")));
        Peak = Math.Max(Peak, members.Select(id => ProcessEntry.MemoryOf(id, "VmHWM")).DefaultIfEmpty().Max());
    }

    public async Task WatchAsync(CancellationToken cancellation)
    {
        for (var pause = First; !cancellation.IsCancellationRequested; pause = pause * 2 < Longest ? pause * 2 : Longest)
        {
            await Task.Delay(pause, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Look();
        }
    }
}
