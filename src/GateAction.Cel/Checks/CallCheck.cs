using GateAction.Cel.Expressions;
using GateAction.Cel.Functions;
using GateAction.Cel.Patterns;
using GateAction.Cel.Values;

namespace GateAction.Cel.Checks;

/// <summary>Whether a call can work: the function is there, takes such arguments, and does not fail on those that are constant.</summary>
internal static class CallCheck
{
    public static string? Problem(Call call, List<Shape> arguments)
    {
        if (call.Function is not { } function)
            return ByOtherName(call.Name) is { } repair
                ? $"there is no function '{call.Name}'; {repair}"
                : EvaluationErrors.UnknownFunction(call.Name, call.IsMember);
        if (!function.Overloads.Any(overload => MayTake(overload, arguments)))
            return $"'{call.Name}' is {string.Join(" or ", function.Overloads.Select(function.Signature))}; here it gets "
                + $"{(arguments.Count == 0 ? "nothing" : string.Join(", ", arguments.Select(argument => argument.Description)))}";
        if (call.Name == "matches" && call.Children[^1] is Literal pattern && PatternProblem(pattern.Value.AsString) is { } problem)
            return $"the pattern {ValueText.Short(pattern.Value)} cannot be used: {problem}";
        // A call of constants ends the same way in every run: if it is an error, it is told before anything is measured.
        return Constants(call) is { } values && function.Find(values)?.Run(NothingMeasured(), values) is { IsError: true } error
            ? error.Text
            : null;
    }

    private static string? ByOtherName(string name) => name switch
    {
        "not" or "NOT" => "write '!(…)'",
        "any" or "some" => "write exists(x, x.ok)",
        "every" => "write all(x, x.ok)",
        "len" or "length" or "count" => "write size(x)",
        "match" or "test" => "write x.matches(\"…\")",
        "equals" or "eq" => "write '=='",
        "includes" or "include" or "has_key" => "write x.contains(\"…\") of a text, \"…\" in x of a list or a map",
        "isEmpty" or "empty" => "write size(x) == 0",
        "abs" or "floor" or "ceil" or "round" or "sqrt" => $"write math.{name}(x)",
        "min" => "write math.least(a, b)",
        "max" => "write math.greatest(a, b)",
        "toLowerCase" or "lower" => "write x.lowerAscii()",
        _ => null,
    };

    /// <summary>The arguments where all are constant; a timestamp may be any, since its functions fail only on what names the time
    /// zone.</summary>
    private static Value[]? Constants(Call call)
    {
        var values = call.Children.Select(argument => (argument as Literal)?.Value).ToArray();
        if (call.IsMember && values.Length == 2 && call.Name.StartsWith("get", StringComparison.Ordinal))
            values[0] = Value.Timestamp(0, 0);
        return values.All(value => value is not null) ? [.. values.Select(value => value!.Value)] : null;
    }

    private static string? PatternProblem(string pattern)
    {
        try
        {
            PatternProgram.Parse(pattern);
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    private static Frame NothingMeasured() => new("", new Scope(new Dictionary<string, Value>()), 0);

    public static Shape Result(Call call, List<Shape> arguments)
    {
        var results = call.Function!.Overloads.Where(overload => MayTake(overload, arguments))
            .Aggregate((Kinds)0, (kinds, overload) => kinds | overload.Result);
        return call.Name == "split" ? new Shape(results, Element: new Shape(Kinds.String)) : new Shape(results);
    }

    private static bool MayTake(Overload overload, List<Shape> arguments)
    {
        var count = overload.Parameters.Length;
        if (overload.IsVariadic ? arguments.Count < count : arguments.Count != count)
            return false;
        return !arguments.Where((argument, i) => !argument.MayBe(overload.Parameters[Math.Min(i, count - 1)])).Any();
    }
}
