using GateAction.Core.Model;
using GateAction.GitHub.Overrides;
using GateAction.GitHub.Publishing;

namespace GateAction.Commands;

/// <summary>Tells GitHub what became of a run; outside a workflow there is nobody to tell, and the exit code says it.</summary>
internal sealed class Publisher : IAsyncDisposable
{
    /// <summary>What a run that is stopped may still take for comment and summary, before the status gets its last word.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly JobContext _job;
    private readonly GitHubGate? _gate;

    private Publisher(JobContext job, GitHubGate? gate)
    {
        _job = job;
        _gate = gate;
    }

    /// <summary>True if there is somebody to tell.</summary>
    public bool IsHeard => _gate is not null;

    public static Task<Publisher> BeginAsync(JobContext job, string gate, CancellationToken cancellation) =>
        BeginAsync(job, job.TargetOf(gate), cancellation);

    /// <param name="target">Null if there is nobody to tell.</param>
    public static async Task<Publisher> BeginAsync(JobContext job, GateTarget? target, CancellationToken cancellation)
    {
        if (target is null || job.Session is not { } session)
            return new(job, null);
        job.Shell.Watchdog.Expect(RunOptions.PatienceWith(job.Inputs));
        var begun = new GitHubGate(session, target);
        job.Shell.Watchdog.Speak = begun.SpeakNowAsync;
        await begun.BeginAsync(cancellation);
        foreach (var notice in begun.Notices)
            await job.Shell.Error.WriteLineAsync($"gate: {notice}");
        return new(job, begun);
    }

    public async Task<ExitCode> FinishAsync(GateOutcome decided, ReportFiles files, CancellationToken cancellation)
    {
        var report = _job.Shell.Secrets.Mask(decided.Report);
        report = report with { Outputs = [.. report.Outputs, .. Paths(files)] };
        if (decided.ExitCode == ExitCode.BadInput && report.Summary is { } text)
            files.WriteReport(text);
        if (_gate is null)
            return decided.ExitCode;
        // Those were printed when the gate began.
        var before = _gate.Notices.ToHashSet();
        using var stop = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _job.Shell.Time);
        // 3 s here, 6 s for the last word (GitHubGate): together less than the 10 s after which the runner kills.
        await using var grace = cancellation.Register(() => stop.CancelAfter(Grace));
        var publication = await _gate.FinishAsync(report, stop.Token);
        if (!_gate.IsReadOnly && !cancellation.IsCancellationRequested)
            await Overriding.AnswerAsync(_job, decided.Refused, cancellation);
        foreach (var sentence in publication.Failures.Concat(publication.Notices).Where(sentence => !before.Contains(sentence)))
            await _job.Shell.Error.WriteLineAsync($"gate: {sentence}");
        return publication.ExitCode(decided.ExitCode);
    }

    /// <summary>The last word of a run that a user's mistake or the surroundings ended.</summary>
    public Task AbandonAsync(string reason) => _gate?.AbandonAsync(_job.Shell.Secrets.MaskText(reason)) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_gate is null)
            return;
        await _gate.DisposeAsync();
        _job.Shell.Watchdog.Speak = null;
    }

    private (string Name, string Value)[] Paths(ReportFiles files) =>
    [
        ("evidence-path", Below(files.EvidencePath)),
        ("verdict-path", Below(files.VerdictPath)),
        ("report-path", Below(files.ReportPath)),
    ];

    // A later step runs on the host, where the container's folders have other names.
    private string Below(string path) =>
        !File.Exists(path) ? "" : Path.GetRelativePath(_job.Session?.Job.Workspace ?? _job.Shell.Directory, path);
}

/// <summary>How a run ended, before anybody is told.</summary>
internal sealed record GateOutcome(ExitCode ExitCode, GateReport Report)
{
    /// <summary>Waivers by comment that do not count.</summary>
    public IReadOnlyList<RefusedWaiver> Refused { get; init; } = [];

    /// <summary>The same, with the digest of the evidence that it rests on.</summary>
    public GateOutcome From(string? evidence) => this with { Report = Report with { Evidence = evidence } };
}
