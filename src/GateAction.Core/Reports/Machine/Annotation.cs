namespace GateAction.Core.Reports.Machine;

public enum AnnotationLevel
{
    Notice,
    Warning,
    Failure,
}

/// <summary>A remark at a line of the manifest or of a test.</summary>
/// <param name="File">Below the repository's root; null for none.</param>
/// <param name="Line">From 1.</param>
public sealed record Annotation(AnnotationLevel Level, string Title, string Message, string? File = null, int? Line = null,
    int? Column = null);
