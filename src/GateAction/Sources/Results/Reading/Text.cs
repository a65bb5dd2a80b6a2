namespace GateAction.Sources.Results.Reading;

/// <summary>Cutting texts without cutting a surrogate pair.</summary>
internal static class Text
{
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    public static string? Cut(string? text, int limit)
    {
        if (text is null || text.Length <= limit)
            return text;
        var length = char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit;
        return text[..length];
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
