namespace GateAction.Sources.Commits;

/// <summary>One check run or commit status of a commit.</summary>
/// <param name="State"><c>passed</c>, <c>failed</c> or <c>pending</c>; a skipped or neutral one is <c>skipped</c>.</param>
internal sealed record CommitCheck(string Name, string State);
