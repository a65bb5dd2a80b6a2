namespace GateAction.GitHub.Api;

/// <summary>One entry of a repository at a commit. <c>Type</c> is <c>file dir symlink submodule</c>.</summary>
internal sealed record RepositoryContent(string Type, string Path, long Size, string? Encoding = null, string? Content = null, string? Target = null);
