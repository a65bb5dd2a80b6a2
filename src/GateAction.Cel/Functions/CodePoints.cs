namespace GateAction.Cel.Functions;

/// <summary>A string counted in code points, as CEL counts; most strings have no surrogates and need no translation of offsets.</summary>
internal static class CodePoints
{
    public static int Count(string text)
    {
        var count = text.Length;
        if (!HasSurrogates(text))
            return count;
        foreach (var character in text)
        {
            if (char.IsLowSurrogate(character))
                count--;
        }
        return count;
    }

    /// <summary>The UTF-16 offset of a code point's index, from 0 up to and including the count.</summary>
    public static int ToOffset(string text, int index)
    {
        if (!HasSurrogates(text))
            return index;
        var offset = 0;
        while (index-- > 0)
            offset += char.IsHighSurrogate(text[offset]) ? 2 : 1;
        return offset;
    }

    public static int ToIndex(string text, int offset) => offset < 0 ? -1 : Count(text[..offset]);

    public static string Reverse(string text)
    {
        var result = new char[text.Length];
        var end = text.Length;
        foreach (var rune in text.EnumerateRunes())
        {
            end -= rune.Utf16SequenceLength;
            rune.EncodeToUtf16(result.AsSpan(end));
        }
        return new string(result);
    }

    private static bool HasSurrogates(string text) => text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');
}
