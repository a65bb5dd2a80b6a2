namespace GateAction.Cel.Syntax;

/// <summary>Finds where a number ends, and whether a unit makes it a quantity.</summary>
internal static class NumberScanner
{
    public static TokenKind Scan(string text, ref int position)
    {
        var kind = IsHex(text, position) ? ScanHex(text, ref position) : ScanDecimal(text, ref position);
        var unitStart = position;
        var wordEnd = unitStart;
        while (char.IsLetterOrDigit(At(text, wordEnd)) || At(text, wordEnd) == '_')
            wordEnd++;
        switch (text.AsSpan(unitStart, wordEnd - unitStart))
        {
            // '1in [1]' and '1uin [1]' are CEL: 'in' needs no blank before it.
            case "" or "in":
                return kind;
            case "u" or "U" or "uin" or "Uin" when kind == TokenKind.Int:
                position++;
                return TokenKind.UInt;
            default:
                position = Quantity.End(text, unitStart);
                return TokenKind.Quantity;
        }
    }

    private static bool IsHex(string text, int position) =>
        text[position] == '0' && At(text, position + 1) == 'x' && char.IsAsciiHexDigit(At(text, position + 2));

    private static TokenKind ScanHex(string text, ref int position)
    {
        position += 2;
        while (char.IsAsciiHexDigit(At(text, position)))
            position++;
        return TokenKind.Int;
    }

    private static TokenKind ScanDecimal(string text, ref int position)
    {
        var kind = TokenKind.Int;
        SkipDigits(text, ref position);
        if (At(text, position) == '.' && char.IsAsciiDigit(At(text, position + 1)))
        {
            kind = TokenKind.Double;
            position++;
            SkipDigits(text, ref position);
        }
        if (At(text, position) is not ('e' or 'E'))
            return kind;
        var digits = At(text, position + 1) is '+' or '-' ? position + 2 : position + 1;
        if (!char.IsAsciiDigit(At(text, digits)))
            return kind;
        position = digits;
        SkipDigits(text, ref position);
        return TokenKind.Double;
    }

    private static void SkipDigits(string text, ref int position)
    {
        while (char.IsAsciiDigit(At(text, position)))
            position++;
    }

    private static char At(string text, int position) => position < text.Length ? text[position] : '\0';
}
