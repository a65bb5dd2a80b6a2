namespace GateAction.GitHub.Publishing;

/// <summary>What is done once, whoever comes first; the others wait until it is done, so that nobody ends before.</summary>
internal sealed class OnlyOnce
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isTaken;

    public async Task DoAsync(Func<Task> action)
    {
        if (Interlocked.Exchange(ref _isTaken, 1) != 0)
        {
            await _done.Task;
            return;
        }
        try
        {
            await action();
        }
        finally
        {
            _done.TrySetResult();
        }
    }
}
