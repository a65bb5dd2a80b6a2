namespace GateAction.Tests;

/// <summary>Waits for what another process or thread brings about: the only real wait of the tests, at most 30 s.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static Task TrueAsync(Func<bool> condition, string what) => TrueAsync(() => Task.FromResult(condition()), what);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > Limit)
                throw new TimeoutException($"within {Limit.TotalSeconds} s it was not true that {what}");
#pragma warning disable RS0030 // Here is the one place.
            await Task.Delay(Pause, CancellationToken.None);
#pragma warning restore RS0030
        }
    }
}
