using GateAction.Core.Model;
using GateAction.GitHub.Api;

namespace GateAction.GitHub.Publishing;

/// <summary>
/// One gate's word on GitHub: <c>pending</c> when it begins, exactly one final state when it ends. Disposed before
/// <see cref="FinishAsync"/> it says that no decision was made, so that a required status never hangs.
/// </summary>
internal sealed class GitHubGate : IAsyncDisposable
{
    /// <summary>What a cancelled job leaves for a last word: the runner kills it 10 s after it asks.</summary>
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(6);

    /// <summary>How long a gate without a decision looks whether a later run has begun; the last word matters more.</summary>
    private static readonly TimeSpan LastGlance = TimeSpan.FromSeconds(2);

    private readonly GitHubSession _session;
    private readonly GateTarget _target;
    private readonly List<PublisherState> _marks = [];
    private readonly List<string> _failures = [];
    private readonly List<string> _notices = [];
    private readonly FinalStatus _finalStatus;
    private readonly OwnAccount _account;
    private (GateReport Report, NewerRun Order)? _decided;
    private readonly OnlyOnce _lastWord = new();

    public GitHubGate(GitHubSession session, GateTarget target)
    {
        _session = session;
        _target = target;
        _finalStatus = new(session, target, OrderAsync);
        _account = new(session.Client);
        if (session.Client is not { } client)
            return;
        if (target.Report is ReportKind.Status or ReportKind.Both)
            _marks.Add(new(new CommitStatusPublisher(client, target)));
        if (target.Report is ReportKind.Check or ReportKind.Both)
            _marks.Add(new(new CheckRunPublisher(client, target)));
    }

    /// <summary>Sentences that are known before anything is measured: a token that may only read, a status that GitHub refused.</summary>
    public IReadOnlyList<string> Notices => [.. _notices, .. _failures];

    /// <summary>True if the run ends with summary and exit code only, because GitHub gives it a token that may only read.</summary>
    public bool IsReadOnly { get; private set; }

    /// <summary>Sets <c>pending</c>. Never throws for what GitHub answers: a gate that cannot speak still measures.</summary>
    public async Task BeginAsync(CancellationToken cancellation)
    {
        if (_session.Client is null)
            _failures.Add("the status cannot be set: there is no token; leave the input 'github-token' out, or pass '${{ github.token }}'");
        try
        {
            foreach (var mark in _marks)
                await StartAsync(mark, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The word may have arrived although its answer did not.
            await AbandonAsync("the run was stopped before it measured anything");
            throw;
        }
    }

    /// <summary>Comment, summary, outputs, annotations, and the status last: each gets its turn whatever became of the others.</summary>
    public async Task<Publication> FinishAsync(GateReport report, CancellationToken cancellation)
    {
        var order = await OrderAsync(cancellation);
        var isOlder = order.RunId is not null;
        if (isOlder)
            _notices.Add($"a run that began later ({order.RunId}) judges {_target.Event.ShortSha}: its status and comment stand");
        _decided = (report, order);
        var adjusted = order.Adjust(report, _target);
        CommentResult? comment = null;
        await TryAsync("comment", async () => comment = isOlder ? null : await CommentAsync(adjusted, order, cancellation));
        await TryAsync("summary", () => _session.SummarizeAsync(report.Summary, Notices.Distinct(), cancellation));
        await TryAsync("outputs", () => _session.OutputAsync([.. report.Outputs, ("comment-url", comment?.Url ?? "")], cancellation));
        await TryAsync("annotations", () => _session.AnnotateAsync(report.Annotations));
        using var lastWord = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _session.Time);
        // The last word has a token of its own: the run's is cancelled when the job is, and that is when the word is needed.
        await using var grace = cancellation.Register(() => lastWord.CancelAfter(LastWord));
        await _lastWord.DoAsync(() => SayAsync(report, order, cancellation, lastWord.Token));
        var isMissing = _session.Client is null || _marks.Any(mark => mark.IsMissing);
        return new(isMissing && !isOlder && !IsReadOnly, comment, [.. _failures.Distinct()], [.. _notices.Distinct()]);
    }

    /// <summary>The last word of a gate that made no decision; does nothing after <see cref="FinishAsync"/>.</summary>
    public Task AbandonAsync(string description) => _lastWord.DoAsync(() => SayUndecidedAsync(description, LastWord));

    /// <summary>The last word of a run that hangs: its verdict if there is one, and whatever is not written yet stays so.</summary>
    /// <param name="within">A limit that GitHub names is waited for so long.</param>
    public async Task SpeakNowAsync(string reason, TimeSpan within)
    {
        using var deadline = new CancellationTokenSource(within, _session.Time);
        await _lastWord.DoAsync(() => _decided is var (report, order)
            ? SayAsync(report, order, deadline.Token, deadline.Token)
            : SayUndecidedAsync(reason, within));
    }

    public ValueTask DisposeAsync() => new(AbandonAsync("the gate ended without a decision; see its log"));

    private async Task SayAsync(GateReport report, NewerRun order, CancellationToken stop, CancellationToken cancellation)
    {
        // The check run first, the status last: the status is what most rules require, and until it is said nothing can be merged.
        foreach (var mark in _marks.Where(_ => !IsReadOnly).Reverse())
            await (order.RunId is not null ? GiveWayAsync(mark, cancellation) : EndAsync(mark, report, order, stop, cancellation));
    }

    private async Task SayUndecidedAsync(string description, TimeSpan within)
    {
        // If the look takes longer, the word is said without it: an error never lets anything through.
        using var glance = new CancellationTokenSource(LastGlance, _session.Time);
        var begun = _marks.Where(mark => mark.HasBegun).ToList();
        var isOlder = begun.Count > 0 && (await OrderAsync(glance.Token)).RunId is not null;
        using var deadline = new CancellationTokenSource(within, _session.Time);
        var report = new GateReport(FinalState.Error, description, null, null, "", IsProblem: true, [], []);
        foreach (var mark in begun)
        {
            try
            {
                await (isOlder
                    ? mark.Mark.GiveWayAsync(deadline.Token)
                    : mark.Mark.FinishAsync(report.State, report.Description, null, [], deadline.Token));
            }
            catch (Exception exception) when (exception is GitHubException or OperationCanceledException)
            {
                _failures.Add($"the status stays pending: {exception.Message}");
            }
        }
        if (!isOlder && begun is [var leading, ..])
            await SettleAsync(leading, report, report, new(canceled: true), deadline.Token);
    }

    private async Task StartAsync(PublisherState mark, CancellationToken cancellation)
    {
        try
        {
            mark.HasBegun = true;
            await _account.LearnAsync(await mark.Mark.BeginAsync(cancellation), cancellation);
            if (mark.Mark is CommitStatusPublisher { IsSparing: true })
                _notices.Add(
                    $"{_target.Event.ShortSha} has nearly as many statuses called '{_target.Context}' as GitHub takes "
                    + $"({CommitStatusPublisher.MostStatuses:N0}): no 'pending' is set, and only what has changed is said");
        }
        // Only if the event explains it. Any other token that may not write is a mistake in the workflow, and must not end quietly.
        catch (GitHubException exception) when (exception.IsForbidden && _target.Event.ReadOnlyBecause is { } reason)
        {
            mark.HasBegun = false;
            IsReadOnly = true;
            _notices.Add(
                $"{reason}, so GitHub gives this run a token that may only read: no status and no comment; the recipe with 'workflow_run' "
                + "publishes them (examples/workflows/fork-collect.yml and fork-publish.yml)");
        }
        catch (GitHubException exception)
        {
            // If the pending may stand there, somebody must take it back at the end.
            mark.HasBegun = exception.MayHaveHappened;
            mark.IsRefused = exception.IsForbidden;
            _failures.Add($"the status cannot be set: {exception.Message}{FinalStatus.Advice(exception)}");
        }
    }

    private async Task<CommentResult?> CommentAsync(GateReport report, NewerRun order, CancellationToken cancellation)
    {
        if (report.Comment is null || _target.Comment == CommentMode.Off || IsReadOnly)
            return null;
        if (_session.Client is not { } client || _target.Event.PullRequest is not { } pull)
            return null;
        await _account.LearnAsync(null, cancellation);
        var sticky = new StickyComment(client, pull.Number, _account.Login);
        var (reading, finding) = (client.PullRequests.GetAsync(pull.Number, cancellation), sticky.FindAsync(_target.Gate, cancellation));
        // At the same time: the two together are most of what a small gate waits for.
        await Task.WhenAll(reading, finding);
        if ((await reading).Head.Sha is var head && head != _target.Event.Sha)
        {
            _notices.Add(
                $"the branch of #{pull.Number} has moved on to {RunIdentity.Short(head)} while the gate ran: this verdict is about "
                + $"{_target.Event.ShortSha} only, and is not posted as a comment");
            return null;
        }
        var marker = new CommentMarker(
            _target.Gate, _target.Event.Sha, _target.Job.RunId, _target.Job.RunAttempt, CommentMarker.DigestOf(report.Digest))
        {
            Evidence = report.Evidence,
            Run = report.Run,
        };
        return await sticky.WriteAsync(await finding, order, marker, report, _target, cancellation);
    }

    /// <summary>The mark that tells whose word stands; the other one follows it.</summary>
    private PublisherState? Leading => _marks.Find(mark => !mark.IsRefused);

    // Who is not told of the others says its last word all the same, for a required status must not wait for ever; but no success.
    private async Task<NewerRun> OrderAsync(CancellationToken cancellation)
    {
        if (_session.Client is not { } client || IsReadOnly || Leading is not { } leading)
            return NewerRun.Unknown;
        try
        {
            var order = await NewerRun.FindAsync(client, token => leading.Mark.ReadAsync(_account.Login, token), cancellation);
            _notices.AddRange(order.Remarks(_target));
            return order;
        }
        catch (Exception exception) when (exception is GitHubException or OperationCanceledException)
        {
            _notices.Add($"whether a later run judges {_target.Event.ShortSha} could not be read: {exception.Message}");
            return NewerRun.Unanswered;
        }
    }

    private async Task EndAsync(PublisherState mark, GateReport report, NewerRun order, CancellationToken stop,
        CancellationToken cancellation)
    {
        var adjusted = order.Adjust(report, _target);
        try
        {
            mark.IsMissing = mark.IsRefused;
            if (mark.IsRefused || order.Words?.SaysAlready(adjusted) == true)
                return;
            if (adjusted.State == FinalState.Success && order.Words?.IsLost == true)
            {
                mark.IsMissing = true;
                _failures.Add("this run's 'pending' did not reach the commit, so a success could speak over a later run: re-run this job");
                return;
            }
            var said = await _finalStatus.SayAsync(mark.Mark, report, adjusted, stop, cancellation);
            if (said is null)
                await GiveWayAsync(mark, cancellation);
            else if (mark == Leading)
                await SettleAsync(mark, report, said, stop, cancellation);
        }
        catch (GitHubException exception) when (_target.Event.IsMergeQueue && (int?)exception.Status is 404 or 422)
        {
            _notices.Add($"the merge queue has given {_target.Event.ShortSha} up; there is no commit to set a status on");
        }
        catch (GitHubException exception)
        {
            mark.IsMissing = true;
            _failures.Add($"the status cannot be set: {exception.Message}{FinalStatus.Advice(exception)}");
        }
    }

    private async Task SettleAsync(PublisherState mark, GateReport report, GateReport said, CancellationToken stop,
        CancellationToken cancellation)
    {
        try
        {
            var stands = await _finalStatus.SettleAsync(mark.Mark, report, said, stop, cancellation);
            if (stands.State == FinalState.Error && report.State != FinalState.Error)
            {
                mark.IsMissing = true;
                _failures.Add($"the gate is {stands.Description}");
            }
            if (stands.State == said.State)
                return;
            foreach (var other in _marks.Where(other => other != mark && !other.IsRefused))
                await other.Mark.FinishAsync(stands.State, stands.Description, stands.Summary, [], cancellation);
            await TryAsync("comment", () => CommentAsync(stands, NewerRun.Unknown with { IsOrdered = true }, cancellation));
        }
        catch (Exception exception) when (exception is GitHubException or OperationCanceledException)
        {
            mark.IsMissing = true;
            _failures.Add(
                $"another run or job spoke at the same moment, and the status could not be mended: {exception.Message}; re-run this job");
        }
    }

    private async Task GiveWayAsync(PublisherState mark, CancellationToken cancellation)
    {
        try
        {
            await mark.Mark.GiveWayAsync(cancellation);
        }
        catch (Exception exception) when (exception is GitHubException or OperationCanceledException)
        {
            _notices.Add($"the check run could not be completed: {exception.Message}");
        }
    }

    private async Task TryAsync(string what, Func<Task> publish)
    {
        try
        {
            await publish();
        }
        catch (Exception exception) when (exception is GitHubException or IOException or UnauthorizedAccessException)
        {
            _failures.Add($"the {what} could not be written: {exception.Message}");
        }
    }
}
