namespace GateAction.Results.Reading;

/// <summary>Warnings about what the decoding had to replace.</summary>
internal static class Decoded
{
    public static void Report(DecodingReader text, FileTally tally)
    {
        if (text.Encoding.Warning is { } warning)
            tally.Add(Severity.Warning, warning, 1);
        if (text.IllegalBytes > 0)
            tally.Add(Severity.Warning, $"{Plural(text.IllegalBytes, "byte sequence")} not valid in {text.Encoding.Encoding.WebName}; read as U+FFFD", text.FirstReplacedLine);
        if (text.IllegalCharacters > 0)
            tally.Add(Severity.Warning, $"{Plural(text.IllegalCharacters, "control character")} not allowed in this format; read as U+FFFD", text.FirstReplacedLine);
    }

    private static string Plural(int count, string noun) => count == 1 ? $"1 {noun} that is" : $"{count} {noun}s that are";
}
