using System.Text;
using GateAction.Core.Model;
using GateAction.GitHub;
using GateAction.Manifests;

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
    public static async Task<EffectiveManifest> ReadAsync(JobContext job, CancellationToken cancellation)
    {
        var (shell, inputs) = (job.Shell, job.Inputs);
        if (job.Event?.Blocked is { } reason)
            throw new GateException(reason);
        var from = inputs.ManifestFrom ?? (job.Event is { } found ? ManifestPolicy.DefaultFor(found) : ManifestFrom.Workspace);
        if (job is not { Session: { } session, Event: { } source } || from == ManifestFrom.Workspace)
            return Workspace(job);
        if (session.Client is null && inputs.ManifestFrom is null && source.BaseRef is null)
            return Workspace(job);
        var choice = await session.ReadManifestAsync(source, inputs.Manifest, from, job.Changed, cancellation);
        var reader = new ManifestReader(
            shell.Environment, DateOnly.FromDateTime(shell.Time.GetUtcNow().UtcDateTime), job.IsToMeasure);
        return new(
            ManifestFile.Read(shell, choice.Judge.Path, Encoding.UTF8.GetBytes(choice.Judge.Text), job.IsToMeasure),
            choice.Judge.Path,
            choice.Judge.Sha,
            choice.Preview is { } preview ? reader.Read(preview.Text, preview.Path) : null,
            choice.Note,
            choice.Judge.Text);
    }

    private static EffectiveManifest Workspace(JobContext job)
    {
        var shell = job.Shell;
        var found = ManifestFile.Find(shell, job.Inputs.Manifest);
        var bytes = ManifestFile.ReadBytes(shell, found);
        var name = ManifestFile.NameOf(found);
        return new(ManifestFile.Read(shell, name, bytes, job.IsToMeasure), name, null, null, null,
            Encoding.UTF8.GetString(bytes));
    }
}
