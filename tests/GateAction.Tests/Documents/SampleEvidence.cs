using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources;

namespace GateAction.Tests.Documents;

/// <summary>Evidence of one imagined run.</summary>
internal static class SampleEvidence
{
    public static readonly DateTimeOffset StartedAt = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Evidence Of(params (string Name, Measurement Measurement)[] measurements) => new(
        "staging",
        StartedAt,
        TimeSpan.FromSeconds(12.4),
        Value.Map(("sha", Value.String("9b1f6c3")), ("event", Value.String("pull_request")), ("branch", Value.String("feature/x")),
        ("base_ref", Value.String("main"))),
        null,
        new OrderedDictionary<string, Measurement>(measurements.Select(entry => KeyValuePair.Create(entry.Name, entry.Measurement)),
        StringComparer.Ordinal));

    public static Measurement Measured(string kind, params (string Name, Value Value)[] facts) =>
        Declared(new(kind, Outcome.Measured, null, Value.Map(facts), StartedAt, TimeSpan.FromMilliseconds(812)));

    /// <summary>As it is when it is measured, or read from a file: with what its kind declares.</summary>
    public static Measurement Declared(Measurement measurement)
    {
        var kind = SourceKinds.EvidenceOf(measurement.Kind);
        return measurement with { Declared = kind, Content = kind?.ReadContent?.Invoke(measurement.Facts) };
    }
}
