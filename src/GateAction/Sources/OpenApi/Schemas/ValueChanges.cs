using System.Globalization;

namespace GateAction.Sources.OpenApi.Schemas;

/// <summary>What a value itself may be: the values listed, bounds, pattern, format.</summary>
/// <param name="types">The types that are sent and read.</param>
internal sealed class ValueChanges(SchemaChanges changes, SchemaShape sent, SchemaShape read, SchemaPlace at, SchemaTypes types)
{
    private const int ShownValues = 10;

    private static readonly (string Name, SchemaTypes Types)[] Upper =
    [
        ("maximum", SchemaTypes.Number), ("exclusiveMaximum", SchemaTypes.Number), ("maxLength", SchemaTypes.String),
        ("maxItems", SchemaTypes.Array),
        ("maxContains", SchemaTypes.Array), ("maxProperties", SchemaTypes.Object),
    ];

    private static readonly (string Name, SchemaTypes Types)[] Lower =
    [
        ("minimum", SchemaTypes.Number), ("exclusiveMinimum", SchemaTypes.Number), ("minLength", SchemaTypes.String),
        ("minItems", SchemaTypes.Array),
        ("minContains", SchemaTypes.Array), ("minProperties", SchemaTypes.Object),
    ];

    private bool IsRequest => changes.Use == SchemaUse.Request;

    public void Compare()
    {
        var listed = sent.Values ?? Expand();
        CompareValues(listed);
        CompareOpenValues();
        // Bounds that each listed value meets exclude nothing.
        if (listed is not null && listed.All(value => SchemaValue.FitsLimits(value, read)))
            return;
        CompareBounds();
        CompareTexts();
    }

    // True and false are all that a boolean can be.
    private HashSet<string>? Expand() => (types & ~(SchemaTypes.Boolean | SchemaTypes.Null)) != 0 ? null :
    [
        .. types.HasFlag(SchemaTypes.Boolean) ? new[] { "true", "false" } : [],
        .. types.HasFlag(SchemaTypes.Null) ? new[] { "null" } : [],
    ];

    private void CompareValues(HashSet<string>? listed)
    {
        if (read.Values is not { } known)
            return;
        var names = string.Join(", ", known.Take(ShownValues));
        if (listed is null)
        {
            changes.Add(ApiRules.AllValues,
                IsRequest ? $"{at.Subject} now accepts only {names}" : $"{at.Subject} was one of {names} and may now be anything");
            return;
        }
        string[] others = [.. listed.Where(value => (SchemaValue.TypeOf(value) & (at.IsText ? SchemaTypes.Any : types)) != 0
            && !IsIn(known, value))];
        if (others.Length > 0 && others.Length == listed.Count && !IsRequest)
            changes.Add(ApiRules.AllValues,
                $"{at.Subject} was one of {names} and is now one of {string.Join(", ", others.Take(ShownValues))}");
        else
            foreach (var value in others)
                changes.Add(ApiRules.Values, IsRequest ? $"{at.Subject} no longer accepts {value}" : $"{at.Subject} may now be {value}");
    }

    // What a service no longer lists it no longer knows; more of them may come at any time.
    private void CompareOpenValues()
    {
        if (IsRequest && read.OpenValues.Count > 0)
            foreach (var value in sent.OpenValues.Except(read.OpenValues))
                changes.Add(ApiRules.Values, $"{at.Subject} no longer accepts {value}");
    }

    private bool IsIn(HashSet<string> known, string value) =>
        known.Contains(value) || (at.IsText && known.Any(other => SchemaValue.AsText(other) == SchemaValue.AsText(value)));

    private void CompareBounds()
    {
        foreach (var (name, _) in Upper.Where(bound => (bound.Types & types) != 0))
        {
            if (read.UpperBounds.TryGetValue(name, out var bound) && !IsWithin(name, bound, sent.UpperBounds, isUpper: true))
                AddBound(name, bound, Given(sent.UpperBounds, name));
        }
        foreach (var (name, _) in Lower.Where(bound => (bound.Types & types) != 0))
        {
            // Of `contains` that is new the rule of its own speaks.
            if (name == "minContains" && sent.Contains.Count == 0)
                continue;
            if (read.LowerBounds.TryGetValue(name, out var bound) && !IsWithin(name, bound, sent.LowerBounds, isUpper: false))
                AddBound(name, bound, Given(sent.LowerBounds, name));
        }
        if (!types.HasFlag(SchemaTypes.Integer) && !types.HasFlag(SchemaTypes.Fraction))
            return;
        // A multiple of 6 is one of 3; and every integer is one of 1 or 0.5.
        foreach (var multiple in read.Multiples.Where(multiple => multiple > 0 && !sent.Multiples.Any(own => own % multiple == 0)))
        {
            if (types.HasFlag(SchemaTypes.Fraction) || 1 % multiple != 0)
                AddBound("multipleOf", multiple, sent.Multiples is [var own, ..] ? Say(own) : null);
        }
    }

    private static bool IsWithin(string name, decimal bound, Dictionary<string, decimal> own, bool isUpper)
    {
        bool Reaches(decimal value) => isUpper ? value <= bound : value >= bound;
        if (own.TryGetValue(name, out var same))
            return Reaches(same);
        return name switch
        {
            // Nothing has a negative length: at least 0 asks for nothing.
            "minLength" or "minItems" or "minProperties" => bound <= 0,
            "minContains" => bound <= 1,
            "maximum" => own.TryGetValue("exclusiveMaximum", out var below) && Reaches(below),
            "minimum" => own.TryGetValue("exclusiveMinimum", out var above) && Reaches(above),
            "exclusiveMaximum" => own.TryGetValue("maximum", out var most) && most < bound,
            "exclusiveMinimum" => own.TryGetValue("minimum", out var least) && least > bound,
            _ => false,
        };
    }

    private void AddBound(string name, decimal bound, string? own) =>
        changes.Add(ApiRules.Bound,
        IsRequest ? $"{at.Subject}: {name} is now {Say(bound)}" : $"{at.Subject}: {name} was {Say(bound)} and is now {own ?? "not given"}");

    private void CompareTexts()
    {
        if (types.HasFlag(SchemaTypes.String))
        {
            foreach (var pattern in read.Patterns.Except(sent.Patterns))
                changes.Add(ApiRules.Pattern,
                    IsRequest
                    ? $"{at.Subject} must now fit the pattern '{pattern}'"
                    : $"{at.Subject} need not fit the pattern '{pattern}' any more");
            if (IsBase64(sent) && IsBase64(read))
                return;
            if (read.Encoding is { } encoding && encoding != sent.Encoding)
                changes.Add(ApiRules.Encoding, $"{at.Subject} was encoded as {Old(sent.Encoding, encoding) ?? "plain text"} and is now as "
                    + (New(sent.Encoding, encoding) ?? "plain text"));
        }
        if (read.Format is not { } format || SchemaFormats.Holds(format, sent.Format, types))
            return;
        var rule = sent.Format is null && (IsRequest || (types & SchemaTypes.String) == 0) ? ApiRules.FormatSet : ApiRules.Format;
        changes.Add(rule, $"{at.Subject} had {Say(Old(sent.Format, format))} and has now {Say(New(sent.Format, format))}");
    }

    // OpenAPI 3.0 has a format for what JSON Schema has a keyword for.
    private static bool IsBase64(SchemaShape shape) => shape.Format is "byte" || shape.Encoding is "base64";

    private string? Old(string? own, string? other) => IsRequest ? own : other;

    private string? New(string? own, string? other) => IsRequest ? other : own;

    private static string Say(string? format) => format is null or "" ? "no format" : $"the format '{format}'";

    private static string Say(decimal number) => number.ToString("0.#############################", CultureInfo.InvariantCulture);

    private static string? Given(Dictionary<string, decimal> bounds, string name) =>
        bounds.TryGetValue(name, out var bound) ? Say(bound) : null;
}

/// <summary>Which formats hold which others.</summary>
internal static class SchemaFormats
{
    // Hints for people and generators that say nothing of the value.
    private static readonly string[] Hints = ["password", "", "string", "text", "html", "markdown"];

    private static readonly (string Wide, string Narrow)[] Wider =
    [
        ("int64", "int32"), ("double", "float"), ("double", "int32"), ("float", "int32"), ("int32", "int16"),
        ("int64", "int16"), ("int16", "int8"), ("int32", "int8"), ("int64", "int8"), ("iri", "uri"),
        ("uri-reference", "uri"), ("iri-reference", "uri"), ("iri-reference", "uri-reference"), ("iri-reference", "iri"),
        ("idn-email", "email"),
        ("idn-hostname", "hostname"), ("uri", "url"), ("url", "uri"),
    ];

    /// <summary>True where a value of the format <paramref name="narrow"/> is one of the format <paramref name="wide"/>.</summary>
    public static bool Holds(string wide, string? narrow, SchemaTypes types) =>
        wide == narrow || Hints.Contains(wide) || (types & (SchemaTypes.String | SchemaTypes.Number)) == 0
        || Wider.Contains((wide, narrow ?? ""));
}
