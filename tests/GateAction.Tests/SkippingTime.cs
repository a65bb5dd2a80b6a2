namespace GateAction.Tests;

/// <summary>
/// A clock in which nothing takes time but what is waited for: a pause ends at once, and the clock then stands where the pause ends. A
/// deadline passes with the pauses before it, that of a call (<see cref="Attempt"/>) only if the server says that it hangs.
/// </summary>
internal sealed class SkippingTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Lock _lock = new();
    private readonly List<Call> _calls = [];
    private int _hanging;
    private Task _turns = Task.CompletedTask;

    public SkippingTime()
        : this(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000))
    {
    }

    /// <summary>What happens in every pause.</summary>
    public Action Paused { get; init; } = () => { };

    /// <summary>The time that one call to a server may take: every deadline of this length is one of a call.</summary>
    public TimeSpan? Attempt { get; set; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var due = GetUtcNow() + dueTime;
        if (state is CancellationTokenSource && dueTime == Attempt)
        {
            var call = new Call(this, due, () => callback(state));
            lock (_lock)
                _calls.Add(call);
            return call;
        }
        var timer = base.CreateTimer(callback, state, dueTime, period);
        // A pause is a task of its own; the timer of a deadline belongs to a CancellationTokenSource.
        if (state is Task && dueTime > TimeSpan.Zero)
            Enqueue(due, Paused, () => { });
        return timer;
    }

    /// <summary>A server says that it will not answer a call that it has got.</summary>
    public void Hang()
    {
        lock (_lock)
        {
            _hanging = Math.Min(_hanging + 1, _calls.Count);
            Settle();
        }
    }

    // Which of the calls hangs nobody says. So the clock stands still until all those have ended that do not: no busy machine makes one
    // of them late.
    private void Settle()
    {
        if (_hanging == 0 || _hanging < _calls.Count)
            return;
        foreach (var call in _calls)
            Enqueue(call.Due, () => { }, call.Pass);
        _calls.Clear();
        _hanging = 0;
    }

    private void End(Call call)
    {
        lock (_lock)
        {
            if (_calls.Remove(call))
                Settle();
        }
    }

    // One after the other: FakeTimeProvider forgets to wake who waits if two threads advance it at once.
    private void Enqueue(DateTimeOffset due, Action before, Action after)
    {
        lock (_lock)
        {
            _turns = _turns.ContinueWith(
                _ =>
                {
                    before();
                    if (due > GetUtcNow())
                        Advance(due - GetUtcNow());
                    after();
                },
                TaskScheduler.Default);
        }
    }

    /// <summary>The deadline of a call that is under way.</summary>
    private sealed class Call(SkippingTime time, DateTimeOffset due, Action pass) : ITimer
    {
        private int _isOver;

        public DateTimeOffset Due => due;

        public void Pass()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
                pass();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException("the deadline of a call does not move");

        public void Dispose()
        {
            Interlocked.Exchange(ref _isOver, 1);
            time.End(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
