namespace GateAction.Cel.Syntax;

/// <summary>Finds where a string or bytes literal ends: raw, triple-quoted or plain.</summary>
internal static class StringScanner
{
    /// <summary>How many letters (<c>r</c>, <c>b</c>, <c>br</c> in either case) stand before the quote at this place, or -1 where there is
    /// no literal.</summary>
    public static int PrefixLength(string text, int position)
    {
        var quote = position;
        if (quote < text.Length && text[quote] is 'b' or 'B')
            quote++;
        if (quote < text.Length && text[quote] is 'r' or 'R')
            quote++;
        return quote < text.Length && text[quote] is '"' or '\'' ? quote - position : -1;
    }

    public static bool IsRaw(string text, int position, int prefixLength) =>
        prefixLength > 0 && text[position + prefixLength - 1] is 'r' or 'R';

    public static bool IsTriple(string text, int quote) =>
        quote + 2 < text.Length && text[quote + 1] == text[quote] && text[quote + 2] == text[quote];

    public static int End(string text, int start)
    {
        var prefixLength = PrefixLength(text, start);
        var quote = start + prefixLength;
        var isRaw = IsRaw(text, start, prefixLength);
        var isTriple = IsTriple(text, quote);
        for (var i = quote + (isTriple ? 3 : 1); i < text.Length; i++)
        {
            if (text[i] == '\\' && !isRaw)
                i++;
            else if (text[i] == text[quote] && (!isTriple || IsTriple(text, i)))
                return i + (isTriple ? 3 : 1);
            else if (!isTriple && text[i] is '\n' or '\r')
                break;
        }
        throw new SyntaxErrorException(start, 1,
            $"the string that begins here has no closing {(isTriple ? new string(text[quote], 3) : text[quote])}");
    }
}
