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
}
