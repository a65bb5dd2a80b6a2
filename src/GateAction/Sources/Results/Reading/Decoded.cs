namespace GateAction.Sources.Results.Reading;

/// <summary>Warnings about what the decoding had to replace.</summary>
internal static class Decoded
{
    public static void Report(ResultSource source, DecodingReader text, FileTally tally)
    {
        var line = text.IllegalBytes + text.IllegalCharacters > 0 ? LineOfFirst(source) : 0;
        if (text.Encoding.Warning is { } warning)
            tally.Add(Severity.Warning, warning, 1);
        if (text.IllegalBytes > 0)
            tally.Add(Severity.Warning,
                $"{Plural(text.IllegalBytes, "byte sequence")} not valid in {text.Encoding.Encoding.WebName}; read as U+FFFD", line);
        if (text.IllegalCharacters > 0)
            tally.Add(Severity.Warning, $"{Plural(text.IllegalCharacters, "control character")} not allowed in this format; read as U+FFFD",
                line);
    }

    private static int LineOfFirst(ResultSource source)
    {
        using var text = source.OpenText();
        var buffer = new char[16 * 1024];
        var (line, before) = (1, 0L);
        for (int read; (read = text.Read(buffer)) > 0; before += read)
        {
            line += buffer.AsSpan(0, (int)Math.Min(read, (text.FirstReplaced ?? long.MaxValue) - before)).Count('\n');
            if (text.FirstReplaced is not null)
                break;
        }
        return line;
    }

    private static string Plural(int count, string noun) => count == 1 ? $"1 {noun} that is" : $"{count} {noun}s that are";
}
