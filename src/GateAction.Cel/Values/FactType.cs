namespace GateAction.Cel.Values;

public enum FactKind
{
    Dynamic,
    Bool,
    Int,
    Number,
    Ratio,
    Size,
    String,
    Duration,
    Timestamp,
    List,
    Map,
}

/// <summary>
/// The type a kind declares for one of its facts. <see cref="FactKind.Ratio"/> is a number from 0 to 1, <see cref="FactKind.Size"/> a count
/// of bytes, <see cref="FactKind.Dynamic"/> whatever a server or a file answered (never checked before it is read).
/// </summary>
/// <param name="Fields">The named fields of a map; null for a map with open keys, whose values are of <paramref name="Element"/>.</param>
/// <param name="Element">The type of a list's elements or of an open map's values.</param>
public sealed record FactType(
    FactKind Kind,
    string Description,
    IReadOnlyDictionary<string, FactType>? Fields = null,
    FactType? Element = null)
{
    /// <summary>How reports show it as a figure; null if they do not.</summary>
    public FigureRule? Figure { get; init; }

    /// <summary>The fact beside it that holds the lines it was counted from, under the same keys; null if there is none.</summary>
    public string? CountedFrom { get; init; }

    /// <summary>True for a fact of tests that tells of those that broke too, and not only of those that failed.</summary>
    public bool TellsErrors { get; init; }

    public static readonly FactType Any = new(FactKind.Dynamic, "");

    public static FactType Dynamic(string description) => new(FactKind.Dynamic, description);

    public static FactType Bool(string description) => new(FactKind.Bool, description);

    public static FactType Int(string description) => new(FactKind.Int, description);

    public static FactType Number(string description) => new(FactKind.Number, description);

    public static FactType Ratio(string description) => new(FactKind.Ratio, description);

    public static FactType Size(string description) => new(FactKind.Size, description);

    public static FactType String(string description) => new(FactKind.String, description);

    public static FactType Duration(string description) => new(FactKind.Duration, description);

    public static FactType Timestamp(string description) => new(FactKind.Timestamp, description);

    public static FactType List(string description, FactType element) => new(FactKind.List, description, Element: element);

    public static FactType Map(string description, FactType element) => new(FactKind.Map, description, Element: element);

    public static FactType Object(string description, params (string Name, FactType Type)[] fields)
    {
        var types = new Dictionary<string, FactType>(fields.Length);
        foreach (var (name, type) in fields)
            types.Add(name, type);
        return new(FactKind.Map, description, types);
    }
}

/// <summary>How reports show a fact among the figures of its measurement.</summary>
/// <param name="Name">What they call it.</param>
/// <param name="OfOne">What they call it if there was one sample, all of whose percentiles are the same; null leaves it out then.</param>
/// <param name="HidesZero">True for what is worth a figure only if there is any.</param>
/// <param name="IsLast">True for what stands behind the other figures, such as a total.</param>
public sealed record FigureRule(string Name, string? OfOne = FigureRule.Same, bool HidesZero = false, bool IsLast = false)
{
    /// <summary>Called as with several samples.</summary>
    public const string Same = "";
}
