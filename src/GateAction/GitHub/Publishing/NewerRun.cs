using System.Text;
using GateAction.Core.Reports.Markdown;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Publishing;

/// <summary>Whose word stands, as far as one look at the commit tells.</summary>
/// <param name="IsOrdered">True if this run's <c>pending</c> is on the commit, so that the order is known.</param>
/// <param name="RunId">The run whose word stands instead of this one's; null if there is none.</param>
internal sealed record NewerRun(bool IsOrdered, long? RunId)
{
    /// <summary>Nobody looked, because no word can be said.</summary>
    public static readonly NewerRun Unknown = new(false, null);

    /// <summary>GitHub did not tell.</summary>
    public static readonly NewerRun Unanswered = new(false, null) { IsUnanswered = true };

    private const string NotTold = "met, but GitHub did not tell whether a later run judges this commit: re-run this job";

    private bool IsUnanswered { get; init; }

    /// <summary>What the look saw; null if there was none.</summary>
    public GateStatusHistory? Words { get; init; }

    /// <summary>The word by which that run began; null if there is none.</summary>
    public GateStatus? Later { get; init; }

    /// <param name="read">Looks at the commit.</param>
    public static async Task<NewerRun> FindAsync(
        RepositoryApi client, Func<CancellationToken, Task<GateStatusHistory>> read, CancellationToken cancellation)
    {
        var words = await read(cancellation);
        var over = await FindOverAsync(client, words, cancellation);
        // A run may have spoken and ended since the look: it is dead only if there is still no word of it, and GitHub tells so.
        if (over.Count > 0 && await TryReadAsync(read, cancellation) is { } now)
            words = now;
        else
            over.Clear();
        // A run that ended counts however it ended. One that is dead without a word does not: its pending would block the commit for ever.
        var later = words.Later.FirstOrDefault(begin => words.HasEnded(begin) || !over.Contains((begin.RunId, begin.Attempt)))
            ?? words.Meanwhile.FirstOrDefault(word => word.Kind == GateStatusKind.Unmet);
        return new(words.Begin is not null, later?.RunId) { Words = words, Later = later };
    }

    /// <summary>This job's report, made worse by what other jobs of its run said under the same name: the worse verdict stands. A success
    /// that might hide another's word is not said.</summary>
    public GateReport Adjust(GateReport report, GateTarget target)
    {
        var isMet = report.State == FinalState.Success;
        if (IsUnanswered)
            return isMet
                ? WithRemark(report, $"> ⚠️ **Blocked**: {NotTold}.\n\n") with
                { State = FinalState.Error, Description = NotTold, IsProblem = true }
                : report;
        if (Words is not { HasOtherJob: true } words || !words.IsOtherJobToTell(isMet))
            return report;
        var told = WithRemark(report, Remark(target));
        if (!isMet)
            return told;
        return words.IsOtherJobUnmet ? told with { State = FinalState.Failure, Description = GateStatus.OtherUnmet, IsProblem = true }
            : words.IsOtherJobMeasuring ? told with { State = FinalState.Waiting, Description = GateStatus.OtherMeasures }
            : told;
    }

    /// <summary>What a reader of the log should know of what the look saw.</summary>
    public IEnumerable<string> Remarks(GateTarget target)
    {
        if (Words?.HasOtherJob == true)
            yield return Trap(target);
        if (Words is { Count: >= CommitStatusPublisher.ManyStatuses and var count })
            yield return $"{target.Event.ShortSha} has {count:N0} statuses called '{target.Context}', and GitHub takes "
                + $"{CommitStatusPublisher.MostStatuses:N0}: push a new commit, or judge this one less often";
    }

    private static GateReport WithRemark(GateReport report, MarkdownText remark)
    {
        var text = remark.ToString();
        return report with
        {
            Comment = report.Comment is { } comment
                ? (previous, room) => text + comment(previous, room - Encoding.UTF8.GetByteCount(text))
                : null,
        };
    }

    private static string Trap(GateTarget target) =>
        $"another job of this run speaks under the same name, '{target.Context}': the worse verdict of the two stands; "
        + "give each job's manifest its own 'name', or let each job 'gate collect' and one job decide";

    private MarkdownText Remark(GateTarget target)
    {
        MarkdownText blocked = Words!.IsOtherJobUnmet ? $"**Blocked: another job of this run is not met.** " : MarkdownText.Empty;
        return $"> ⚠️ {blocked}Another job of this run speaks under the same name, {MarkdownText.Code(target.Context)}: the worse "
            + $"verdict of the two stands; give each job's manifest its own `name`, or let each job `gate collect` and one job decide. "
            + $"({MarkdownText.Link("the run", target.Job.RunUrl)})\n\n";
    }

    /// <summary>
    /// The later runs that have completed without a word, from the latest one to the first that is alive or has spoken: they count as
    /// absent, for they will say none. Of those below the latest one a failed run may have been silent because a later one was there, so it
    /// is not taken for dead.
    /// </summary>
    private static async Task<HashSet<(long Run, int Attempt)>> FindOverAsync(RepositoryApi client, GateStatusHistory words,
        CancellationToken cancellation)
    {
        HashSet<(long Run, int Attempt)> over = [];
        foreach (var later in words.Later)
        {
            if (words.HasEnded(later) || !await IsOverAsync(client, later, over.Count == 0, cancellation))
                break;
            over.Add((later.RunId, later.Attempt));
        }
        return over;
    }

    private static async Task<GateStatusHistory?> TryReadAsync(Func<CancellationToken, Task<GateStatusHistory>> read,
        CancellationToken cancellation)
    {
        try
        {
            return await read(cancellation);
        }
        catch (GitHubException)
        {
            return null;
        }
    }

    // Without 'actions: read' nobody is dead.
    private static async Task<bool> IsOverAsync(RepositoryApi client, GateStatus begin, bool isLatest, CancellationToken cancellation)
    {
        try
        {
            var state = await client.Actions.StateAsync(begin.RunId, cancellation);
            return state.RunAttempt > begin.Attempt || (state.Status == "completed" && (isLatest || state.Conclusion != "failure"));
        }
        catch (GitHubException)
        {
            return false;
        }
    }
}
