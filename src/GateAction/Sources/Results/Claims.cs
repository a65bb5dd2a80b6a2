using GateAction.Sources.Results.Reading;

namespace GateAction.Sources.Results;

/// <summary>Compares a producer's own figures with the cases.</summary>
internal static class Claims
{
    /// <param name="what">What is counted: <c>tests</c>.</param>
    /// <param name="counted">The accepted figures, the plain count first: some producers count with or without a part.</param>
    public static void Compare(FileTally tally, string where, string what, long? claimed, int line, params ReadOnlySpan<long> counted)
    {
        if (claimed is { } claim && !counted.Contains(claim))
            tally.Add(Severity.Error, $"{where} says {claim} {what}, its cases are {counted[0]}", line);
    }

    /// <summary>A figure as an attribute has it; null where it has none. What is no count (<c>NaN</c>, <c>-1</c>) is an error.</summary>
    public static long? Count(FileTally tally, string where, string what, string? text, int line)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (Numbers.Count(text) is { } count)
            return count;
        tally.Add(Severity.Error, $"{where} says '{Text.Cut(text, 40)}' {what}, which is no count", line);
        return null;
    }

    /// <summary>The same of JSON.</summary>
    public static long? Count(FileTally tally, string where, string what, JsonData value)
    {
        if (value.IsMissing)
            return null;
        if (value.Count is { } count)
            return count;
        tally.Add(Severity.Error, $"{where} says {value.Show()} {what}, which is no count", value.Line);
        return null;
    }
}
