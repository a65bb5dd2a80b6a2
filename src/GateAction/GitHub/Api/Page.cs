namespace GateAction.GitHub.Api;

/// <summary>One page of a list.</summary>
/// <param name="Next">The address of the next page; null on the last.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
