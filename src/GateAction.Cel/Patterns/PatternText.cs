using System.Globalization;
using System.Text;

namespace GateAction.Cel.Patterns;

/// <summary>A pattern and how far it is read.</summary>
internal sealed class PatternText(string text)
{
    private int _at;

    public bool IsAtEnd => _at >= text.Length;

    /// <summary>The character to read next; zero at the end.</summary>
    public char Peek => _at < text.Length ? text[_at] : '\0';

    /// <summary>The one after it.</summary>
    public char Next => _at + 1 < text.Length ? text[_at + 1] : '\0';

    public bool HasNext => _at + 1 < text.Length;

    public void Advance(int count = 1) => _at += count;

    public bool StartsWith(string part) => text.AsSpan(Math.Min(_at, text.Length)).StartsWith(part);

    public bool Skip(char character)
    {
        if (IsAtEnd || text[_at] != character)
            return false;
        _at++;
        return true;
    }

    public bool Skip(string part)
    {
        if (!StartsWith(part))
            return false;
        _at += part.Length;
        return true;
    }

    /// <summary>A whole character, also of two code units.</summary>
    public int ReadRune()
    {
        Rune.DecodeFromUtf16(text.AsSpan(_at), out var rune, out var length);
        _at += length;
        return rune.Value;
    }

    /// <summary>So many characters, or fewer at the end.</summary>
    public string Take(int count)
    {
        var from = Math.Min(_at, text.Length);
        _at = from + Math.Min(count, text.Length - from);
        return text[from.._at];
    }

    /// <summary>What stands before the sign, which is read too; null if it is missing.</summary>
    public string? ReadThrough(string end)
    {
        var from = Math.Min(_at, text.Length);
        var to = text.IndexOf(end, from, StringComparison.Ordinal);
        if (to < 0)
            return null;
        _at = to + end.Length;
        return text[from..to];
    }

    /// <summary>All that is left.</summary>
    public string ReadRest() => Take(text.Length);

    /// <summary>What <c>{2}</c>, <c>{2,}</c> or <c>{2,3}</c> says, without reading it; length 0 for anything else.</summary>
    public (int Least, int? Most, int Length) Braces()
    {
        var end = text.IndexOf('}', _at);
        var parts = end < 0 ? [] : text[(_at + 1)..end].Split(',');
        if (parts.Length is 0 or > 2 || !TryNumber(parts[0], out var least))
            return default;
        if (parts.Length == 1)
            return (least, least, end - _at + 1);
        if (parts[1].Length == 0)
            return (least, null, end - _at + 1);
        return TryNumber(parts[1], out var most) ? (least, most, end - _at + 1) : default;
    }

    // Too large a number is one past every limit.
    private static bool TryNumber(string digits, out int number)
    {
        number = int.MaxValue;
        if (digits.Length == 0 || digits.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return false;
        if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            number = value;
        return true;
    }
}
