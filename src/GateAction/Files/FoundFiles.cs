namespace GateAction.Files;

/// <summary>What patterns found, and what they did not.</summary>
/// <param name="Files">Full paths, sorted.</param>
/// <param name="Unmatched">Patterns that no file is left of; those that only take files out are not among them.</param>
/// <param name="Unread">Sentences about folders and links that could hold more files and were not looked into.</param>
internal sealed record FoundFiles(IReadOnlyList<string> Files, IReadOnlyList<string> Unmatched, IReadOnlyList<string> Unread)
{
    /// <summary>Why there are no files at all; null where there are some.</summary>
    public string? WhyNone(IReadOnlyList<string> patterns) => this switch
    {
        { Files.Count: > 0 } => null,
        { Unread: [var first, ..] } => first,
        { Unmatched.Count: 0 } => $"{List(patterns)} only takes files out; a pattern without '!' must say which there are",
        _ => $"no file matches {List(Unmatched)}",
    };

    /// <summary>What is missing although some files are there.</summary>
    public IEnumerable<string> Gaps => Unmatched.Select(pattern => $"no file matches '{pattern}'").Concat(Unread);

    private static string List(IEnumerable<string> patterns) => string.Join(", ", patterns.Select(pattern => $"'{pattern}'"));
}
