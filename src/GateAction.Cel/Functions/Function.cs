using GateAction.Cel.Values;

namespace GateAction.Cel.Functions;

/// <summary>A function by its name, with all its overloads; the reference page and the checks read them from here.</summary>
/// <param name="IsMember">Called as <c>x.name(…)</c>, else as <c>name(…)</c>.</param>
internal sealed record Function(string Name, bool IsMember, string Description, params Overload[] Overloads)
{
    /// <summary>True if a number that fits no type goes through as it was written.</summary>
    public bool KeepsNumbers { get; init; }

    /// <summary>False if the elements of a list or a map are nothing to it.</summary>
    public bool LooksInside { get; init; } = true;

    /// <summary>What is known of a text that is masked in part; null for a function that tells nothing of it.</summary>
    public OfWithheld? OfWithheld { get; init; }

    /// <summary>What was found, for a function whose arguments do not show it; null for every other.</summary>
    public Func<Frame, Value[], string?>? Explain { get; init; }

    public Overload? Find(ReadOnlySpan<Value> arguments)
    {
        foreach (var overload in Overloads)
        {
            if (overload.Takes(arguments))
                return overload;
        }
        return null;
    }

    /// <summary>As documented: <c>string.charAt(int) → string</c>.</summary>
    public string Signature(Overload overload)
    {
        var parameters = overload.Parameters.Select(Describe).ToList();
        var dots = overload.IsVariadic ? ", …" : "";
        return IsMember
            ? $"{parameters[0]}.{Name}({string.Join(", ", parameters[1..])}{dots}) → {Describe(overload.Result)}"
            : $"{Name}({string.Join(", ", parameters)}{dots}) → {Describe(overload.Result)}";
    }

    private static string Describe(Kinds kinds) => kinds switch
    {
        Kinds.Any => "any",
        Kinds.Null => "null",
        _ => string.Join('|', Enum.GetValues<Kinds>()
            .Where(kind => int.IsPow2((int)kind) && kinds.HasFlag(kind))
            .Select(kind => kind == Kinds.UInt ? "uint" : kind.Word())),
    };
}

internal delegate Value Implementation(Frame frame, ReadOnlySpan<Value> arguments);

/// <summary>One way to call a function.</summary>
/// <param name="Parameters">A member function's first one is what stands before the dot.</param>
/// <param name="IsVariadic">The last parameter may come any number of times, but at least once.</param>
internal sealed record Overload(Kinds[] Parameters, Kinds Result, Implementation Run, bool IsVariadic = false)
{
    public bool Takes(ReadOnlySpan<Value> arguments)
    {
        if (IsVariadic ? arguments.Length < Parameters.Length : arguments.Length != Parameters.Length)
            return false;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (((int)Parameters[Math.Min(i, Parameters.Length - 1)] >> (int)arguments[i].Kind & 1) == 0)
                return false;
        }
        return true;
    }
}

/// <summary>A set of types: what a function takes or gives.</summary>
[Flags]
internal enum Kinds
{
    Null = 1 << ValueKind.Null,
    Bool = 1 << ValueKind.Bool,
    Int = 1 << ValueKind.Int,
    UInt = 1 << ValueKind.UInt,
    Double = 1 << ValueKind.Double,
    String = 1 << ValueKind.String,
    Bytes = 1 << ValueKind.Bytes,
    List = 1 << ValueKind.List,
    Map = 1 << ValueKind.Map,
    Duration = 1 << ValueKind.Duration,
    Timestamp = 1 << ValueKind.Timestamp,
    Type = 1 << ValueKind.Type,
    Number = Int | UInt | Double,
    Any = (1 << ValueKind.Error) - 1,
}

/// <summary>All functions a condition may call. An area is made when a name is not found in those before it: start-up counts.</summary>
internal static class FunctionTable
{
    private static readonly Lazy<IReadOnlyList<Function>>[] Areas =
    [
        new(() => StandardFunctions.All),
        new(() => ConversionFunctions.All),
        new(() => StringFunctions.All),
        new(() => TimeFunctions.All),
        new(() => MathFunctions.All),
        new(() => EncodingFunctions.All),
        new(() => ComparisonFunctions.All),
    ];

    public static IEnumerable<Function> All => Areas.SelectMany(area => area.Value);

    /// <summary>The words before the dot of functions such as <c>math.abs</c>.</summary>
    public static bool IsNamespace(string name) => name is "math" or "strings" or "base64" or "cel";

    public static Function? Find(string name, bool isMember)
    {
        foreach (var area in Areas)
        {
            foreach (var function in area.Value)
            {
                if (function.IsMember == isMember && function.Name == name)
                    return function;
            }
        }
        return null;
    }

    public static IEnumerable<string> Names(bool isMember) =>
        All.Where(function => function.IsMember == isMember).Select(function => function.Name);
}

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

    public static Value? Contains(Frame frame, Overload overload, ReadOnlySpan<Value> values) =>
        Test(frame, overload, values, Withheld.Rest(values[0]).Where(part => part.Length > 0));

    public static Value? Matches(Frame frame, Overload overload, ReadOnlySpan<Value> values) =>
        IsAnchored(values[1].AsString) ? null : Contains(frame, overload, values);

    public static Value? StartsWith(Frame frame, Overload overload, ReadOnlySpan<Value> values) =>
        Test(frame, overload, values, Withheld.Rest(values[0]).Take(1));

    public static Value? EndsWith(Frame frame, Overload overload, ReadOnlySpan<Value> values) =>
        Test(frame, overload, values, Withheld.Rest(values[0]).TakeLast(1));

    private static Value? Test(Frame frame, Overload overload, ReadOnlySpan<Value> values, IEnumerable<string> parts)
    {
        // The empty text is in every text, which says nothing about this one.
        if (values[1].AsString.Length == 0)
            return null;
        foreach (var part in parts)
        {
            var found = overload.Run(frame, [Value.String(part), values[1]]);
            if (found.IsError || found.IsTrue)
                return found;
        }
        return null;
    }

    public static Value? Changed(Frame frame, Overload overload, ReadOnlySpan<Value> values)
    {
        var changed = overload.Run(frame, values);
        return changed.IsError ? changed : Value.Withheld(changed.AsString);
    }

    private static bool IsAnchored(string pattern) =>
        // At the head of a class '^' negates and holds at no place, so it is no anchor there.
        Anchors.Any(anchor => pattern.Replace("[^", "[").Contains(anchor, StringComparison.Ordinal));
}
