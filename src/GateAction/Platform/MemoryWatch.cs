namespace GateAction.Platform;

/// <summary>
/// Looks at the memory of all that runs below a supervisor, first every 5 ms, then every 100 ms, on a thread of its own: the most that all
/// processes held at once, and no less than the kernel's own high-water mark of each. The kernel's account after the end (wait4, ru_maxrss)
/// would be wrong here: it counts what the supervisor itself held when it forked.
/// </summary>
internal sealed class MemoryWatch(int supervisor)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    private readonly object _over = new();
    private bool _isOver;

    /// <summary>In bytes; 0 if nothing was seen.</summary>
    public long Peak { get; private set; }

    /// <param name="program">Looked at before the others are searched for: it may end at once.</param>
    public void Start(int program)
    {
        Peak = ProcessEntry.MemoryOf(program, "VmHWM");
        new Thread(Watch) { IsBackground = true }.Start();
    }

    public void Stop()
    {
        lock (_over)
        {
            _isOver = true;
            Monitor.PulseAll(_over);
        }
    }

    private void Watch()
    {
        lock (_over)
        {
            for (var pause = First; !_isOver; pause = pause * 2 < Longest ? pause * 2 : Longest)
            {
                Monitor.Wait(_over, pause);
                if (!_isOver)
                    Check();
            }
        }
    }

    private void Check()
    {
        var (sum, highest) = (0L, 0L);
        foreach (var entry in ProcessEntry.Below(supervisor))
        {
            sum += ProcessEntry.MemoryOf(entry.Id, "VmRSS");
            highest = Math.Max(highest, ProcessEntry.MemoryOf(entry.Id, "VmHWM"));
        }
        Peak = Math.Max(Peak, Math.Max(sum, highest));
    }
}
