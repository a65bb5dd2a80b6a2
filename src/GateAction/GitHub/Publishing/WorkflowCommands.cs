using System.Security.Cryptography;
using GateAction.Core.Reports.Machine;

namespace GateAction.GitHub.Publishing;

/// <summary>The lines by which a step talks to the runner
/// (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).</summary>
internal static class WorkflowCommands
{
    public static string Annotation(Annotation annotation)
    {
        var properties = new (string Name, string? Value)[]
        {
            ("file", annotation.File),
            ("line", annotation.File is null ? null : annotation.Line?.ToString()),
            ("col", annotation.Line is null ? null : annotation.Column?.ToString()),
            ("title", annotation.Title),
        };
        var given = properties.Where(property => property.Value is not null)
            .Select(property => $"{property.Name}={Property(property.Value!)}");
        return $"::{Level(annotation.Level)} {string.Join(',', given)}".TrimEnd() + $"::{Data(annotation.Message)}";
    }

    /// <summary>A word that no data can hold.</summary>
    public static string RandomWord() => $"gate_{RandomNumberGenerator.GetHexString(32, lowercase: true)}";

    private static string Level(AnnotationLevel level) => level switch
    {
        AnnotationLevel.Failure => "error",
        AnnotationLevel.Warning => "warning",
        AnnotationLevel.Notice => "notice",
    };

    // '%' first, or the escapes that follow would be escaped once more. The runner undoes these and no others.
    private static string Data(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text)
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
