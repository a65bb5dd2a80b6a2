namespace GateAction.Sources.Results.Coverage;

/// <summary>How often a line ran, as reports write it.</summary>
internal static class HitCount
{
    /// <summary>
    /// True for a whole number over 0, however long: producers count past 64 bits. Null for what is none: a damaged count, or one below 0
    /// that overflowed, tells nothing about the line.
    /// </summary>
    public static bool? IsHit(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty || text.ContainsAnyExceptInRange('0', '9'))
            return null;
        return text.ContainsAnyExcept('0');
    }
}
