using System.Text;
using GateAction.Cel.Values;

namespace GateAction.Cel.Functions;

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
