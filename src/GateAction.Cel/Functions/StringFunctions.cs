using System.Text;
using GateAction.Cel.Values;

namespace GateAction.Cel.Functions;

/// <summary>The strings extension (cel-go ext/strings); positions count code points from 0.</summary>
internal static class StringFunctions
{
    public static IReadOnlyList<Function> All =>
    [
        new("charAt", true, "The character at a position; empty at the end",
            new Overload([Kinds.String, Kinds.Int], Kinds.String, Bounded(CharAt))),
        new("indexOf", true, "Where a text first stands, from a position on; -1 where it does not",
            new([Kinds.String, Kinds.String], Kinds.Int, Bounded(x => IndexOf(x[0].AsString, x[1].AsString, 0))),
            new([Kinds.String, Kinds.String, Kinds.Int], Kinds.Int, Bounded(x => IndexOf(x[0].AsString, x[1].AsString, x[2].AsInt)))),
        new("lastIndexOf", true, "Where a text last stands, up to a position; -1 where it does not",
            new([Kinds.String, Kinds.String], Kinds.Int,
            Bounded(x => LastIndexOf(x[0].AsString, x[1].AsString, CodePoints.Count(x[0].AsString)))),
            new([Kinds.String, Kinds.String, Kinds.Int], Kinds.Int, Bounded(x => LastIndexOf(x[0].AsString, x[1].AsString, x[2].AsInt)))),
        new("substring", true, "The characters from a position, up to another one",
            new([Kinds.String, Kinds.Int], Kinds.String,
            Bounded(x => Substring(x[0].AsString, x[1].AsInt, CodePoints.Count(x[0].AsString)))),
            new([Kinds.String, Kinds.Int, Kinds.Int], Kinds.String, Bounded(x => Substring(x[0].AsString, x[1].AsInt, x[2].AsInt)))),
        new("join", true, "The strings of a list in one, with a separator between them",
            new([Kinds.List], Kinds.String, (frame, x) => StringLists.Join(frame, x[0].AsList, "")),
            new([Kinds.List, Kinds.String], Kinds.String, (frame, x) => StringLists.Join(frame, x[0].AsList, x[1].AsString))),
        new("split", true, "The parts between a separator, at most so many",
            new([Kinds.String, Kinds.String], Kinds.List, (frame, x) => StringLists.Split(frame, x[0].AsString, x[1].AsString, -1)),
            new([Kinds.String, Kinds.String, Kinds.Int], Kinds.List, (frame, x) =>
            StringLists.Split(frame, x[0].AsString, x[1].AsString, x[2].AsInt))),
        new("replace", true, "With each occurrence of a text replaced, or so many",
            new([Kinds.String, Kinds.String, Kinds.String], Kinds.String, (frame, x) =>
            Replace(frame, x[0].AsString, x[1].AsString, x[2].AsString, -1)),
            new([Kinds.String, Kinds.String, Kinds.String, Kinds.Int], Kinds.String, (frame, x) =>
            Replace(frame, x[0].AsString, x[1].AsString, x[2].AsString, x[3].AsInt))),
        Simple("trim", "Without white space at both ends", text => text.Trim()) with { OfWithheld = WithheldTexts.Changed },
        Simple("lowerAscii", "With A to Z in lower case", text =>
            Map(text, char.IsAsciiLetterUpper, character => (char)(character | 0x20))) with { OfWithheld = WithheldTexts.Changed },
        Simple("upperAscii", "With a to z in upper case", text =>
            Map(text, char.IsAsciiLetterLower, character => (char)(character & ~0x20))) with { OfWithheld = WithheldTexts.Changed },
        Simple("reverse", "Its characters in reverse order", CodePoints.Reverse),
        new("format", true, "A template with %s %d %f %e %x %X %o %b filled from a list",
            new Overload([Kinds.String, Kinds.List], Kinds.String, Formatter.Format)),
        new("strings.quote", false, "In double quotes, with escapes",
            new Overload([Kinds.String], Kinds.String, Bounded(x => Value.String(Quote(x[0].AsString))))),
    ];

    private static Function Simple(string name, string description, Func<string, string> map) =>
        new(name, true, description, new Overload([Kinds.String], Kinds.String, Bounded(x => Value.String(map(x[0].AsString)))));

    private delegate Value OfText(ReadOnlySpan<Value> arguments);

    /// <summary>Costs by the length of the first argument.</summary>
    private static Implementation Bounded(OfText run) =>
        (frame, arguments) => frame.Spend(arguments[0].AsString.Length / 8) ? run(arguments) : Frame.Exhausted;

    private static Value CharAt(ReadOnlySpan<Value> arguments)
    {
        var (text, index) = (arguments[0].AsString, arguments[1].AsInt);
        var count = CodePoints.Count(text);
        if (index < 0 || index > count)
            return OutOfRange(text, index);
        return index == count ? Value.String("") : Substring(text, index, index + 1);
    }

    private static Value IndexOf(string text, string part, long from)
    {
        if (from < 0 || from > CodePoints.Count(text))
            return OutOfRange(text, from);
        var offset = CodePoints.ToOffset(text, (int)from);
        return Value.Int(CodePoints.ToIndex(text, text.IndexOf(part, offset, StringComparison.Ordinal)));
    }

    private static Value LastIndexOf(string text, string part, long upTo)
    {
        if (upTo < 0 || upTo > CodePoints.Count(text))
            return OutOfRange(text, upTo);
        // The position is where the part may begin at last; it may end behind it.
        var end = Math.Min((long)CodePoints.ToOffset(text, (int)upTo) + part.Length, text.Length);
        return Value.Int(CodePoints.ToIndex(text, text.AsSpan(0, (int)end).LastIndexOf(part, StringComparison.Ordinal)));
    }

    private static Value Substring(string text, long start, long end)
    {
        if (start < 0 || start > CodePoints.Count(text))
            return OutOfRange(text, start);
        if (end < start || end > CodePoints.Count(text))
            return end < start ? Value.Error($"a substring cannot end at {end}, before its start {start}") : OutOfRange(text, end);
        return Value.String(text[CodePoints.ToOffset(text, (int)start)..CodePoints.ToOffset(text, (int)end)]);
    }

    private static Value OutOfRange(string text, long index) =>
        Value.Error($"position {index} is outside {ValueText.Short(Value.String(text))}, which has {CodePoints.Count(text)} characters");

    private static Value Replace(Frame frame, string text, string old, string with, long limit)
    {
        var result = new StringBuilder();
        var position = 0;
        while (limit != 0 && position <= text.Length)
        {
            var found = text.IndexOf(old, position, StringComparison.Ordinal);
            if (found < 0)
                break;
            // By what is written, not by what is read: each occurrence may become a longer text.
            if (!frame.Spend(1 + (found - position + with.Length) / 8))
                return Frame.Exhausted;
            result.Append(text, position, found - position).Append(with);
            position = found + old.Length;
            if (old.Length == 0)
                position = CopyOne(text, position, result);
            limit--;
        }
        return Value.String(result.Append(text, Math.Min(position, text.Length), Math.Max(0, text.Length - position)).ToString());
    }

    /// <summary>An empty text is found before every character: copies that character and goes on after it.</summary>
    private static int CopyOne(string text, int position, StringBuilder result)
    {
        if (position >= text.Length)
            return position + 1;
        var width = char.IsHighSurrogate(text[position]) ? 2 : 1;
        result.Append(text, position, width);
        return position + width;
    }

    private static string Map(string text, Func<char, bool> applies, Func<char, char> map) =>
        string.Create(text.Length, text, (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = applies(source[i]) ? map(source[i]) : source[i];
        });

    private static string Quote(string text)
    {
        var result = new StringBuilder("\"", text.Length + 8);
        foreach (var character in text)
        {
            var escape = "\a\b\f\n\r\t\v\\\"".IndexOf(character);
            if (escape < 0)
                result.Append(character);
            else
                result.Append('\\').Append("abfnrtv\\\""[escape]);
        }
        return result.Append('"').ToString();
    }
}

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

/// <summary>From a list to a string and back.</summary>
internal static class StringLists
{
    public static Value Join(Frame frame, IReadOnlyList<Value> items, string separator)
    {
        var result = new StringBuilder();
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].Kind != ValueKind.String)
                return Value.Error($"'join' takes a list of strings; the element at {i} was {ValueText.Short(items[i])}");
            if (!frame.Spend(1 + (separator.Length + items[i].AsString.Length) / 8))
                return Frame.Exhausted;
            result.Append(i > 0 ? separator : "").Append(items[i].AsString);
        }
        return Value.String(result.ToString());
    }

    /// <summary>The last part holds what is left once the limit is reached; a negative limit is none.</summary>
    public static Value Split(Frame frame, string text, string separator, long limit)
    {
        var parts = new List<Value>();
        var position = 0;
        while (limit < 0 || parts.Count < limit - 1)
        {
            var end = separator.Length > 0 ? text.IndexOf(separator, position, StringComparison.Ordinal) : NextCharacter(text, position);
            if (end < 0)
                break;
            if (!frame.Spend(1 + (end - position) / 8))
                return Frame.Exhausted;
            parts.Add(Value.String(text[position..end]));
            position = end + separator.Length;
        }
        if (limit != 0 && (separator.Length > 0 || position < text.Length))
            parts.Add(Value.String(text[position..]));
        return Value.List(parts);
    }

    /// <summary>The end of the character here, or -1 where it is the last one.</summary>
    private static int NextCharacter(string text, int position)
    {
        if (position >= text.Length)
            return -1;
        var end = position + (char.IsHighSurrogate(text[position]) ? 2 : 1);
        return end < text.Length ? end : -1;
    }
}
