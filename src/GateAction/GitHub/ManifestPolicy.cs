using System.Text;
using GateAction.Core.Model;
using GateAction.GitHub.Api;
using GateAction.GitHub.Events;
using GateAction.Surroundings;

namespace GateAction.GitHub;

/// <summary>
/// Reads the manifest from a commit through the contents API, never from the checkout: by default from the tip of the branch that the
/// change goes to, so that a change cannot weaken the gate that judges it, and one that is mended there judges at once.
/// </summary>
internal sealed class ManifestPolicy(RepositoryApi client, GateEvent source, IReadOnlyList<string> paths)
{
    public static ManifestFrom DefaultFor(GateEvent source) => source.BaseRef is null ? ManifestFrom.Head : ManifestFrom.Base;

    /// <summary>Throws a <see cref="GateException"/> if there is no manifest at any of the paths or GitHub does not give it.</summary>
    /// <param name="changedFiles">What the change touches; null if that is not known.</param>
    public async Task<ManifestChoice> ReadAsync(ManifestFrom from, IReadOnlyList<string>? changedFiles, CancellationToken cancellation)
    {
        try
        {
            return from == ManifestFrom.Head || source.BaseRef is not { } branch
                ? await ReadHeadAsync(null, cancellation)
                : await ReadBaseAsync(branch, changedFiles, cancellation);
        }
        catch (GitHubException exception)
        {
            throw new GateException($"the manifest cannot be read: {exception.Message}", ExitCode.NotPublished, exception);
        }
    }

    private async Task<ManifestChoice> ReadBaseAsync(string branch, IReadOnlyList<string>? changedFiles, CancellationToken cancellation)
    {
        var tip = await client.TipAsync(branch, cancellation);
        if (await FindAsync(tip, cancellation) is not { } judge)
            return await ReadHeadAsync(
                $"the base branch '{branch}' has no manifest yet ({RunIdentity.Short(tip)}): this change's own judges it",
                cancellation);
        // Most changes: no second request for a manifest that is the same.
        if (changedFiles is not null && !changedFiles.Any(paths.Contains))
            return new(judge, null, null);
        if (source.UntrustedBecause is { } reason)
            return new(judge, null, changedFiles is null ? null : $"this change edits the manifest, which is not shown here: {reason}");
        try
        {
            return Compare(judge, await WinnerAsync(judge, changedFiles, cancellation));
        }
        catch (Exception exception) when (exception is GateException or GitHubException)
        {
            return new(judge, null, $"this change's own manifest cannot be shown: {exception.Message}");
        }
    }

    /// <summary>The manifest that would be found first once the change is merged: one that it adds, else the base's, else what is
    /// left.</summary>
    private async Task<ManifestText?> WinnerAsync(ManifestText judge, IReadOnlyList<string>? changedFiles, CancellationToken cancellation)
    {
        var isGone = false;
        foreach (var path in paths)
        {
            if (!isGone && changedFiles?.Contains(path) == false)
            {
                if (path == judge.Path)
                    return judge;
                continue;
            }
            if (await ReadFileAsync(path, source.Sha, cancellation) is { } found)
                return found;
            isGone |= path == judge.Path;
        }
        return null;
    }

    private static ManifestChoice Compare(ManifestText judge, ManifestText? after)
    {
        var still = $"the one of its base, {judge.ShortSha}, judges it";
        return after is null ? new(judge, null, $"this change removes '{judge.Path}'; {still}")
            : after.Path != judge.Path
            ? new(judge, after, $"after the merge '{after.Path}' of this change would judge instead of '{judge.Path}'; {still}")
            : after.Text == judge.Text ? new(judge, null, null)
            : new(judge, after, $"this change edits '{judge.Path}'; {still}");
    }

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

    private string Places => $"'{paths[0]}'{(paths.Count > 1 ? $" or '{ManifestPaths.Root}'" : "")}";

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
}

/// <summary>Where the manifest that judges is read from.</summary>
internal enum ManifestFrom
{
    Base,
    Head,
    Workspace,
}

/// <summary>Where a manifest may lie in a repository.</summary>
internal static class ManifestPaths
{
    /// <summary>The first that is there is read. GitHub and the checkout are searched alike.</summary>
    public static readonly IReadOnlyList<string> Default = [First, ".github/gate.yaml", Root, "gate.yaml"];

    /// <summary>Where <c>gate init</c> writes it.</summary>
    public const string First = ".github/gate.yml";

    /// <summary>Where it lies if not in the folder of GitHub.</summary>
    public const string Root = "gate.yml";

    /// <summary>The same for a reader.</summary>
    public const string Said = $"{First}, else {Root}, or either with .yaml";

    /// <summary>The same in Markdown.</summary>
    public const string SaidInMarkdown = $"`{First}`, else `{Root}`, or either with `.yaml`";

    /// <summary>The path below the repository's root, with slashes. Throws if it leads out of it.</summary>
    public static string InRepository(string path, string workspace)
    {
        if (path == InputOnce.Path)
            throw new GateException(
                "'-' is the input, and a manifest is read from a commit here; 'manifest-from: workspace' reads the input too");
        var relative = Path.GetRelativePath(workspace, Path.GetFullPath(path, workspace)).Replace('\\', '/');
        return relative.StartsWith("../", StringComparison.Ordinal) || relative is ".." or "." || Path.IsPathRooted(relative)
            ? throw new GateException(
            $"'{path}' lies outside the repository: a manifest is read from a commit; 'manifest-from: workspace' reads any file")
            : relative;
    }
}

/// <summary>A manifest as GitHub keeps it at a commit.</summary>
internal sealed record ManifestText(string Path, string Text, string Sha)
{
    public string ShortSha => RunIdentity.Short(Sha);
}

/// <summary>The manifest that judges and, if the change edits it, the one it would become.</summary>
/// <param name="Preview">Evaluated and shown, and never counts.</param>
/// <param name="Note">What a reader must know of it, as that the change brings the first manifest.</param>
internal sealed record ManifestChoice(ManifestText Judge, ManifestText? Preview, string? Note);

/// <summary>The text of an entry that GitHub's contents API gives, or a sentence why it cannot be used.</summary>
internal static class ManifestContent
{
    public static string Decode(RepositoryContent content, string sha)
    {
        var what = $"'{content.Path}' at commit {RunIdentity.Short(sha)}";
        return content switch
        {
            { Type: "dir" } => throw new GateException($"{what} is a folder; a manifest is a file"),
            { Type: "submodule" } => throw new GateException($"{what} is a submodule; a manifest is a file of this repository"),
            { Type: "symlink" } =>
                throw new GateException($"{what} is a symbolic link to '{content.Target}'; name the file itself with 'manifest'"),
            { Encoding: "base64", Content: { } text } => Text(Bytes(text, what), what),
            _ => throw new GateException(
                $"{what} is {content.Size:N0} bytes long, more than GitHub gives (1 MB) and than a manifest may have (256 KiB)"),
        };
    }

    private static byte[] Bytes(string base64, string what)
    {
        try
        {
            return Convert.FromBase64String(base64);
        }
        catch (FormatException exception)
        {
            throw new GateException($"{what} did not come whole: GitHub's answer is no Base64; run this job again", ExitCode.NotPublished,
                exception);
        }
    }

    private static string Text(byte[] bytes, string what)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
            return text.StartsWith("version https://git-lfs.github.com/spec/", StringComparison.Ordinal)
                ? throw new GateException($"{what} is a pointer of Git LFS; keep the manifest out of LFS ('.gitattributes')")
                : text;
        }
        catch (DecoderFallbackException exception)
        {
            throw new GateException($"{what} is not UTF-8 text", innerException: exception);
        }
    }
}
