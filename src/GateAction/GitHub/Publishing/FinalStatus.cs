using System.Net;
using GateAction.Cel.Values;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Publishing;

/// <summary>
/// Says a gate's last word on the commit: waits out a limit that GitHub names, and looks once more afterwards, because between the last
/// look and the word another run may have begun or spoken.
/// </summary>
/// <param name="look">Looks whose word stands.</param>
internal sealed class FinalStatus(GitHubSession session, GateTarget target, Func<CancellationToken, Task<NewerRun>> look)
{
    /// <summary>How long the last word waits for GitHub's rate limit, all pauses taken together.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    // Each round ends it or means that another job spoke meanwhile. Two runs that mend in turn must not do so for ever.
    private const int MostRounds = 6;

    private TimeSpan _waited;

    /// <summary>Says it. Throws a <see cref="GitHubException"/> if GitHub does not take it.</summary>
    /// <param name="stop">The job is being stopped: nothing is waited for any more.</param>
    /// <returns>What was said; null if a later run took the word while this one waited.</returns>
    public async Task<GateReport?> SayAsync(StatusPublisher mark, GateReport report, GateReport first, CancellationToken stop,
        CancellationToken cancellation)
    {
        var next = first;
        var rounds = 0;
        while (true)
        {
            try
            {
                await SayOnceAsync(mark, next, cancellation);
                return next;
            }
            catch (GitHubException exception) when (exception.IsSuperseded && rounds++ < MostRounds)
            {
                // Whether the first attempt was done is not known, so the look before it no longer holds.
            }
            catch (GitHubException exception) when (IsToBeWaitedOut(exception, stop))
            {
                await WaitAsync(exception, stop);
            }
            var order = await look(cancellation);
            if (order.RunId is not null)
                return null;
            next = order.Adjust(report, target);
        }
    }

    /// <summary>Looks once more, and mends what came between. Gives what stands in the end, without a comment if that is another
    /// run's.</summary>
    public async Task<GateReport> SettleAsync(StatusPublisher mark, GateReport report, GateReport said, CancellationToken stop,
        CancellationToken cancellation)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var order = await look(cancellation);
            if (order.Words is null)
                break;
            try
            {
                (said, var isSettled) = await MendAsync(mark, order, order.Adjust(report, target), said, cancellation);
                if (isSettled)
                    break;
            }
            catch (GitHubException exception) when (IsToBeWaitedOut(exception, stop))
            {
                await WaitAsync(exception, stop);
            }
        }
        return said;
    }

    /// <summary>Says what is to be said after one look. Gives what this job has said then, and whether nothing was to be mended.</summary>
    private static async Task<(GateReport Said, bool IsSettled)> MendAsync(
        StatusPublisher mark, NewerRun order, GateReport next, GateReport said, CancellationToken cancellation)
    {
        var words = order.Words!;
        if (order.Later is { } later)
        {
            // The later run may be met, and another job of this one still at work.
            var isTooGreen = said.State == FinalState.Success && next.State != FinalState.Success;
            // Its place was put back, and it had met it already: both are met.
            var isInItsPlace = next.State == FinalState.Success && words.Newest?.Kind == GateStatusKind.PutBack
                && words.StateOf(later).Kind == GateStatusKind.Met;
            if (isTooGreen || isInItsPlace)
            {
                said = next with { Comment = null };
                await SayOnceAsync(mark, said, cancellation);
            }
            var isPutBack = await mark.PutBackAsync(words, later, said.State, cancellation);
            return (said, !isPutBack && !isTooGreen && !isInItsPlace);
        }
        var isSpokenOver = words.IsSpokenOver(next.State == FinalState.Success);
        if ((next.State, next.Description) == (said.State, said.Description) && !isSpokenOver)
            return (said, true);
        if (isSpokenOver)
            await mark.RiseAsync(cancellation);
        await SayOnceAsync(mark, next, cancellation);
        return (next, false);
    }

    /// <summary>What to do about a word that GitHub did not take; empty if the message says it.</summary>
    public static string Advice(GitHubException exception) => exception switch
    {
        { RetryAfter: not null } => "; re-run this job once the limit has passed",
        { Status: HttpStatusCode.UnprocessableEntity }
            when exception.Message.Contains("maximum number of statuses", StringComparison.OrdinalIgnoreCase) =>
            $"; GitHub takes {CommitStatusPublisher.MostStatuses:N0} statuses of one name on a commit: push a new commit, and judge one "
            + "less often",
        _ => "",
    };

    private bool IsToBeWaitedOut(GitHubException exception, CancellationToken stop) =>
        // What may have happened is looked for before it is sent again, and that look belongs to the call itself.
        exception is { RetryAfter: { } wait, MayHaveHappened: false } && _waited + wait <= LongestWait && !stop.IsCancellationRequested;

    private async Task WaitAsync(GitHubException exception, CancellationToken stop)
    {
        var wait = exception.RetryAfter!.Value;
        _waited += wait;
        await session.TellAsync($"the status waits {UnitText.Duration(wait)}: {exception.Message}");
        await Task.Delay(wait, session.Time, stop)
            // A job that is told to stop says its word at once instead of failing here.
            .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private static Task SayOnceAsync(StatusPublisher mark, GateReport report, CancellationToken cancellation) =>
        mark.FinishAsync(report.State, report.Description, report.Summary, report.Annotations, cancellation);
}

/// <summary>How a gate's status ends. <c>Error</c> is for a gate that made no decision: a bad manifest, a cancelled job.</summary>
internal enum FinalState
{
    Success,
    Failure,
    Error,

    /// <summary>Met, while another job of the same run still measures under the same name: the status stays pending until that one has
    /// spoken.</summary>
    Waiting,
}
