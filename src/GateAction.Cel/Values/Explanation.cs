using System.Diagnostics.CodeAnalysis;

namespace GateAction.Cel.Values;

/// <summary>
/// One part of a condition that made its value what it is, as data: a comparison with both sides, the elements that decided, or a sentence
/// where nothing was compared.
/// </summary>
/// <param name="Expression">As it stands in the condition, on one line; empty for an error, which names its own place.</param>
public sealed record Explanation(string Expression)
{
    /// <summary>What was measured; null if nothing was compared.</summary>
    public ComparedValue? Actual { get; init; }

    /// <summary>From the measured side: <c>&lt; &lt;= &gt; &gt;= == != in</c>, "not in", "contains", "does not contain"; null for a fact
    /// that is true or false by itself.</summary>
    public string? Operator { get; init; }

    public ComparedValue? Limit { get; init; }

    /// <summary>What a function looked at.</summary>
    public IReadOnlyList<ComparedValue> Facts { get; init => field = value ?? []; } = [];

    public DecidingElements? Elements { get; init; }

    /// <summary>Where values do not tell it: why there is no value, that a field is absent.</summary>
    public string? Note { get; init; }

    /// <summary>How many further parts are left out behind this one.</summary>
    public int More { get; init; }

    /// <summary>True if this says why there is no value.</summary>
    public bool IsError => Note is not null && Expression.Length == 0;

    /// <summary>What is accepted: <c>&lt; 500ms</c>, <c>anything but 3</c>; null if one fact is not compared with something.</summary>
    public string? Needs => Actual?.Name is null ? null : Accepted;

    /// <summary>As <see cref="Needs"/>, also of what is more than a fact: of <c>size(api.removed)</c>.</summary>
    public string? Accepted => (Operator, Limit) switch
    {
        (null, _) or (_, null) => null,
        ("==", { } limit) => limit.Text,
        ("!=", { } limit) => $"anything but {limit.Text}",
        ("in", { } limit) => $"one of {limit.Text}",
        ("not in", { } limit) => $"none of {limit.Text}",
        var (comparison, limit) => $"{comparison} {limit.Text}",
    };

    /// <summary>The values that decided, without the expression: <c>was 812ms</c>.</summary>
    public string Found => this switch
    {
        { Note: { } note } => note,
        { Elements: { } elements } => elements.ToString(),
        { Actual: { } actual } => $"was {actual}{(Limit is { IsMeasured: true } limit ? $"; {limit.Expression} was {limit}" : "")}",
        _ => string.Join("; ", Facts.Select(fact => fact.Named)),
    };

    /// <summary>As <see cref="Found"/>, inside another expression: <c>o.id was ""</c>.</summary>
    public string Named => this is { Note: null, Elements: null, Actual: { } actual }
        ? $"{actual.Named}{(Limit is { IsMeasured: true } limit ? $"; {limit.Named}" : "")}"
        : Found;

    /// <summary>On one line: <c>backend.latency.p95 &lt; 500ms: was 812ms</c>.</summary>
    public override string ToString() =>
        $"{(Expression.Length == 0 ? "" : $"{Expression}: ")}{Found}{(More > 0 ? $" (and {More} more)" : "")}";
}

/// <summary>An expression and its value.</summary>
/// <param name="Expression">Null for a constant.</param>
/// <param name="Value">Null if it is a list, a map or something else that the text shows only the beginning of.</param>
/// <param name="Text">As people read it, in its unit.</param>
public sealed record ComparedValue(string? Expression, Value? Value, string Text, Unit Unit = Unit.None)
{
    // A document holds a duration and a time as text; the unit tells them apart when it is read.
    public Value? Value { get; } = Value is { } value ? ValueJson.Typed(value, TypeOf(Unit)) : null;

    /// <summary>The name of the fact, <c>p95</c>; null if the expression is more than a fact.</summary>
    public string? Name { get; init; }

    /// <summary>What is counted, if it is a size: of <c>size(api.removed)</c> <c>api.removed</c>; null for everything else.</summary>
    public string? Counted { get; init; }

    /// <summary>The facts that it was computed from.</summary>
    public IReadOnlyList<ComparedValue> Parts { get; init => field = value ?? []; } = [];

    [MemberNotNullWhen(true, nameof(Expression))]
    public bool IsMeasured => Expression is not null;

    /// <summary><c>backend.status was 200</c>.</summary>
    public string Named => $"{Expression} was {this}";

    public override string ToString() => Parts.Count == 0 ? Text : $"{Text} ({string.Join(", ", Parts.Select(part => part.Named))})";

    private static FactType TypeOf(Unit unit) => unit switch
    {
        Unit.Duration => FactType.Duration(""),
        Unit.Timestamp => FactType.Timestamp(""),
        Unit.None or Unit.Size or Unit.Percent => FactType.Any,
    };
}

/// <summary>The elements of a list or a map that decided.</summary>
/// <param name="Claim">What holds of them: <c>not for</c>, <c>holds for none of 4:</c>.</param>
/// <param name="First">The first of them.</param>
/// <param name="Count">How many there are.</param>
public sealed record DecidingElements(string Claim, IReadOnlyList<DecidingElement> First, int Count)
{
    private const int LineLength = 260;

    public override string ToString()
    {
        if (First.Count == 0)
            return Claim;
        var shown = string.Join(", ", First.Select(element => $"[{element.Key}] ({element.Why.Named})"));
        return ValueText.Cut($"{Claim} {shown}{(Count > First.Count ? $" and {Count - First.Count} more" : "")}", LineLength);
    }
}

/// <summary>One element: its key or place, and what of it decided.</summary>
public sealed record DecidingElement(string Key, Explanation Why);
