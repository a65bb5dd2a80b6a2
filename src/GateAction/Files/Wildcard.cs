namespace GateAction.Files;

/// <summary><c>*</c> for any characters, <c>?</c> for one; linear in practice, at worst pattern times text.</summary>
internal static class Wildcard
{
    public static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var (at, from) = (0, 0);
        var (star, resume) = (-1, 0);
        while (from < text.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
                (star, resume) = (at++, from);
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == text[from]))
                (at, from) = (at + 1, from + 1);
            else if (star >= 0)
                (at, from) = (star + 1, ++resume);
            else
                return false;
        }
        return pattern[at..].Trim('*').IsEmpty;
    }
}
