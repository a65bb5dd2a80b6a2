using GateAction.Cel.Values;

namespace GateAction.Cel.Functions;

/// <summary>A function by its name, with all its overloads; the reference page and the checks read them from here.</summary>
/// <param name="IsMember">Called as <c>x.name(…)</c>, else as <c>name(…)</c>.</param>
internal sealed record Function(string Name, bool IsMember, string Description, params Overload[] Overloads)
{
    /// <summary>True where a number that fits no type goes through as it was written.</summary>
    public bool KeepsNumbers => Name is "string" or "double" or "type" or "dyn";

    /// <summary>False if the elements of a list or a map are nothing to it.</summary>
    public bool LooksInside => Name is not ("size" or "type" or "dyn");

    /// <summary>What is known of a text that is masked in part; null for a function that tells nothing of it.</summary>
    public OfWithheld? OfWithheld => Name switch
    {
        "contains" or "matches" or "startsWith" or "endsWith" => WithheldTexts.Test(Name),
        "lowerAscii" or "upperAscii" or "trim" => WithheldTexts.Changed,
        _ => null,
    };

    /// <summary>What was found, for a function whose arguments do not show it; null for every other.</summary>
    public Func<Frame, Value[], string?>? Explain => Name switch
    {
        "slower_by" => ComparisonFunctions.ExplainSlower,
        "more_by" => ComparisonFunctions.ExplainMore,
        _ => null,
    };

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
            .Select(kind => kind.ToString().ToLowerInvariant())),
    };
}
