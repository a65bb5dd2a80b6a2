using GateAction.Http;

namespace GateAction.Sources;

/// <summary>What the soaks of every kind have in common: samples are taken one after the other, and none is tried again.</summary>
internal static class SoakSamples
{
    /// <param name="every">From the beginning of one sample to that of the next; one that takes longer is followed at once.</param>
    /// <param name="take">Takes a sample, counted from 1.</param>
    public static async Task TakeAsync(
        int count, TimeSpan every, ProbeContext context, Func<int, Task> take, CancellationToken cancellation)
    {
        var started = context.Time.GetTimestamp();
        for (var number = 1; number <= count; number++)
        {
            context.Report($"sample {number} of {count}");
            // From the start of all, not of the sample before: pauses that come late do not add up.
            var pause = every * (number - 1) - context.Time.GetElapsedTime(started);
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, context.Time, cancellation);
            await take(number);
        }
    }

    /// <summary>What is thrown if none was answered.</summary>
    public static NetworkException NoneAnswered(NetworkException last, int count) =>
        // Not transient: a soak is no attempt that could be made again.
        new($"{last.Message}, {count} times of {count}", isTransient: false, mayHaveActed: true) { Session = last.Session };

    /// <summary>What is said if some were not answered.</summary>
    public static string Unanswered(int unanswered, int count, NetworkException? fault) =>
        $"{unanswered} of {count} samples were not answered: {fault?.Message}";
}
