using System.Text;
using GateAction.Core.Model;
using GateAction.Files;
using GateAction.GitHub;
using GateAction.GitHub.Api;
using GateAction.Manifests.Extending;
using GateAction.Surroundings;

namespace GateAction.Commands;

/// <summary>Reads what manifests extend: from the checkout, from the commit of the manifest itself, or from another repository.</summary>
/// <param name="own">GitHub for the repository that is judged, and its name if it is known; null if only its checkout is
/// read.</param>
/// <param name="token">For other repositories; null reads what is public.</param>
internal sealed class ExtendedManifests(
    Shell shell, Uri apiUrl, (RepositoryApi Client, RepositoryName? Name)? own, string? token, string root) : IDisposable
{
    private readonly Dictionary<RepositoryName, RepositoryApi> _others = [];

    public static ExtendedManifests Of(JobContext job) => new(
        job.Shell, job.Session?.Job.ApiUrl ?? Inputs.ReadPlace(job.Shell).ApiUrl,
        job.Session is { Client: { } client } session ? (client, session.Job.Repository) : null,
        job.Inputs.ExtendsToken ?? job.Inputs.GitHubToken, RootOf(job.Shell, job.Session?.Job.Workspace));

    /// <summary>For a manifest of the checkout, wherever the command runs.</summary>
    public static ExtendedManifests Of(Shell shell, (string? Own, string? Other) tokens)
    {
        var place = Inputs.ReadPlace(shell);
        return new(shell, place.ApiUrl, null, tokens.Other ?? place.ExtendsToken ?? tokens.Own ?? place.Token, RootOf(shell, null));
    }

    /// <summary>For manifests of a commit, outside of a run.</summary>
    public static ExtendedManifests Of(Shell shell, RepositoryApi own)
    {
        var place = Inputs.ReadPlace(shell);
        return new(shell, place.ApiUrl, (own, null), place.ExtendsToken ?? place.Token, shell.Directory);
    }

    /// <summary>Where a file of the checkout lies.</summary>
    public string PathOf(string path) => Path.Combine(root, path);

    /// <summary>Throws a <see cref="GateException"/> with a sentence if it cannot be read.</summary>
    public async Task<ManifestPart> ReadAsync(ExtendsAddress address, ManifestPlace from, CancellationToken cancellation)
    {
        if (address.Repository is null && from == ManifestPlace.Checkout)
            return new(from, address.Path, OfCheckout(address.Path));
        var name = address.Repository is { } other ? $"{other}/{address.Path}@{address.Ref}" : from.Name(address.Path);
        try
        {
            var place = address.Repository is null ? from : await ResolveAsync(address, cancellation);
            var client = place.Repository is { } repository ? ClientOf(repository) : own!.Value.Client;
            return await client.ContentAsync(address.Path, place.Commit!, cancellation) is { } content
                ? new(place, address.Path, ManifestContent.Decode(content, place.Commit!))
                : throw new GateException(
                    $"there is no '{address.Path}' {(place.Repository is { } there ? $"in '{there}' " : "")}at commit "
                    + $"{RunIdentity.Short(place.Commit!)}: name a file that is there, or add it");
        }
        catch (GitHubException exception)
        {
            var repair = address.Repository is { } there && exception.IsForbidden
                ? $"; for '{there}' give a token that may read it as '{ActionInput.ExtendsToken.Name}'"
                : "";
            throw new GateException($"'{name}' cannot be read: {exception.Message}{repair}", ExitCode.BadInput, exception);
        }
    }

    public void Dispose()
    {
        foreach (var client in _others.Values)
            client.Dispose();
    }

    private RepositoryApi ClientOf(RepositoryName repository)
    {
        if (own is { Client: { } client, Name: { } name } && repository.ToString().Equals($"{name}", StringComparison.OrdinalIgnoreCase))
            return client;
        if (!_others.TryGetValue(repository, out var other))
            _others.Add(repository, other = new(apiUrl, token, repository, shell.Time));
        return other;
    }

    /// <summary>The commit that is read, for the whole run: it is asked for once a file.</summary>
    private async Task<ManifestPlace> ResolveAsync(ExtendsAddress address, CancellationToken cancellation)
    {
        var (repository, reference) = (address.Repository!, address.Ref!);
        var client = ClientOf(repository);
        var commit = await client.ResolveAsync(reference, cancellation);
        if (commit is null)
            throw new GateException(await IsKnownAsync(client, cancellation)
                ? $"'{repository}' has no branch, tag or commit '{reference}'"
                : $"there is no repository '{repository}', or the token may not read it, which GitHub does not tell apart: check the name, "
                    + $"or give a token with 'contents: read' there as '{ActionInput.ExtendsToken.Name}'");
        // A reference that is a whole commit pins itself: GitHub also resolves a branch or a tag that was named like one.
        var expected = address.Pin ?? (RunIdentity.IsCommit(reference) ? reference : commit);
        if (!RunIdentity.IsCommit(commit) || !expected.Equals(commit, StringComparison.OrdinalIgnoreCase))
            throw new GateException(
                $"'{reference}' of '{repository}' is commit {commit}, and {expected} is pinned: it was moved; read what changed, then pin "
                + "the new commit");
        return new(repository, reference, commit);
    }

    private static async Task<bool> IsKnownAsync(RepositoryApi client, CancellationToken cancellation)
    {
        try
        {
            await client.GetAsync(cancellation);
            return true;
        }
        catch (GitHubException exception) when (exception.IsNotFound)
        {
            return false;
        }
    }

    private string OfCheckout(string path)
    {
        try
        {
            var bytes = RegularFile.ReadAllBytes(PathOf(path), Syntax.YamlRules.Manifest.MaxBytes, root);
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException exception)
        {
            throw new GateException($"'{path}' is not UTF-8 text", innerException: exception);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            var reason = Directory.Exists(PathOf(path)) ? "it is a folder" : RegularFile.WhyUnreadable(exception);
            if (exception is OutsideException outside)
                reason = $"{outside.Found}; put the file itself there, or write owner/repository/path@ref for one of another repository";
            var hint = path.Split('/').Length > 2 && exception is FileNotFoundException or DirectoryNotFoundException
                ? "; a file of another repository is written owner/repository/path@ref"
                : "";
            throw new GateException($"'{path}' below '{root}' cannot be read: {reason}{hint}", ExitCode.BadInput, exception);
        }
    }

    /// <summary>The folder of the repository that the command runs in.</summary>
    private static string RootOf(Shell shell, string? workspace)
    {
        // '.git' is a file in a worktree and in a submodule, so both count.
        for (var folder = new DirectoryInfo(workspace ?? shell.Directory); workspace is null && folder is not null; folder = folder.Parent)
        {
            if (Path.Exists(Path.Combine(folder.FullName, ".git")))
                return folder.FullName;
        }
        return workspace ?? shell.Directory;
    }
}
