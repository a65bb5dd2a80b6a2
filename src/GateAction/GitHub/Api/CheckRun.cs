namespace GateAction.GitHub.Api;

/// <summary>A check run as GitHub keeps it.</summary>
internal sealed record CheckRun(long Id, string Name, string Status, string? Conclusion = null, string? ExternalId = null, string? DetailsUrl = null, App? App = null, CheckRunResult? Output = null);

/// <summary>What GitHub says of a check run's output.</summary>
internal sealed record CheckRunResult(int AnnotationsCount);

/// <summary>The app that a token belongs to.</summary>
internal sealed record App(string? Slug = null);

internal sealed record CheckRunList(int TotalCount, IReadOnlyList<CheckRun> CheckRuns);

/// <summary>A check run to create.</summary>
internal sealed record NewCheckRun(string Name, string HeadSha, string Status, string? DetailsUrl, string ExternalId);

/// <summary>A change of a check run; each carries at most 50 annotations, which are added to those already there.</summary>
internal sealed record CheckRunUpdate(string? Status, string? Conclusion, CheckRunOutput Output);

/// <summary>What a check run shows; the summary holds at most 65,535 characters.</summary>
internal sealed record CheckRunOutput(string Title, string Summary, IReadOnlyList<CheckRunAnnotation>? Annotations = null);

/// <summary>A remark on a line of a file. The level is <c>notice warning failure</c>.</summary>
internal sealed record CheckRunAnnotation(string Path, int StartLine, int EndLine, string AnnotationLevel, string Message, string? Title);
