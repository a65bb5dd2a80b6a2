using GateAction.Core.Model;

namespace GateAction.Core.Reports;

/// <summary>What a report says beside the verdict. Everything is optional: without it the report is shorter.</summary>
/// <param name="Version">Of the gate.</param>
/// <param name="ManifestPath">As the reader knows it: <c>.github/gate.yml</c>.</param>
/// <param name="ManifestCommit">The commit that the manifest was read from, in full; null for a file of the checkout.</param>
/// <param name="CommitSha">The commit that is judged.</param>
/// <param name="RepositoryUrl">For links to files: <c>https://github.com/owner/name</c>.</param>
/// <param name="ReportUrl">Where the full report can be read.</param>
/// <param name="Notes">Sentences on the run itself: "manifest taken from head: first introduction".</param>
/// <param name="Preview">What the change's own manifest would decide, where it differs from the one that counts.</param>
public sealed record ReportContext(
    string Version,
    string? ManifestPath = null,
    string? ManifestCommit = null,
    string? CommitSha = null,
    string? RepositoryUrl = null,
    string? RunUrl = null,
    string? ReportUrl = null,
    IReadOnlyList<string>? Notes = null,
    Verdict? Preview = null,
    PreviousRun? Previous = null)
{
    /// <summary>Who may waive a criterion by a comment on the pull request; null if nobody may.</summary>
    public OverridePolicy? Override { get; init; }

    /// <summary>The files that the manifest extends, the nearest first.</summary>
    public IReadOnlyList<ExtendedFile> Extends { get; init; } = [];

    /// <summary>Where the repositories are, for links to files of another one: <c>https://github.com</c>.</summary>
    public string? ServerUrl { get; init; }

    /// <summary>Null outside a workflow.</summary>
    public ReportedChange? Change { get; init; }

    /// <summary>The baseline's latencies in order, by probe.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TimeSpan?>> BaselineSamples { get; init; } =
        new Dictionary<string, IReadOnlyList<TimeSpan?>>();
}

/// <summary>The change that is judged.</summary>
/// <param name="PullRequest">Its number; null if there is none.</param>
/// <param name="Branch">The branch that the commit is on.</param>
/// <param name="Base">The branch that it goes into.</param>
public sealed record ReportedChange(int? PullRequest, string? Branch, string? Base);
