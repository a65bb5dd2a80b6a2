using System.Text;
using GateAction.Core.Model;
using GateAction.GitHub;
using GateAction.GitHub.Events;
using GateAction.Manifests;
using GateAction.Manifests.Extending;

namespace GateAction.Commands;

/// <summary>The manifest that judges, wherever it was read.</summary>
/// <param name="Path">As the reader knows it, with slashes.</param>
/// <param name="Commit">The commit it was read from; null for a file of the checkout.</param>
/// <param name="Preview">The manifest that the change brings, which is evaluated and does not count.</param>
/// <param name="Note">What a reader must know of where it comes from.</param>
/// <param name="Text">As it was read, for the report; null if it could not be.</param>
internal sealed record EffectiveManifest(ManifestReading Reading, string Path, string? Commit, ManifestReading? Preview, string? Note,
    string? Text = null)
{
    public IReadOnlyList<ExtendedFile> Extends { get; } = [.. Reading.Extended.Select(part => part.ToExtended())];

    public static async Task<EffectiveManifest> ReadAsync(JobContext job, CancellationToken cancellation)
    {
        var (shell, inputs) = (job.Shell, job.Inputs);
        if (job.Event?.Blocked is { } reason)
            throw new GateException(reason);
        var from = inputs.ManifestFrom ?? (job.Event is { } found ? ManifestPolicy.DefaultFor(found) : ManifestFrom.Workspace);
        if (job is not { Session: { } session, Event: { } source } || from == ManifestFrom.Workspace)
            return await WorkspaceAsync(job, cancellation);
        // Without a token nothing can be read from a commit. Nobody else's change is judged here, so the checkout will do.
        if (session.Client is null && inputs.ManifestFrom is null && source.BaseRef is null)
            return await WorkspaceAsync(job, cancellation);
        var choice = await session.ReadManifestAsync(source, inputs.Manifest, from, job.Changed, cancellation);
        using var extended = ExtendedManifests.Of(job);
        var (path, sha) = (choice.Judge.Path, choice.Judge.Sha);
        var reading = await ManifestFile.ReadAsync(
            shell, path, Encoding.UTF8.GetBytes(choice.Judge.Text), new(null, null, sha), extended.ReadAsync, job.IsToMeasure,
            cancellation);
        choice = WithExtended(choice, reading, job.Changed, source);
        var preview = choice.Preview is { } changed
            ? await ManifestFile.ReaderIn(shell, job.IsToMeasure).ReadAsync(
                new ManifestPart(new(null, null, changed.Sha), changed.Path, changed.Text), ReadChanged, cancellation)
            : null;
        return new(reading, path, sha, preview, choice.Note, choice.Judge.Text);

        // Who may change this repository need not be allowed to read the others that the token can.
        Task<ManifestPart> ReadChanged(ExtendsAddress address, ManifestPlace place, CancellationToken token) =>
            address.Repository is null || reading.Extended.Any(part => part.Place.Repository == address.Repository)
                ? extended.ReadAsync(address, place, token)
                : throw new GateException(
                    $"'{address.Repository}' is read once this is merged: of a change only those repositories are that its base extends");
    }

    /// <summary>A change edits its manifest also if it edits a file that the manifest extends.</summary>
    private static ManifestChoice WithExtended(
        ManifestChoice choice, ManifestReading reading, IReadOnlyList<string>? changed, GateEvent source)
    {
        var edited = reading.Extended.FirstOrDefault(part => part.Place.Repository is null && changed?.Contains(part.Path) == true);
        // At the same commit the change's own file has judged already; a preview of it would say the same.
        if (edited is null || choice.Preview is not null || choice.Judge.Sha == source.Sha)
            return choice;
        var note = $"this change edits '{edited.Path}', which '{choice.Judge.Path}' extends";
        return source.UntrustedBecause is { } reason
            ? choice with { Note = choice.Note ?? $"{note}; what it becomes is not shown here: {reason}" }
            : choice with
            {
                Preview = choice.Judge with { Sha = source.Sha },
                Note = choice.Note ?? $"{note}; the one of its base, {choice.Judge.ShortSha}, judges it",
            };
    }

    private static async Task<EffectiveManifest> WorkspaceAsync(JobContext job, CancellationToken cancellation)
    {
        var shell = job.Shell;
        var found = ManifestFile.Find(shell, job.Inputs.Manifest);
        var bytes = ManifestFile.ReadBytes(shell, found);
        var name = ManifestFile.NameOf(found);
        using var extended = ExtendedManifests.Of(job);
        var reading = await ManifestFile.ReadAsync(
            shell, name, bytes, ManifestPlace.Checkout, extended.ReadAsync, job.IsToMeasure, cancellation);
        return new(reading, name, null, null, null, Encoding.UTF8.GetString(bytes));
    }
}
