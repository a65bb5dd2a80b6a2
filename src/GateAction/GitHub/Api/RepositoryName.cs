using GateAction.Core.Model;

namespace GateAction.GitHub.Api;

/// <summary>A repository as GitHub writes it: <c>owner/name</c>.</summary>
internal sealed record RepositoryName(string Owner, string Name)
{
    public static RepositoryName Parse(string text) => TryParse(text)
        ?? throw new GateException($"'{text}' is not a repository: GITHUB_REPOSITORY must read 'owner/name'");

    public static RepositoryName? TryParse(string text) => text.Split('/') is [{ Length: > 0 } owner, { Length: > 0 } name] ? new(owner, name) : null;

    public override string ToString() => $"{Owner}/{Name}";
}
