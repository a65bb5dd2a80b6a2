namespace GateAction.Results.Reading;

/// <summary>Warnings about what the decoding had to replace.</summary>
internal static class Decoded
{
    public static void Report(ResultSource source, DecodingReader text, FileTally tally)
    {
        var line = text.FirstReplaced is { } at ? LineAt(source, at) : 0;
        if (text.Encoding.Warning is { } warning)
            tally.Add(Severity.Warning, warning, 1);
        if (text.IllegalBytes > 0)
            tally.Add(Severity.Warning, $"{Plural(text.IllegalBytes, "byte sequence")} not valid in {text.Encoding.Encoding.WebName}; read as U+FFFD", line);
        if (text.IllegalCharacters > 0)
            tally.Add(Severity.Warning, $"{Plural(text.IllegalCharacters, "control character")} not allowed in this format; read as U+FFFD", line);
    }

    private static int LineAt(ResultSource source, long characters)
    {
        using var text = source.OpenText();
        var buffer = new char[16 * 1024];
        var line = 1;
        for (int read; characters > 0 && (read = text.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, characters)))) > 0; characters -= read)
            line += buffer.AsSpan(0, read).Count('\n');
        return line;
    }

    private static string Plural(int count, string noun) => count == 1 ? $"1 {noun} that is" : $"{count} {noun}s that are";
}
