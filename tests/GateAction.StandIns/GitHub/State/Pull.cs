namespace GateAction.StandIns.GitHub.State;

internal sealed class Pull(int number, string headBranch, string baseBranch)
{
    public int Number { get; } = number;

    public string HeadBranch { get; } = headBranch;

    public string BaseBranch { get; set; } = baseBranch;

    public required string HeadSha { get; set; }

    public required string BaseSha { get; set; }

    /// <summary>The fork it comes from, as <c>owner/name</c>; null for a branch of the repository itself.</summary>
    public string? Fork { get; set; }

    public string Title { get; set; } = "Change";

    public string Author { get; set; } = "octocat";

    public string State { get; set; } = "open";

    public bool IsDraft { get; set; }

    public List<string> Labels { get; } = [];

    public List<string> Files { get; init; } = [];

    /// <summary>The hunks of a changed file by its name; one without them is as GitHub tells of a large file.</summary>
    public Dictionary<string, string> Patches { get; } = new(StringComparer.Ordinal);
}
