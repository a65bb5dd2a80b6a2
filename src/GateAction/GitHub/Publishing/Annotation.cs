namespace GateAction.GitHub.Publishing;

internal enum AnnotationLevel
{
    Notice,
    Warning,
    Failure,
}

/// <summary>A remark that GitHub shows on the run and, with a file and line, in the change.</summary>
/// <param name="File">Below the repository's root; null for none.</param>
/// <param name="Line">From 1.</param>
internal sealed record Annotation(AnnotationLevel Level, string Title, string Message, string? File = null, int? Line = null, int? Column = null);
