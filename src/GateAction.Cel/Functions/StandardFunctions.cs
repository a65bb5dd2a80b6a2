using GateAction.Cel.Values;

namespace GateAction.Cel.Functions;

/// <summary>The functions of the language itself that are neither conversions nor about time.</summary>
internal static class StandardFunctions
{
    private const Kinds Sized = Kinds.String | Kinds.Bytes | Kinds.List | Kinds.Map;

    public static IReadOnlyList<Function> All =>
    [
        new("size", false, "The number of characters, bytes, elements or entries", new Overload([Sized], Kinds.Int, Size))
            { LooksInside = false },
        new("size", true, "The number of characters, bytes, elements or entries", new Overload([Sized], Kinds.Int, Size))
            { LooksInside = false },
        new("type", false, "The type of a value; compare with 'int', 'string', 'list' …",
            new Overload([Kinds.Any], Kinds.Type, (_, x) => Value.Type(x[0].TypeName)))
            { KeepsNumbers = true, LooksInside = false },
        new("dyn", false, "The value itself, not checked before it is evaluated", new Overload([Kinds.Any], Kinds.Any, (_, x) => x[0]))
            { KeepsNumbers = true, LooksInside = false },
        new("contains", true, "Whether a text stands in the string", Test((s, part) => s.Contains(part, StringComparison.Ordinal)))
            { OfWithheld = WithheldTexts.Contains },
        new("startsWith", true, "Whether the string begins with a text", Test((s, part) => s.StartsWith(part, StringComparison.Ordinal)))
            { OfWithheld = WithheldTexts.StartsWith },
        new("endsWith", true, "Whether the string ends with a text", Test((s, part) => s.EndsWith(part, StringComparison.Ordinal)))
            { OfWithheld = WithheldTexts.EndsWith },
        new("matches", true, "Whether an RE2 pattern matches somewhere in the string",
            new Overload([Kinds.String, Kinds.String], Kinds.Bool, Matches))
            { OfWithheld = WithheldTexts.Matches },
        new("matches", false, "Whether an RE2 pattern matches somewhere in the string",
            new Overload([Kinds.String, Kinds.String], Kinds.Bool, Matches))
            { OfWithheld = WithheldTexts.Matches },
    ];

    private static Overload Test(Func<string, string, bool> holds) => new([Kinds.String, Kinds.String], Kinds.Bool, (frame, x) =>
        frame.Spend(x[0].AsString.Length / 8) ? Value.Bool(holds(x[0].AsString, x[1].AsString)) : Frame.Exhausted);

    private static Value Size(Frame frame, ReadOnlySpan<Value> arguments) => arguments[0] switch
    {
        { Kind: ValueKind.String } text =>
            frame.Spend(text.AsString.Length / 8) ? Value.Int(CodePoints.Count(text.AsString)) : Frame.Exhausted,
        { Kind: ValueKind.Bytes } bytes => Value.Int(bytes.AsBytes.Length),
        { Kind: ValueKind.List } list => Value.Int(list.AsList.Count),
        var map => Value.Int(map.AsMap.Count),
    };

    private static Value Matches(Frame frame, ReadOnlySpan<Value> arguments)
    {
        var (text, pattern) = (arguments[0].AsString, arguments[1].AsString);
        // To make the program costs too, also for a text of one character.
        if (!frame.Spend(100 + pattern.Length))
            return Frame.Exhausted;
        try
        {
            return frame.PatternOf(pattern).IsIn(text, frame.Spend) is { } isIn ? Value.Bool(isIn) : Frame.Exhausted;
        }
        catch (FormatException exception)
        {
            return Value.Error($"the pattern {ValueText.Short(arguments[1])} cannot be used: {exception.Message}");
        }
    }
}
