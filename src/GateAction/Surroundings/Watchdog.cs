using GateAction.Cel.Values;

namespace GateAction.Surroundings;

/// <summary>
/// Sees from a thread of its own that the status gets its last word whatever else hangs: a file that does not open, a pipe that nobody
/// reads, a thread pool whose threads all wait. What it says is the verdict if there is one, else that there is none.
/// </summary>
/// <param name="end">Ends the process with a sentence; null if it is not the program's own, as in a test.</param>
internal sealed class Watchdog(TimeProvider time, Action<string>? end = null)
{
    /// <summary>What a run that is told to stop has for its own last word: 5 s are promised, and GitHub takes its time.</summary>
    public static readonly TimeSpan AfterSignal = TimeSpan.FromSeconds(2.5);

    /// <summary>What it has to end: the runner kills it 10 s after the signal.</summary>
    public static readonly TimeSpan EndAfterSignal = TimeSpan.FromSeconds(8);

    /// <summary>What a run has after its timeout: 10 s are promised.</summary>
    public static readonly TimeSpan AfterTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How long limits that GitHub names are waited for, all of them together; so long its last word may take too.</summary>
    public static readonly TimeSpan MostPauses = TimeSpan.FromMinutes(15);

    /// <summary>What it still has for comment and summary once the word is said.</summary>
    public static readonly TimeSpan AfterWord = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private const int MoreThreads = 16;

    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _pausedUntil;
    private TimeSpan _pauses;
    private TimeSpan _extension;
    private long? _stoppedAt;
    private (long Since, TimeSpan Within)? _expected;
    private Func<string, TimeSpan, Task>? _speak;
    private Task? _speaking;
    private long? _spokeAt;
    private long _done;

    /// <summary>Says the last word within a time, and ends when it is said, here or elsewhere. Null if there is nothing to say.</summary>
    public Func<string, TimeSpan, Task>? Speak
    {
        set
        {
            lock (_lock)
                _speak = value;
        }
    }

    public void Start()
    {
        // A timer would need a thread of the pool, and that the pool has none left is one of the things to be noticed.
        var thread = new Thread(() =>
        {
            using var never = new ManualResetEventSlim();
            while (!never.Wait(Pace))
                Check();
        });
        thread.IsBackground = true;
        thread.Start();
    }

    /// <summary>The run was told to stop.</summary>
    public void Stop()
    {
        lock (_lock)
            _stoppedAt ??= time.GetTimestamp();
    }

    /// <summary>From now on the run has this long, and a little for what comes after.</summary>
    public void Expect(TimeSpan within)
    {
        lock (_lock)
        {
            _expected = (time.GetTimestamp(), within);
            var rest = _pausedUntil - time.GetElapsedTime(_start);
            _extension = rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
        }
    }

    /// <summary>GitHub names a limit, and a call waits so long for it: so much later the run may end. Calls that wait at the same time
    /// count once.</summary>
    public void Pause(TimeSpan wait)
    {
        lock (_lock)
        {
            var now = time.GetElapsedTime(_start);
            var until = now + wait;
            // Only what reaches beyond the pause that runs already: ten calls that wait for one limit wait once.
            var more = until - (_pausedUntil > now ? _pausedUntil : now);
            if (more > MostPauses - _pauses)
                more = MostPauses - _pauses;
            if (more <= TimeSpan.Zero)
                return;
            (_pausedUntil, _pauses, _extension) = (until, _pauses + more, _extension + more);
        }
    }

    /// <summary>Looks once; does what must be done.</summary>
    public void Check()
    {
        Feed();
        string? why;
        lock (_lock)
            why = _stoppedAt is { } stopped ? AfterStop(time.GetElapsedTime(stopped)) : AfterExpected();
        if (why is not null)
            end?.Invoke(why);
    }

    /// <summary>Why the process must end now; null if it need not.</summary>
    private string? AfterStop(TimeSpan elapsed)
    {
        if (elapsed >= AfterSignal)
            Say("the run was stopped, and something in it did not end", EndAfterSignal - AfterSignal);
        return elapsed >= EndAfterSignal ? "the run was stopped, and something in it did not end: the process is ended" : null;
    }

    private string? AfterExpected()
    {
        if (_expected is not { } expected)
            return null;
        var late = time.GetElapsedTime(expected.Since) - expected.Within - _extension - AfterTimeout;
        if (late < TimeSpan.Zero)
            return null;
        var what = $"something in the run hangs: it did not end {UnitText.Duration(AfterTimeout)} after its timeout of "
            + UnitText.Duration(expected.Within)
            + (_extension > TimeSpan.Zero ? $" and {UnitText.Duration(_extension)} in which GitHub asked it to wait" : "");
        Say(what, MostPauses);
        // The word is being said: it may take as long as GitHub asks for, but not for ever.
        if (_speaking is { IsCompleted: false })
            return late >= MostPauses ? what : null;
        _spokeAt ??= time.GetTimestamp();
        return _speaking is null || time.GetElapsedTime(_spokeAt.Value) >= AfterWord ? what : null;
    }

    private void Say(string what, TimeSpan within)
    {
        if (_speaking is null && _speak is { } speak)
            _speaking = Task.Run(() => speak(what, within));
    }

    /// <summary>If no work was done since the last look although some waits, all threads of the pool wait for something.</summary>
    private void Feed()
    {
        var done = ThreadPool.CompletedWorkItemCount;
        // .NET adds a thread or two a second on its own: too slow if a hundred reads hang on a dead network drive.
        if (done == _done && ThreadPool.PendingWorkItemCount > 0)
        {
            ThreadPool.GetMinThreads(out var workers, out var completions);
            ThreadPool.SetMinThreads(Math.Max(workers, ThreadPool.ThreadCount + MoreThreads), completions);
        }
        _done = done;
    }
}
