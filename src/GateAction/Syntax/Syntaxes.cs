using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using GateAction.Cel;
using GateAction.Cel.Values;

namespace GateAction.Syntax;

/// <summary>The values that a manifest is made of.</summary>
internal static class Syntaxes
{
    private static readonly TimeSpan MaxTimer = TimeSpan.FromDays(30);

    /// <summary>Any text but an empty one; a number or true and false stand for their text.</summary>
    public static Syntax<string> Text { get; } = new ScalarSyntax<string>(
        "a text", "", () => new() { ["type"] = new JsonArray("string", "number", "boolean") }, scalar => new(scalar.Text), text => text);

    /// <summary>The core schema of YAML 1.2: yes, no, on and off are texts.</summary>
    public static Syntax<bool> Bool { get; } = new ScalarSyntax<bool>(
        "true or false", false, () => new() { ["type"] = "boolean" }, ParseBool, value => value);

    public static Syntax<double> Number { get; } = NumberFrom(double.MinValue);

    /// <summary>From 0s to 30d: timers of .NET take no more than 49 days.</summary>
    public static Syntax<TimeSpan> Duration { get; } = new ScalarSyntax<TimeSpan>(
        "a duration such as 500ms, 10s or 1h30m",
        TimeSpan.Zero,
        () => new() { ["type"] = "string", ["pattern"] = DurationNotation.Pattern, ["examples"] = new JsonArray("500ms", "10s", "1h30m") },
        scalar => DurationNotation.TryParse(scalar.Text, out var value) ? new(value) : null,
        value => DurationNotation.Format(value),
        RepairDuration)
        .Unless(value => value > MaxTimer
        ? $"found '{DurationNotation.Format(value)}', accepted: at most {DurationNotation.Format(MaxTimer)}"
        : null);

    /// <summary>A count of bytes.</summary>
    public static Syntax<long> Size { get; } = new ScalarSyntax<long>(
        "a size such as 512KiB, 20MB or 1048576",
        0,
        () => new()
        {
            ["type"] = new JsonArray("string", "integer"),
            ["pattern"] = SizeNotation.Pattern,
            ["examples"] = new JsonArray("512KiB", "20MB")
        },
        scalar => SizeNotation.TryParse(scalar.Text, out var value) ? new(value) : null,
        value => SizeNotation.Format(value));

    /// <summary>From 0 to 1, written as a percentage or as a number.</summary>
    public static Syntax<double> Ratio { get; } = new ScalarSyntax<double>(
        "a ratio such as 90% or 0.9",
        0,
        () => new()
        {
            ["type"] = new JsonArray("string", "number"),
            ["pattern"] = @"^[0-9]+(\.[0-9]+)?%?$",
            ["minimum"] = 0,
            ["maximum"] = 1
        },
        ParseRatio,
        value => UnitText.Exactly(Value.Double(value), Unit.Percent));

    public static Syntax<DateOnly> Date { get; } = new ScalarSyntax<DateOnly>(
        "a date such as 2027-03-31",
        DateOnly.MinValue,
        () => new() { ["type"] = "string", ["format"] = "date" },
        scalar => DateOnly.TryParseExact(scalar.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        ? new(date)
        : null,
        date => UnitText.Date(date));

    /// <summary>A name that conditions can use: <c>[a-z][a-z0-9_]*</c>, and no word of the language.</summary>
    public static Syntax<string> Identifier { get; } = new IdentifierSyntax(acceptsDashes: false);

    /// <summary>A name that nothing but the manifest uses: <c>[a-z][a-z0-9_-]*</c>.</summary>
    public static Syntax<string> Id { get; } = new IdentifierSyntax(acceptsDashes: true);

    /// <summary>A text with <c>${NAME}</c> and <c>${probe.fact}</c>.</summary>
    public static Syntax<Template> Template { get; } =
        new TemplateSyntax("a text that may hold ${NAME} and ${probe.fact}", acceptsBareFact: false);

    /// <summary>A template in which a fact may also stand bare, where it is the whole text: <c>since: service.deployed_at</c>.</summary>
    public static Syntax<Template> FactOr(string expectation) => new TemplateSyntax(expectation, acceptsBareFact: true);

    /// <summary>An absolute URL of one of the schemes, or a path below the manifest's <c>target</c>.</summary>
    public static Syntax<Template> Url(params string[] schemes) => new UrlSyntax(schemes, acceptsPath: true);

    /// <summary>An absolute URL of one of the schemes that is known before anything is measured.</summary>
    public static Syntax<Template> FixedUrl(params string[] schemes) => new UrlSyntax(schemes, acceptsPath: false)
        .Unless(url => url.IsConstant ? null : "this is needed before anything is measured, so it cannot hold the fact of a probe");

    /// <summary>A pattern for paths, as <see cref="Core.Model.Glob"/> reads it, and <c>!</c> before one that excludes.</summary>
    public static Syntax<string> Glob { get; } = new ScalarSyntax<string>(
        "a file pattern such as results/**/*.xml", "", () => new() { ["type"] = "string", ["minLength"] = 1 }, scalar =>
        scalar.Text.Length == 0 ? null : new(scalar.Text), text => text)
        .Unless(ObjectToGlob);

    /// <summary>Any YAML as JSON, its texts as templates.</summary>
    public static Syntax<JsonTemplate> Json { get; } = new JsonTemplateSyntax();

    /// <summary>A condition whose names are checked later, against the probes.</summary>
    public static Syntax<Located<Condition>> Condition { get; } = new ConditionSyntax(null);

    /// <summary>A condition over these facts only.</summary>
    public static Syntax<Located<Condition>> ConditionOver(IReadOnlyDictionary<string, FactType> facts) => new ConditionSyntax(facts);

    public static Syntax<int> Int(int minimum = 0, int maximum = int.MaxValue) => new ScalarSyntax<int>(
        maximum == int.MaxValue ? $"a whole number from {minimum}" : $"a whole number from {minimum} to {maximum}",
        minimum,
        () => maximum == int.MaxValue
            ? new() { ["type"] = "integer", ["minimum"] = minimum }
            : new() { ["type"] = "integer", ["minimum"] = minimum, ["maximum"] = maximum },
        // "5" in quotation marks is a text: who writes so may mean something else, and the schema of editors refuses it too.
        scalar => scalar.IsPlain && int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= minimum && value <= maximum ? new(value) : null,
        value => value);

    public static Syntax<double> NumberFrom(double minimum) => new ScalarSyntax<double>(
        minimum == double.MinValue ? "a number" : $"a number from {minimum.ToString(CultureInfo.InvariantCulture)}",
        Math.Max(minimum, 0),
        () => minimum == double.MinValue ? new() { ["type"] = "number" } : new() { ["type"] = "number", ["minimum"] = minimum },
        scalar => scalar.IsPlain && TryParseNumber(scalar.Text, out var value) && value >= minimum ? new(value) : null,
        value => value);

    public static Syntax<T> EnumOf<T>(params IReadOnlyList<(string Name, T Value)> names) => new EnumSyntax<T>(names);

    public static Syntax<IReadOnlyList<T>> ListOf<T>(Syntax<T> item) => new ListSyntax<T>(item, acceptsOne: false, acceptsNone: false);

    public static Syntax<IReadOnlyList<T>> ListOrEmptyOf<T>(Syntax<T> item) =>
        new ListSyntax<T>(item, acceptsOne: false, acceptsNone: true);

    public static Syntax<IReadOnlyList<T>> OneOrMany<T>(Syntax<T> item) => new ListSyntax<T>(item, acceptsOne: true, acceptsNone: false);

    public static Syntax<IReadOnlyList<Entry<T>>> MapOf<T>(Syntax<string> key, Syntax<T> item) =>
        new MapSyntax<T>(key, item, acceptsNone: false);

    /// <summary>The short form where a text is given, the full form otherwise.</summary>
    public static Syntax<T> Either<T>(Syntax<T> shortForm, Syntax<T> fullForm) => new EitherSyntax<T>(shortForm, fullForm);

    private static string? RepairDuration(string text)
    {
        var joined = text.Replace(" ", "", StringComparison.Ordinal);
        if (text.StartsWith('-'))
            return "it cannot be below zero";
        if (text.Length > 0 && text.All(char.IsAsciiDigit))
            return $"write {text}s, or another unit";
        return joined != text && DurationNotation.TryParse(joined, out _) ? $"write {joined}, without the space" : null;
    }

    private static string? ObjectToGlob(string pattern)
    {
        foreach (var (open, close) in (ReadOnlySpan<(char, char)>)[('{', '}'), ('[', ']')])
        {
            if (pattern.LastIndexOf(open) > pattern.LastIndexOf(close))
                return $"in '{pattern}' the '{open}' is never closed; add '{close}'";
        }
        return pattern.EndsWith('/') && !pattern.StartsWith('/')
            ? $"'{pattern}' is a folder; write {pattern}** for all that is in it"
            : Core.Model.Glob.Objection(pattern);
    }

    private static Parsed<bool>? ParseBool(ScalarNode scalar) => !scalar.IsPlain ? null : scalar.Text switch
    {
        "true" or "True" or "TRUE" => new(true),
        "false" or "False" or "FALSE" => new(false),
        _ => null,
    };

    private static Parsed<double>? ParseRatio(ScalarNode scalar)
    {
        var isPercentage = scalar.Text.EndsWith('%');
        if (!TryParseNumber(isPercentage ? scalar.Text[..^1] : scalar.Text, out var number))
            return null;
        var ratio = isPercentage ? number / 100 : number;
        return ratio is >= 0 and <= 1 ? new(ratio) : null;
    }

    private static bool TryParseNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
        CultureInfo.InvariantCulture, out value)
        && double.IsFinite(value);
}

/// <summary>A value written as one text. The parser gives null for what it does not accept.</summary>
/// <param name="repair">How to write what was likely meant, or null.</param>
/// <param name="schema">The JSON Schema, made anew at each call because a node can have but one parent.</param>
internal sealed class ScalarSyntax<T>(
    string expectation,
    T placeholder,
    Func<JsonObject> schema,
    Func<ScalarNode, Parsed<T>?> parse,
    Func<T, JsonNode?>? format = null,
    Func<string, string?>? repair = null) : Syntax<T>
{
    public override string Expect(Func<string, string> ofMapping) => expectation;

    public override T Placeholder => placeholder;

    public override bool TryRead(Node node, Reading reading, [MaybeNull] out T value)
    {
        if (node is not ScalarNode { IsNull: false } scalar)
            return RefuseKind(node, reading, out value);
        if (parse(scalar) is not { } parsed)
            return Refuse(node, reading,
                $"found {node.Found}, expected {Expectation}{(repair?.Invoke(scalar.Text) is { } hint ? $"; {hint}" : "")}", out value);
        value = parsed.Value;
        return true;
    }

    public override JsonNode? Format(T value) => format?.Invoke(value);

    public override JsonObject Schema(SchemaDefinitions definitions) => schema();
}

/// <summary>What a parser accepted; a type of its own because the value may be of any type.</summary>
internal readonly record struct Parsed<T>(T Value);
