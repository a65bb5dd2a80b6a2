namespace GateAction.Sources.Results.Reading;

/// <summary>
/// Cutting texts without cutting a surrogate pair. What is cut has a mark at its end, also for the masking: a secret may have been cut in
/// two.
/// </summary>
internal static class Text
{
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    public static string? Cut(string? text, int limit)
    {
        if (text is null || text.Length <= limit)
            return text;
        // The mark takes one of the places. A high surrogate just before it would have lost its other half.
        var length = char.IsHighSurrogate(text[limit - 2]) ? limit - 2 : limit - 1;
        return text[..length] + "…";
    }

    /// <summary>The first line that says something.</summary>
    public static string? FirstLine(string? text)
    {
        if (text is null)
            return null;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!line.IsWhiteSpace())
                return line.Trim().ToString();
        }
        return null;
    }
}
