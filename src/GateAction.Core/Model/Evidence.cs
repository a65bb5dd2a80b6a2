using System.Text.Json.Serialization;
using GateAction.Cel;
using GateAction.Cel.Values;

namespace GateAction.Core.Model;

/// <summary>What one probe or result set came to.</summary>
public enum Outcome
{
    /// <summary>The facts were measured.</summary>
    Measured,

    /// <summary>The target could not be reached or did not answer: that is itself a measurement, and criteria over it fail.</summary>
    Unreachable,

    /// <summary>Facts were read, but the source is not whole (a truncated result file, a crashed test host): a condition that holds over it
    /// is unknown.</summary>
    Unclean,

    /// <summary>The source of evidence gave nothing to judge by (no data, no permission, no file): criteria over it are
    /// inconclusive.</summary>
    Unknown,
}

/// <summary>
/// One probe's or result set's facts, or why there are none. Nothing in it is secret: values are masked before it is made.
/// </summary>
/// <param name="Kind">The kind's name in the manifest: <c>http</c>, <c>results</c> …</param>
/// <param name="Reason">One sentence, for every outcome but <see cref="Outcome.Measured"/>; for that one, why some facts are missing, or
/// null.</param>
/// <param name="Facts">A map. It may hold the facts that are known even where the outcome is not <see cref="Outcome.Measured"/>.</param>
/// <param name="Caveat">Why criteria over these facts are at best degraded ("answered on attempt 2 of 3"), or null.</param>
/// <param name="Subject">What was measured, for people: the URL, the file pattern.</param>
/// <param name="Samples">Latencies of a soak or poll in order, for the sparkline; null is a sample that failed.</param>
/// <param name="Details">Lines of evidence for people: the failing tests, the first log lines, what a retry saw.</param>
public sealed record Measurement(
    string Kind,
    Outcome Outcome,
    string? Reason,
    [property: JsonPropertyOrder(1)] Value Facts,
    DateTimeOffset StartedAt,
    TimeSpan Duration,
    string? Caveat = null,
    string? Subject = null,
    IReadOnlyList<TimeSpan?>? Samples = null,
    IReadOnlyList<string>? Details = null)
{
    /// <summary>What its kind declares; null for a kind that this version does not know.</summary>
    [JsonIgnore]
    public EvidenceKind? Declared { get; init; }

    /// <summary>What reports show in a form of its own: tests, coverage, lines of a log. Null for what has facts only.</summary>
    [JsonIgnore]
    public Content? Content { get; init; }

    // None and an empty list are one thing in a document, so they are one here.
    public IReadOnlyList<TimeSpan?>? Samples { get; init; } = Samples is { Count: > 0 } ? Samples : null;

    public IReadOnlyList<string>? Details { get; init; } = Details is { Count: > 0 } ? Details : null;

    /// <summary>JSON pointers (RFC 6901) into the facts, to what is masked there; null if nothing is.</summary>
    [JsonPropertyOrder(1)]
    // A reader of JSON sets the parameters of the constructor first, wherever they stand: the marks always find the facts.
    public IReadOnlyList<string>? Withheld { get => WithheldFacts.In(Facts); init => Facts = WithheldFacts.Mark(Facts, value); }

    /// <summary>True if the caveat says that only a part was measured of what was asked for: no <c>flaky: pass</c> takes that back. Null
    /// if it does not.</summary>
    public bool? IsPartial { get; init; }

    /// <summary>Names of facts that are missing because the baseline does not have this measurement.</summary>
    public IReadOnlyList<string> AwaitsBaseline { get; init => field = value ?? []; } = [];

    /// <summary>Of a large answer only what these conditions read was kept; what others would read of it is not known. Null if all was
    /// kept.</summary>
    public IReadOnlyList<string>? KeptFor { get; init; }

    /// <summary>What the samples of a soak differ in; null if they do not, or there is only one.</summary>
    public SoakSpread? Spread { get; init; }
}

/// <summary>What a kind of source says of its evidence.</summary>
/// <param name="Name">As the manifest calls it: <c>http</c>, <c>results</c> …</param>
/// <param name="Facts">An object type; it is what conditions are checked against before anything is measured.</param>
/// <param name="ReadContent">Makes the content of facts that were read from a file; null for a kind that has facts only.</param>
public sealed record EvidenceKind(string Name, FactType Facts, Func<Value, Content>? ReadContent = null);

/// <summary>In what the samples of one measurement differ.</summary>
/// <param name="Differing">The facts that are not the same in every sample.</param>
/// <param name="Observations">The distinct observations, as far as conditions read them.</param>
/// <param name="KeptFor">The conditions that they were kept for; null if the whole was kept.</param>
/// <param name="Unkept">How many samples were too large to be kept among them.</param>
public sealed record SoakSpread(
    IReadOnlyList<FactPart> Differing, IReadOnlyList<SoakObservation> Observations, IReadOnlyList<string>? KeptFor, int Unkept)
{
    /// <summary>True if what is read is not the same in every sample, or was not kept.</summary>
    public bool IsIn(FactUse use) => Touches(use)
        && (Unkept > 0 || Observations.Select(one => ValueJson.Write(use.Project(one.Facts))).Distinct().Count() != 1);

    /// <summary>True if one of the facts that differ is read, if only a part of it that may be the same.</summary>
    public bool Touches(FactUse use) => Differing.Any(part => part.In(use) is not null);
}

/// <summary>A fact, or one entry of a fact that is a map; a document writes <c>status</c>, <c>headers/etag</c>.</summary>
/// <param name="Key">Null for the whole fact.</param>
public sealed record FactPart(string Fact, string? Key = null)
{
    /// <summary>By what a document writes.</summary>
    public static IComparer<FactPart> Order { get; } =
        Comparer<FactPart>.Create((left, right) => string.CompareOrdinal(left.ToString(), right.ToString()));

    /// <summary>Names of facts hold no slash, keys may.</summary>
    public static FactPart Parse(string text) => text.IndexOf('/') is >= 0 and var at ? new(text[..at], text[(at + 1)..]) : new(text);

    public FactUse? In(FactUse use) => Key is null ? use.Under(Fact) : use.Under(Fact, Key);

    public override string ToString() => Key is null ? Fact : $"{Fact}/{Key}";
}

/// <summary>What so many samples have in common.</summary>
/// <param name="Reason">Why some of the facts are missing; null if none is.</param>
public sealed record SoakObservation(int Count, Value Facts, string? Reason)
{
    public Value Facts { get; init; } = Facts.Kind == ValueKind.Map ? Facts : Value.Map();

    /// <inheritdoc cref="Measurement.Withheld"/>
    public IReadOnlyList<string>? Withheld { get => WithheldFacts.In(Facts); init => Facts = WithheldFacts.Mark(Facts, value); }
}

/// <summary>Name and version of a JSON document: <c>gateaction/evidence/1</c>.</summary>
/// <param name="Version">The version that this program writes, and the only one it reads.</param>
internal sealed record DocumentFormat(string Name, int Version)
{
    private const string Prefix = "gateaction";

    /// <summary>The version that a document of this name says of itself; null for another document.</summary>
    public int? VersionIn(string schema) =>
        schema.Split('/') is [Prefix, var name, var text] && name == Name && int.TryParse(text, out var version) && version > 0
        ? version
        : null;

    public override string ToString() => $"{Prefix}/{Name}/{Version}";
}

/// <summary>The workflow run that a document is of. A document of another run, commit or repository says nothing about this one.</summary>
/// <param name="Repository">As <c>owner/name</c>.</param>
/// <param name="Commit">The commit that is judged, in full.</param>
/// <param name="Id">GitHub's number of the run.</param>
/// <param name="Attempt">1 for the first, 2 for its first re-run.</param>
public sealed record RunIdentity(string Repository, string Commit, long Id, int Attempt)
{
    /// <summary>As short as Git shows a commit at least.</summary>
    public const int ShortestCommit = 7;

    /// <summary>True for a commit in full: 40 hex digits.</summary>
    public static bool IsCommit(string text) => text.Length == 40 && text.All(char.IsAsciiHexDigit);

    /// <summary>A commit as people name it; a name that is shorter stays as it is.</summary>
    public static string Short(string commit) => commit.Length > ShortestCommit ? commit[..ShortestCommit] : commit;
}

/// <summary>What was measured in one run of a gate: the document between <c>collect</c> and <c>decide</c>.</summary>
/// <param name="GitHub">The facts of the variable <c>github</c>: a map (<c>sha event ref branch base_ref pull_request actor repository
/// …</c>).</param>
/// <param name="Changed">Paths of the files the pull request changes; null if they are not known.</param>
/// <param name="Measurements">By the name of the probe or result set, in the manifest's order.</param>
/// <param name="Run">The run that measured; null outside a workflow.</param>
public sealed record Evidence(
    string Gate,
    DateTimeOffset StartedAt,
    TimeSpan Duration,
    [property: JsonPropertyName("github")] Value GitHub,
    IReadOnlyList<string>? Changed,
    [property: JsonPropertyOrder(1)] IReadOnlyDictionary<string, Measurement> Measurements,
    RunIdentity? Run = null)
{
    internal static readonly DocumentFormat Format = new("evidence", 1);

    [JsonPropertyOrder(-1)]
    public string Schema { get; } = Format.ToString();

    /// <summary>Names of the manifest's sources that were left out on purpose: by <c>--only</c>, or because nothing that applies reads
    /// them. Null if none was.</summary>
    public IReadOnlyList<string>? Unmeasured { get; init; }

    /// <summary>The environment variables that conditions over these measurements read, by name, as they were where it was
    /// measured.</summary>
    [JsonPropertyName("env")]
    public IReadOnlyDictionary<string, string> Variables { get; init => field = value ?? field; } = new Dictionary<string, string>();

    /// <summary>Those of them that were not set, were empty, or hold a secret: they decide nothing.</summary>
    [JsonPropertyName("env_unset")]
    public IReadOnlyList<string> UnsetVariables { get; init => field = value ?? []; } = [];

    /// <summary>The files that the manifest extended when it was measured, the nearest first.</summary>
    public IReadOnlyList<ExtendedFile> Extends { get; init => field = value ?? []; } = [];

    /// <summary>The commit that is judged; null outside a workflow.</summary>
    [JsonIgnore]
    public string? Commit => Run?.Commit ?? (JudgedEvent.In(GitHub) is { Commit: { Length: > 0 } commit } ? commit : null);

    /// <summary>True if the run looked at all that its manifest names, so that a later run can be compared with it.</summary>
    [JsonIgnore]
    public bool IsWhole => Measurements.Count > 0 && Unmeasured is not { Count: > 0 };
}
