using System.Text;

namespace GateAction.Surroundings;

/// <summary>
/// One secret value as it may stand in a text: each character as it is or in an escape of its own, so that a spelling that escapes only a
/// part (as <see cref="Uri"/> does) is found too. Case is ignored, because hosts are written in lower case; runs of white space stand for
/// one another, because headers are folded and keys are joined; a line may be broken anywhere, as Base64 is.
/// </summary>
internal sealed class SecretPattern
{
    /// <summary>A text that ends within a secret was cut there. From so many characters on, the rest is taken for the secret's
    /// beginning.</summary>
    private const int ShortestPart = 6;

    /// <summary>Nothing is cut shorter than that without a mark.</summary>
    private const int ShortestCut = 50;

    /// <summary>A mark says that there was more: then less of a beginning is enough.</summary>
    private const int ShortestMarkedPart = 3;

    /// <summary>What an escape is at most: <c>\\u00fc</c>, <c>%25252F</c>.</summary>
    private const int LongestEscape = 11;

    // If a character can be spelled in two ways both are followed. Beyond eight places at once the farthest is kept: rather too much is
    // masked.
    private const int MaxPositions = 8;

    /// <summary>For each character of the value the characters that stand for it; white space is one blank.</summary>
    private readonly Rune[][] _spellings;

    private SecretPattern(string value, bool isBase64)
    {
        var runes = new List<Rune>(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune))
                runes.Add(rune);
            else if (runes.Count == 0 || !Rune.IsWhiteSpace(runes[^1]))
                runes.Add(new Rune(' '));
        }
        _spellings = [.. runes.Select(rune => isBase64 ? Base64Spellings(rune) : Cases(rune))];
    }

    /// <summary>Null if nothing but white space would be left.</summary>
    public static SecretPattern? Of(string value) => value.Trim() is { Length: > 0 } trimmed ? new(trimmed, isBase64: false) : null;

    /// <summary>The characters of a Base64 text, in both alphabets of RFC 4648, upper and lower case told apart.</summary>
    public static SecretPattern OfBase64(string text) => new(text, isBase64: true);

    /// <summary>The characters that a match can begin with.</summary>
    public IEnumerable<char> Starts
    {
        get
        {
            Span<char> units = stackalloc char[2];
            var starts = new HashSet<char> { '%', '\\', '&' };
            foreach (var rune in _spellings[0])
            {
                rune.EncodeToUtf16(units);
                starts.Add(units[0]);
            }
            return starts;
        }
    }

    /// <summary>The end of the longest match that begins at <paramref name="at"/>; -1 if there is none.</summary>
    public int MatchAt(ReadOnlySpan<char> text, int at)
    {
        Span<int> positions = stackalloc int[MaxPositions];
        Span<int> next = stackalloc int[MaxPositions];
        positions[0] = at;
        var count = 1;
        for (var i = 0; i < _spellings.Length; i++)
        {
            var found = 0;
            foreach (var position in positions[..count])
            {
                // The end of a text that is long enough to have been cut, in the middle of a secret.
                if (i >= ShortestPart && position == text.Length && position >= ShortestCut)
                    return text.Length;
                Step(text, position, _spellings[i], i > 0, next, ref found);
            }
            if (found == 0)
                return i >= ShortestMarkedPart ? CutAt(text, positions[..count]) : -1;
            next[..found].CopyTo(positions);
            count = found;
        }
        var end = -1;
        foreach (var position in positions[..count])
            end = Math.Max(end, position);
        return end;
    }

    private static int CutAt(ReadOnlySpan<char> text, ReadOnlySpan<int> positions)
    {
        foreach (var position in positions)
        {
            if (IsCutAt(text, position))
                return position;
        }
        return -1;
    }

    /// <summary>True if a mark stands there, perhaps behind a part of an escape.</summary>
    private static bool IsCutAt(ReadOnlySpan<char> text, int position)
    {
        var rest = text[position..];
        if (rest.IsEmpty)
            return false;
        if (rest[0] is '%' or '\\' or '&')
        {
            var end = 1;
            while (end < rest.Length && end <= LongestEscape && (char.IsAsciiLetterOrDigit(rest[end]) || rest[end] is '#' or '%' or '\\'))
                end++;
            rest = rest[end..];
        }
        return rest.StartsWith("…") || rest.StartsWith("...");
    }

    /// <summary>Adds the places behind each spelling of a character that stands at <paramref name="at"/>.</summary>
    private static void Step(ReadOnlySpan<char> text, int at, Rune[] spellings, bool mayFold, Span<int> next, ref int found)
    {
        if (Rune.IsWhiteSpace(spellings[0]))
        {
            // White space may be folded or, between the lines of a key, left out.
            Add(next, ref found, at);
            while (at < text.Length && SpaceAt(text, at) is > 0 and var length)
                Add(next, ref found, at += length);
            return;
        }
        // Not before the first character, or the line break before a secret would be masked with it.
        if (mayFold)
            at = SkipFold(text, at);
        if (at >= text.Length)
            return;
        foreach (var spelling in spellings)
        {
            if (Literal(text, at, spelling) is > 0 and var literal)
                Add(next, ref found, literal);
            for (var level = 0; text[at] is '%' && level <= TextEscapes.Levels; level++)
            {
                if (TextEscapes.Percent(text, at, spelling, level) is > 0 and var percent)
                    Add(next, ref found, percent);
            }
            if (text[at] is '\\')
                AddBackslashed(text, at, spelling, next, ref found);
            if (text[at] is '&' or '\\' or '%' && TextEscapes.Entity(text, at, spelling) is > 0 and var entity)
                Add(next, ref found, entity);
        }
    }

    private static void AddBackslashed(ReadOnlySpan<char> text, int at, Rune rune, Span<int> next, ref int found)
    {
        var end = at;
        while (end < text.Length && text[end] == '\\')
            end++;
        if (rune.Value == '\\')
        {
            // Escaped once or twice.
            for (var length = 2; length <= 4 && at + length <= end; length += 2)
                Add(next, ref found, at + length);
            if (TextEscapes.Units(text, at, rune) is > 0 and var unit)
                Add(next, ref found, unit);
        }
        else if (TextEscapes.Backslash(text, at, end, rune) is > 0 and var behind)
        {
            Add(next, ref found, behind);
        }
    }

    private static Rune[] Cases(Rune rune) => [.. new[] { rune, Rune.ToLowerInvariant(rune), Rune.ToUpperInvariant(rune) }.Distinct()];

    private static Rune[] Base64Spellings(Rune rune) => rune.Value is '+' or '/' ? [rune, new Rune(rune.Value == '+' ? '-' : '_')] : [rune];

    private static int Literal(ReadOnlySpan<char> text, int at, Rune rune) =>
        rune.IsBmp ? (text[at] == (char)rune.Value ? at + 1 : 0)
        : Rune.DecodeFromUtf16(text[at..], out var there, out var length) == System.Buffers.OperationStatus.Done && there == rune
        ? at + length
        : 0;

    private static int SkipFold(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && text[end] is '\r' or '\n')
            end++;
        if (end == at)
            return at;
        while (end < text.Length && text[end] is ' ' or '\t')
            end++;
        return end;
    }

    private static int SpaceAt(ReadOnlySpan<char> text, int at) => text[at] switch
    {
        '+' => 1,
        var c when char.IsWhiteSpace(c) => 1,
        '%' => Math.Max(TextEscapes.PercentSpace(text, at), TextEscapes.EntitySpace(text, at)),
        '\\' => Math.Max(TextEscapes.BackslashSpace(text, at), TextEscapes.EntitySpace(text, at)),
        '&' => TextEscapes.EntitySpace(text, at),
        _ => 0,
    };

    private static void Add(Span<int> positions, ref int count, int position)
    {
        if (positions[..count].Contains(position))
            return;
        if (count < positions.Length)
            positions[count++] = position;
        else
            positions[^1] = Math.Max(positions[^1], position);
    }
}
