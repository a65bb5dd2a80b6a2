using GateAction.Cel.Values;

namespace GateAction.Cel.Functions;

/// <param name="values">The first one is the text, masked in part.</param>
/// <returns>Null if it is not known.</returns>
internal delegate Value? OfWithheld(Frame frame, Overload overload, ReadOnlySpan<Value> values);

/// <summary>
/// Functions over a text that is masked in part: what stands around the mark stood in the real text too. That something is there can be
/// known, that something is not cannot.
/// </summary>
internal static class WithheldTexts
{
    /// <summary>What else than the characters themselves decides: the ends of the text and of words.</summary>
    private static readonly string[] Anchors = ["^", "$", "\\b", "\\B", "\\A", "\\z", "\\Z", "\\Q"];

    public static OfWithheld Test(string name) => (frame, overload, values) =>
    {
        var rest = Withheld.Rest(values[0]);
        if (rest.Count == 0 || values[1].AsString.Length == 0 || (name == "matches" && IsAnchored(values[1].AsString)))
            return null;
        var looked = name switch { "startsWith" => rest.Take(1), "endsWith" => rest.TakeLast(1), _ => rest.Where(part => part.Length > 0) };
        foreach (var part in looked)
        {
            var found = overload.Run(frame, [Value.String(part), values[1]]);
            if (found.IsError || found.IsTrue)
                return found;
        }
        return null;
    };

    public static Value? Changed(Frame frame, Overload overload, ReadOnlySpan<Value> values)
    {
        var changed = overload.Run(frame, values);
        return changed.IsError ? changed : Value.Withheld(changed.AsString);
    }

    private static bool IsAnchored(string pattern) =>
        Anchors.Any(anchor => pattern.Replace("[^", "[").Contains(anchor, StringComparison.Ordinal));
}
