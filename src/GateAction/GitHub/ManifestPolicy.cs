using GateAction.Core.Model;
using GateAction.GitHub.Api;
using GateAction.GitHub.Events;

namespace GateAction.GitHub;

/// <summary>
/// Reads the manifest from a commit through the contents API, never from the checkout: by default from the base, so that a change cannot
/// weaken the gate that judges it.
/// </summary>
internal sealed class ManifestPolicy(RepositoryApi client, GateEvent source, IReadOnlyList<string> paths)
{
    public static ManifestFrom DefaultFor(GateEvent source) => source.BaseSha is null ? ManifestFrom.Head : ManifestFrom.Base;

    /// <summary>Throws a <see cref="GateException"/> where there is no manifest at any of the paths or GitHub does not give it.</summary>
    /// <param name="changedFiles">What the change touches; null where that is not known.</param>
    public async Task<ManifestChoice> ReadAsync(ManifestFrom from, IReadOnlyList<string>? changedFiles, CancellationToken cancellation)
    {
        try
        {
            return from == ManifestFrom.Head || source.BaseSha is null
                ? await ReadHeadAsync(null, cancellation)
                : await ReadBaseAsync(source.BaseSha, changedFiles, cancellation);
        }
        catch (GitHubException exception)
        {
            throw new GateException($"the manifest cannot be read: {exception.Message}", ExitCode.NotPublished, exception);
        }
    }

    private async Task<ManifestChoice> ReadBaseAsync(string baseSha, IReadOnlyList<string>? changedFiles, CancellationToken cancellation)
    {
        if (await FindAsync(baseSha, cancellation) is not { } judge)
            return await ReadHeadAsync($"the base commit {Short(baseSha)} has no manifest yet: this change's own judges it", cancellation);
        if (changedFiles?.Contains(judge.Path) == false)
            return new(judge, null, null);
        if (source.UntrustedBecause is { } reason)
            return new(judge, null, changedFiles is null ? null : $"this change edits '{judge.Path}', which is not shown here: {reason}");
        try
        {
            return Compare(judge, await ReadFileAsync(judge.Path, source.Sha, cancellation));
        }
        catch (Exception exception) when (exception is GateException or GitHubException)
        {
            return new(judge, null, $"this change's own manifest cannot be shown: {exception.Message}");
        }
    }

    private static ManifestChoice Compare(ManifestText judge, ManifestText? changed) =>
        changed is null ? new(judge, null, $"this change removes '{judge.Path}'; the one of its base, {judge.ShortSha}, still judges it")
        : changed.Text == judge.Text ? new(judge, null, null)
        : new(judge, changed, $"this change edits '{judge.Path}'; the one of its base, {judge.ShortSha}, judges it");

    private async Task<ManifestChoice> ReadHeadAsync(string? note, CancellationToken cancellation)
    {
        if (source.UntrustedBecause is { } reason)
            throw new GateException(
                $"there is no manifest that may be used: {reason}, and '{source.Name}' runs with this repository's secrets, so its own is "
                + $"not read; add {Places} to the base branch");
        return await FindAsync(source.Sha, cancellation) is { } found
            ? new(found, null, note)
            : throw new GateException($"there is no manifest at commit {source.ShortSha}: add {Places}, or name another with 'manifest'");
    }

    private string Places => string.Join(" or ", paths.Select(path => $"'{path}'"));

    private async Task<ManifestText?> FindAsync(string sha, CancellationToken cancellation)
    {
        foreach (var path in paths)
        {
            if (await ReadFileAsync(path, sha, cancellation) is { } found)
                return found;
        }
        return null;
    }

    private async Task<ManifestText?> ReadFileAsync(string path, string sha, CancellationToken cancellation) =>
        await client.ContentAsync(path, sha, cancellation) is { } content
            ? new ManifestText(path, ManifestContent.Decode(content, sha), sha)
            : null;

    private static string Short(string sha) => sha.Length > 7 ? sha[..7] : sha;
}
