using GateAction.Core.Model;
using GateAction.GitHub.Api;
using GateAction.GitHub.Artifacts;
using GateAction.GitHub.Events;
using GateAction.GitHub.Overrides;
using GateAction.GitHub.Publishing;
using GateAction.Manifests;

namespace GateAction.Commands;

/// <summary>
/// A run that a comment set off. It measures nothing: it re-runs the run that last measured, or decides again on what that one measured,
/// because a waiver was given or ended. That evidence is believed only if the gate's own comment knows it by its digest.
/// </summary>
internal sealed class CommentRun(JobContext job, CommentRequest asked, ReportFiles files)
{
    private readonly RepositoryApi _client = job.Session!.Client!;

    private readonly CommentAnswer _answer = new(
        job.Session!.Client!, job.Event!.PullRequest!.Number, asked.Comment, job.Shell.Error, job.Shell.Secrets.MaskText);

    /// <summary>A comment that was edited or deleted may have been a waiver.</summary>
    private bool MayEndWaiver => !asked.IsNew || asked.Commands.Any(command => command is UnwaiveCommand);

    public async Task<ExitCode> FollowAsync(CancellationToken cancellation)
    {
        // First of all, so that who wrote it sees within seconds that somebody reads; the answer also tells which account the token is.
        await _answer.SeeAsync(cancellation);
        try
        {
            var exitCode = await FollowSeenAsync(cancellation);
            await _answer.GiveAsync(cancellation);
            return exitCode;
        }
        catch (Exception exception) when (exception is GateException or GitHubException)
        {
            _answer.Add(Reaction.NotUnderstood, $"this cannot be followed: {exception.Message}");
            await _answer.GiveAsync(cancellation);
            // Once more, because the answer is for the pull request and the exit code for the workflow.
            throw exception is GateException ? exception : new GateException(exception.Message, ExitCode.NotPublished, exception);
        }
    }

    private async Task<ExitCode> FollowSeenAsync(CancellationToken cancellation)
    {
        var judge = await EffectiveManifest.ReadAsync(job, cancellation);
        if (judge.Reading.Manifest is not { } manifest)
            throw new GateException($"the manifest '{judge.Path}' has a problem: {judge.Reading.Problems[0]}");
        var (isRerun, isAll, isWaiver) = Weigh(manifest.Gate with { Override = Overriding.PolicyOf(job, judge) });
        // A re-run reads the comments itself, waivers too: deciding again before it would be said twice.
        if (isRerun)
            return await RerunAsync(manifest, isAll, cancellation);
        return isWaiver ? await DecideAsync(judge, manifest, cancellation) : ExitCode.Met;
    }

    /// <summary>What of the comment is to be done; what cannot be gets its sentence.</summary>
    private (bool IsRerun, bool IsAll, bool IsWaiver) Weigh(Gate gate)
    {
        if (!asked.IsNew)
            return (false, false, WeighLater(gate));
        var rules = new WaiverRules(gate, job.Shell.Time.GetUtcNow());
        var (isRerun, isAll, isWaiver) = (false, false, false);
        foreach (var command in asked.Commands)
        {
            switch (command)
            {
                case MalformedCommand malformed:
                    _answer.Add(Reaction.NotUnderstood, malformed.Problem);
                    break;
                case RerunCommand when !asked.Permission.MayWrite:
                    _answer.Add(Reaction.Refused, $"{asked.Author} may not write to this repository, which '/gate rerun' needs");
                    break;
                case RerunCommand rerun:
                    (isRerun, isAll) = (true, isAll || rerun.IsAll);
                    break;
                case WaiverCommand waiver when waiver.IsFor(gate.Name):
                    isWaiver |= Weigh(waiver, rules);
                    break;
            }
        }
        return (isRerun, isAll, isWaiver);
    }

    private bool Weigh(WaiverCommand command, WaiverRules rules)
    {
        if (rules.WhyNotHere(command) is { } unknown)
            _answer.Add(Reaction.NotUnderstood, unknown);
        else if ((rules.WhyNotBy(asked.Author, asked.Permission)
            ?? (command is WaiveCommand waive ? rules.WhyNotNow(waive, job.Shell.Time.GetUtcNow(), isEdited: false) : null)) is { } refused)
            _answer.Add(Reaction.Refused, refused);
        else
            return true;
        return false;
    }

    /// <summary>A comment that was edited or deleted waives nothing any more, so the gate decides again.</summary>
    private bool WeighLater(Gate gate)
    {
        if (gate.Override is null)
            return false;
        if (asked.Commands.OfType<WaiveCommand>().Any(command => command.IsFor(gate.Name)) && asked.IsEdited)
            _answer.Add(Reaction.Refused, "the comment was edited, and an edited comment waives nothing: write a new one");
        return true;
    }

    private async Task<ExitCode> RerunAsync(Manifest manifest, bool isAll, CancellationToken cancellation)
    {
        var (last, place) = await LastRun.FindAsync(_client, job.TargetOf(manifest.Gate.Name)!, _answer.Login, cancellation);
        if (last is null)
        {
            _answer.Add(
                Reaction.NotUnderstood,
                $"{(place is null ? NotJudged(manifest) : Gone(manifest))}, so there is none to run again: push, or start the workflow");
            return ExitCode.Met;
        }
        await RerunAsync(last, isAll, cancellation);
        return ExitCode.Met;
    }

    private async Task RerunAsync(LastRun last, bool isAll, CancellationToken cancellation)
    {
        if (last.IsUnderWay)
        {
            await job.NoteAsync($"run {last.Id} is under way; its word comes when it ends");
        }
        else
        {
            await last.RerunAsync(_client, isAll, cancellation);
            await job.NoteAsync($"run {last.Id} runs again");
        }
        _answer.Add(Reaction.Done);
    }

    private async Task<ExitCode> DecideAsync(EffectiveManifest judge, Manifest manifest, CancellationToken cancellation)
    {
        var target = job.TargetOf(manifest.Gate.Name)!;
        try
        {
            var (last, place) = await LastRun.FindAsync(_client, target, _answer.Login, cancellation);
            target = target with { Place = place };
            if (last is not null)
                return await DecideAsync(judge, manifest, target, last, cancellation);
            if (place is null)
                await job.NoteAsync($"{NotJudged(manifest)}; the first one reads this comment");
            else if (MayEndWaiver)
                throw new GateException($"{Gone(manifest)}: start its workflow again", ExitCode.NotPublished);
            else
                await job.NoteAsync($"{Gone(manifest)}; the next one reads this comment");
            _answer.Add(Reaction.Done);
            return ExitCode.Met;
        }
        catch (Exception exception) when (MayEndWaiver && exception is GateException or GitHubException)
        {
            await BlockAsync(target, "a waiver may have ended, and the gate could not decide again: run it again", cancellation);
            throw;
        }
    }

    /// <summary>A success that rests on a waiver must not outlive it.</summary>
    private async Task BlockAsync(GateTarget target, string reason, CancellationToken cancellation)
    {
        await using var publisher = await Publisher.BeginAsync(job, target, cancellation);
        await publisher.AbandonAsync(reason);
    }

    private async Task<ExitCode> DecideAsync(
        EffectiveManifest judge, Manifest manifest, GateTarget target, LastRun last, CancellationToken cancellation)
    {
        if (last.IsUnderWay || await ReadEvidenceAsync(target, last, cancellation) is not { } known)
        {
            // The re-run takes minutes, and until it speaks the success of before would still let the change in.
            if (MayEndWaiver && !last.IsUnderWay)
                await BlockAsync(target, $"a waiver may have ended: run {last.Id} runs again", cancellation);
            await RerunAsync(last, isAll: false, cancellation);
            return ExitCode.Met;
        }
        await job.NoteAsync($"measured by run {last.Id}; decided again because {asked.Author} commented");
        EvidenceFiles.CheckFit($"the evidence of run {last.Id}", known.Evidence, judge, manifest, job);
        var confirmed = await job.ConfirmChangedAsync(manifest.Gate, cancellation);
        var baseline = await ArtifactEvidence.ReadBaselineAsync(confirmed, manifest.Gate.Name, cancellation);
        await using var publisher = await Publisher.BeginAsync(job, target, cancellation);
        files.Write(known.Evidence);
        var decided = await DecideStep.DecideAsync(job, judge, manifest, known.Evidence, baseline, files, cancellation);
        var exitCode = await publisher.FinishAsync(decided.From(known.Digest), files, cancellation);
        if (exitCode == ExitCode.NotPublished)
            _answer.Add(Reaction.NotUnderstood, "the gate decided again, but its status could not be set: the log of its run says why");
        else
            _answer.Add(Reaction.Done);
        return exitCode;
    }

    private string NotJudged(Manifest manifest) => $"no run of gate '{manifest.Gate.Name}' has judged {job.Event!.ShortSha} yet";

    private string Gone(Manifest manifest) =>
        $"the run of gate '{manifest.Gate.Name}' that judged {job.Event!.ShortSha} is gone: it was deleted";

    /// <summary>Null if it cannot be had, or is not what the gate decided on: anybody whose code ran in that run could leave an
    /// artifact.</summary>
    private async Task<(Evidence Evidence, string Digest)?> ReadEvidenceAsync(GateTarget target, LastRun last,
        CancellationToken cancellation)
    {
        var own = await new StickyComment(_client, job.Event!.PullRequest!.Number, _answer.Login).FindAsync(target.Gate, cancellation);
        // Without a comment, or with one about another commit, there is nothing to know the evidence by: then it is measured again.
        if (own is not [{ Marker: { Evidence: { } digest } marker }, ..] || marker.Sha != job.Event.Sha)
            return null;
        if (ArtifactName.Read("evidence", job.Inputs.Evidence ?? "artifact") is not { Runs: 1 } name)
            throw new GateException($"'evidence' is '{job.Inputs.Evidence}'; accepted is 'artifact' or 'artifact:NAME'");
        var file = await new RunArtifacts(_client, job.Session!.Job).FindAsync(last.Id, job.Event.Sha, name, cancellation);
        if (file is null || CommentMarker.EvidenceDigestOf(file.Json) != digest)
            return null;
        var evidence = HistoryRun.ReadEvidence(file);
        return evidence.Gate == target.Gate && evidence.Commit == job.Event.Sha ? (evidence, digest) : null;
    }
}
