using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Syntax;

namespace GateAction.Sources;

/// <summary>What every kind of probe has in the manifest besides its own fields.</summary>
/// <param name="Timeout">Time that one attempt may take.</param>
/// <param name="Attempts">How often a fault of the network is tried, the first included.</param>
/// <param name="Mask">Paths of facts whose values are secret: <c>json.access_token</c>.</param>
/// <param name="TolerateFlaky">True for <c>flaky: pass</c>: an answer that came only after a retry does not degrade.</param>
internal sealed record ProbeOptions(TimeSpan Timeout, int Attempts, Wait? Wait, IReadOnlyList<string> Mask, bool TolerateFlaky)
{
    public static readonly ProbeOptions Default = new(TimeSpan.FromSeconds(10), 3, null, [], false);

    /// <param name="kind">The kind, whose facts <c>wait.until</c> reads.</param>
    /// <param name="timeout">What a kind that takes longer than an answer of a server has as default.</param>
    public static ProbeOptions Read(Fields fields, SourceKind kind, TimeSpan? timeout = null) => new(
        ReadTimeout(fields, timeout ?? Default.Timeout),
        ReadAttempts(fields),
        fields.Optional("wait", WaitSyntax(kind.Facts), "polls until a condition over the probe's own facts holds, then measures"),
        fields.Optional("mask", Syntaxes.OneOrMany(Syntaxes.Text), [], "paths of facts whose values are secret, such as json.access_token"),
        ReadFlaky(fields));

    /// <summary>These the manifest's <c>defaults</c> have too.</summary>
    public static TimeSpan ReadTimeout(Fields fields, TimeSpan fallback) =>
        fields.Optional("timeout", Span, fallback, "time that one attempt may take, from connecting to the last byte");

    public static int ReadAttempts(Fields fields) => fields.Optional(
        "attempts", Syntaxes.Int(1, 10), Default.Attempts,
        "how often a fault of the network is tried, the first time included; an answer that you do not like is never tried again");

    public static bool ReadFlaky(Fields fields) =>
        fields.Optional("flaky", Syntaxes.EnumOf(("degraded", false), ("pass", true)), false,
        "what an answer that came only after a retry, or with some samples unanswered, is worth");

    private static Syntax<TimeSpan> Span { get; } =
        Syntaxes.Duration.Unless(time => time > TimeSpan.Zero
        ? null
        : "found no time at all, expected a duration such as 500ms, 10s or 1h30m");

    private static Syntax<Wait> WaitSyntax(FactType facts) => Mapping.Of("wait", fields => new Wait(
        fields.Required("until", Syntaxes.ConditionOver(facts.Fields!), "a condition over the probe's own facts: json.ready == true").Value,
        fields.Optional("consecutive", Syntaxes.Int(1, 1000), 1, "how many looks in a row must satisfy it"),
        fields.Optional("every", Span, TimeSpan.FromSeconds(5), "time between two looks"),
        fields.Optional("within", Span, TimeSpan.FromMinutes(5), "time after which the probe gives up")));
}

/// <summary>What is polled for before a probe counts: the condition reads the probe's own facts.</summary>
/// <param name="Consecutive">How many looks in a row must satisfy it.</param>
/// <param name="Within">When it does not hold by then, the probe has no evidence.</param>
internal sealed record Wait(Condition Until, int Consecutive, TimeSpan Every, TimeSpan Within);
