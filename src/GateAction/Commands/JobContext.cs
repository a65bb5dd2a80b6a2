using GateAction.Cel.Values;
using GateAction.Core.Decisions;
using GateAction.Core.Model;
using GateAction.GitHub;
using GateAction.GitHub.Api;
using GateAction.GitHub.Events;
using GateAction.GitHub.Publishing;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary>Where one run of the gate takes place: in a workflow job, or anywhere else.</summary>
/// <param name="Session">Null outside a workflow.</param>
/// <param name="Event">Null outside a workflow.</param>
/// <param name="Changed">Paths of the files the pull request changes; null if they are not known.</param>
internal sealed record JobContext(Shell Shell, Inputs Inputs, GitHubSession? Session, GateEvent? Event, IReadOnlyList<string>? Changed)
    : IDisposable
{
    /// <summary>What a reader of the report must know of this run.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The facts of the variable <c>github</c>; empty outside a workflow.</summary>
    public Value GitHubFacts => Session is null || Event is null ? Value.Map() : GitHub.Events.GitHubFacts.Of(Event, Session.Job);

    /// <summary>Null outside a workflow.</summary>
    public RunIdentity? Run => Session is null || Event is null
        ? null
        : new(Session.Job.Repository.ToString(), Event.Sha, Session.Job.RunId, Session.Job.RunAttempt);

    /// <summary>False if evidence is given: the variables that only measuring reads may then be unset.</summary>
    public bool IsToMeasure { get; init; } = true;

    /// <summary>
    /// The same job, without its changed files unless they are still those of the judged commit: before a gate that the change does not
    /// concern lets it through unmeasured, GitHub is asked once more.
    /// </summary>
    public async Task<JobContext> ConfirmChangedAsync(Gate gate, CancellationToken cancellation)
    {
        if (Applicability.WhyNotConcerned(gate, Changed) is null
            || this is not { Session.Client: { } client, Event: { PullRequest: { } pull } source })
            return this;
        try
        {
            var now = await client.PullRequests.GetAsync(pull.Number, cancellation);
            // The base too: retargeted, the same commit changes other files.
            return now.Head.Sha == source.Sha && now.Base.Ref == pull.Base.Ref ? this : this with { Changed = null };
        }
        catch (GitHubException)
        {
            return this with { Changed = null };
        }
    }

    public static async Task<JobContext> OpenAsync(Shell shell, Inputs inputs, CancellationToken cancellation)
    {
        if (inputs.Job is not { } job)
            return new(shell, inputs, null, null, inputs.Changed);
        if (inputs.Changed is not null)
            throw new GateException("'--changed' is for runs outside of GitHub: here GitHub tells which files the change touches");
        if (inputs.StatusName is { } pattern)
            StatusName.Checked(pattern);
        var limits = ConnectionLimits.Default with { Pausing = shell.Watchdog.Pause };
        var session = new GitHubSession(job, inputs.GitHubToken, shell.Out, shell.Time, limits) { Mask = shell.Secrets.MaskText };
        var source = await session.ReadEventAsync(cancellation);
        var opened = new JobContext(shell, inputs, session, source, await session.ReadChangedFilesAsync(source, cancellation));
        if (NetworkDetours.In(shell) is { } detours)
            await opened.NoteAsync(detours);
        foreach (var other in source.OtherPullRequests.Where(other => other.Base.Ref != source.BaseRef))
            await opened.NoteAsync(
                $"#{other.Number} into '{other.Base.Ref}' has the same commit at its tip: its own run judges it, under its base's name");
        return opened;
    }

    /// <summary>Where the word of a gate of this job goes; null outside a workflow.</summary>
    public GateTarget? TargetOf(string gate) => Session is null || Event is null
        ? null
        : new(Session.Job, Event, gate, Inputs.Report, Inputs.Comment) { NamePattern = Inputs.StatusName, Notify = Inputs.Notify };

    public async Task NoteAsync(string note)
    {
        Notes.Add(note);
        await Shell.Error.WriteLineAsync($"gate: {note}");
    }

    public void Dispose() => Session?.Dispose();
}
