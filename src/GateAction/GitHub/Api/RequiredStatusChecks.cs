namespace GateAction.GitHub.Api;

/// <summary>The statuses a protected branch requires.</summary>
internal sealed record RequiredStatusChecks(IReadOnlyList<RequiredStatusCheck>? Checks = null);

/// <summary>A required status; <c>AppId</c> is its expected source, null or -1 for any.</summary>
internal sealed record RequiredStatusCheck(string Context, long? AppId = null);
