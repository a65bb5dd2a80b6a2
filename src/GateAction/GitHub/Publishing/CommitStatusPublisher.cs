using GateAction.Core.Reports.Machine;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Publishing;

/// <summary>A commit status. A commit takes 1,000 of one name; near that number a run without a pull request says only what has
/// changed.</summary>
internal sealed class CommitStatusPublisher(RepositoryApi client, GateTarget target) : StatusPublisher
{
    /// <summary>GitHub refuses a longer description.</summary>
    public const int MostCharacters = 140;

    /// <summary>GitHub refuses more of one name on one commit.</summary>
    public const int MostStatuses = 1000;

    /// <summary>From here on fewer are written.</summary>
    public const int ManyStatuses = 900;

    private readonly List<long> _own = [];
    private long? _place;
    private bool _isBeginKnown;
    private string? _creator;

    /// <summary>True if the commit has so many statuses of this name that a <c>pending</c> was not set.</summary>
    public bool IsSparing => _place is not null && target.Place is null;

    /// <summary>Gives no account if it set no <c>pending</c>.</summary>
    public override async Task<string?> BeginAsync(CancellationToken cancellation)
    {
        if (target.Place is { } place)
        {
            _place = place;
            return null;
        }
        // Runs on a timer or by hand come back to one commit; a change's commit is new. Their look costs a request that the others need
        // elsewhere.
        if (target.Event is { PullRequest: null, IsMergeQueue: false } && await CountAsync(cancellation) is { Count: >= ManyStatuses } many)
        {
            _place = many.Last;
            return null;
        }
        var begun = await SetAsync(Octokit.CommitState.Pending, GateStatus.Measuring, target.Job.JobUrl, cancellation);
        _isBeginKnown = true;
        return begun.Creator;
    }

    public override async Task FinishAsync(
        FinalState state, string description, string? summary, IReadOnlyList<Annotation> annotations, CancellationToken cancellation) =>
        await SetAsync(StateOf(state), description, target.Job.JobUrl, cancellation);

    public override async Task<GateStatusHistory> ReadAsync(string login, CancellationToken cancellation)
    {
        List<GateStatus> words = [];
        var count = 0;
        await foreach (var status in client.Statuses.ListAsync(target.Event.Sha, cancellation))
        {
            if (status.Context != target.Context)
                continue;
            count++;
            if (status.Creator == login && GateStatus.Read(status) is { } word)
                words.Add(word);
        }
        return new(words, target.Job, _own, count) { Place = _place, IsBeginKnown = _isBeginKnown };
    }

    /// <summary>A failure of the later run is said again for it; a success never is: its place is then a <c>pending</c> that says what to
    /// do.</summary>
    public override async Task<bool> PutBackAsync(GateStatusHistory words, GateStatus later, FinalState said,
        CancellationToken cancellation)
    {
        var (kind, told) = words.StateOf(later);
        if (_own is [] || words.LastOf(later).Id > _own[^1] || words.Count >= MostStatuses
            || (kind == GateStatusKind.Met && said == FinalState.Success))
            return false;
        var (state, description) = kind switch
        {
            GateStatusKind.Unmet => (Octokit.CommitState.Failure, told),
            GateStatusKind.Met => (Octokit.CommitState.Pending, GateStatus.LaterMet),
            _ => (Octokit.CommitState.Pending, GateStatus.LaterMeasures),
        };
        if (words.Newest is { } newest && (newest.Url, newest.Description) == (later.Url, description))
            return false;
        await SetAsync(state, description, later.Url, cancellation);
        return true;
    }

    public static string Shorten(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= MostCharacters)
            return line;
        // Half a surrogate pair is no text, and GitHub refuses the JSON that holds it.
        var end = char.IsHighSurrogate(line[MostCharacters - 2]) ? MostCharacters - 2 : MostCharacters - 1;
        return line[..end] + "…";
    }

    private async Task<(int Count, long Last)> CountAsync(CancellationToken cancellation)
    {
        var (count, last) = (0, 0L);
        await foreach (var status in client.Statuses.ListAsync(target.Event.Sha, cancellation))
        {
            last = Math.Max(last, status.Id);
            count += status.Context == target.Context ? 1 : 0;
        }
        return (count, last);
    }

    private async Task<CommitStatus> SetAsync(Octokit.CommitState state, string description, string url, CancellationToken cancellation)
    {
        var set = await client.Statuses.SetAsync(
            target.Event.Sha,
            new() { State = state, Context = target.Context, Description = Shorten(description), TargetUrl = url },
            cancellation,
            _own,
            status => _own is [var begin, ..] && status.Id > begin && status.Creator == _creator
            // What supersedes is a pending of the same account with a higher number than this job's own first word: a run that has begun
            // since.
            && GateStatus.Read(status) is { Kind: GateStatusKind.Begun });
        _creator = set.Creator;
        _own.Add(set.Id);
        return set;
    }

    private static Octokit.CommitState StateOf(FinalState state) => state switch
    {
        FinalState.Success => Octokit.CommitState.Success,
        FinalState.Failure => Octokit.CommitState.Failure,
        FinalState.Waiting => Octokit.CommitState.Pending,
        FinalState.Error => Octokit.CommitState.Error,
    };
}
