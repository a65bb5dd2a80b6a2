using GateAction.Cel.Functions;
using GateAction.Cel.Values;

namespace GateAction.Cel.Checks;

/// <summary>What is known of a value before anything is measured.</summary>
/// <param name="Kinds">The types it may have.</param>
/// <param name="Fact">What its kind declares for it, where it is a fact.</param>
/// <param name="Element">Of a list's elements or a map's values, where it is known.</param>
/// <param name="Unit">The unit a literal was written with.</param>
internal sealed record Shape(Kinds Kinds, FactType? Fact = null, Shape? Element = null, Unit Unit = Unit.None)
{
    public static readonly Shape Any = new(Kinds.Any);

    public static readonly Shape Bool = new(Kinds.Bool);

    public bool MayBe(Kinds kinds) => (Kinds & kinds) != 0;

    /// <summary>Words for a person: <c>a duration</c>, <c>a ratio from 0 to 1</c>.</summary>
    public string Description => Fact?.Kind switch
    {
        FactKind.Ratio => "a ratio from 0 to 1",
        FactKind.Size => "a number of bytes",
        _ => DescribeKinds(),
    };

    /// <summary>How it becomes true or false, as the end of a sentence.</summary>
    public string Advice => Kinds switch
    {
        Kinds.Duration => "; compare it, as in '< 500ms'",
        Kinds.String => "; compare it, as in '== \"ok\"'",
        Kinds.List or Kinds.Map => "; compare its size(…)",
        Kinds.Timestamp => "; compare it, as in '> now - 1h'",
        _ when Fact?.Kind == FactKind.Ratio => "; compare it, as in '>= 95%'",
        _ => "; compare it, as in '== 200'",
    };

    public static Shape Of(Value value, Unit unit = Unit.None) => new((Kinds)(1 << (int)value.Kind), Unit: unit);

    public static Shape Of(FactType fact) => fact.Kind switch
    {
        FactKind.Bool => new(Kinds.Bool, fact),
        FactKind.Int => new(Kinds.Int, fact),
        // An int too: a number of JSON without a fraction is one.
        FactKind.Number or FactKind.Ratio => new(Kinds.Number, fact),
        FactKind.Size => new(Kinds.Number, fact),
        FactKind.String => new(Kinds.String, fact),
        FactKind.Duration => new(Kinds.Duration, fact),
        FactKind.Timestamp => new(Kinds.Timestamp, fact),
        FactKind.List => new(Kinds.List, fact, fact.Element is null ? null : Of(fact.Element)),
        FactKind.Map => new(Kinds.Map, fact, fact.Element is null ? null : Of(fact.Element)),
        _ => new(Kinds.Any, fact),
    };

    private string DescribeKinds() => Kinds switch
    {
        Kinds.Bool => "true or false",
        Kinds.Int => "an int",
        Kinds.UInt => "a uint",
        Kinds.Double => "a double",
        Kinds.String => "a string",
        Kinds.Bytes => "bytes",
        Kinds.List => "a list",
        Kinds.Map => "a map",
        Kinds.Duration => "a duration",
        Kinds.Timestamp => "a timestamp",
        Kinds.Type => "a type",
        Kinds.Null => "null",
        _ when (Kinds & ~Kinds.Number) == 0 => "a number",
        _ => "a value of another type",
    };
}
