namespace GateAction.Manifests.Extending;

/// <summary>What an extending manifest may do with a field that the extended one could hold.</summary>
internal enum Extending
{
    /// <summary>Each file has its own, and that of the extended one says nothing here.</summary>
    Own,

    /// <summary>What both have holds.</summary>
    Adds,

    /// <summary>It may be set where the extended one leaves it open.</summary>
    Opens,

    /// <summary>It may become more, never less.</summary>
    Raises,

    /// <summary>It may become less, never more.</summary>
    Lowers,

    /// <summary>It holds for the sources of the file itself, over what the extended one says for all.</summary>
    Fills,

    /// <summary>The extended one alone decides it.</summary>
    Never,
}

/// <summary>
/// What an extending manifest may do, field by field: it makes the extended one stricter or leaves it. A field that is missing here fails a
/// test, so that a new one cannot be forgotten; sources are added as a whole, and none of their fields can be changed.
/// </summary>
internal static class ExtendingRules
{
    public static readonly IReadOnlyDictionary<string, Extending> OfManifest = new Dictionary<string, Extending>
    {
        ["version"] = Extending.Own,
        ["name"] = Extending.Own,
        ["extends"] = Extending.Own,
        ["score"] = Extending.Opens,
        ["on-inconclusive"] = Extending.Never,
        ["env"] = Extending.Adds,
        ["secrets"] = Extending.Adds,
        ["target"] = Extending.Opens,
        ["deployment"] = Extending.Opens,
        ["concurrency"] = Extending.Opens,
        ["defaults"] = Extending.Fills,
        ["probes"] = Extending.Adds,
        ["results"] = Extending.Adds,
        ["coverage"] = Extending.Adds,
        ["groups"] = Extending.Adds,
        ["criteria"] = Extending.Adds,
        ["waivers"] = Extending.Adds,
        ["waiver-days"] = Extending.Lowers,
        ["when"] = Extending.Never,
        ["override"] = Extending.Never,
        ["x-*"] = Extending.Own,
    };

    public static readonly IReadOnlyDictionary<string, Extending> OfCriterion = new Dictionary<string, Extending>
    {
        ["title"] = Extending.Never,
        ["group"] = Extending.Never,
        ["weight"] = Extending.Raises,
        ["required"] = Extending.Never,
        ["pass"] = Extending.Never,
        ["and"] = Extending.Adds,
        ["warn"] = Extending.Never,
        ["help"] = Extending.Opens,
        ["when"] = Extending.Never,
        ["baseline"] = Extending.Never,
        ["for-each"] = Extending.Own,
    };

    public static readonly IReadOnlyDictionary<string, Extending> OfGroup = new Dictionary<string, Extending>
    {
        ["title"] = Extending.Opens,
        ["weight"] = Extending.Raises,
        ["for-each"] = Extending.Own,
    };

    /// <summary>Fields of which one sets what another stands for: where the extended manifest has one, none of them is open.</summary>
    public static readonly IReadOnlyList<string> OfTarget = ["target", "deployment"];

    /// <summary>Which fields of a criterion an extending manifest may write, beside <c>off</c>.</summary>
    // A field that nobody knows is let through to the reader, which says what it may have meant.
    public static bool MayChange(string field) => OfCriterion.GetValueOrDefault(field, Extending.Adds) != Extending.Never;
}
