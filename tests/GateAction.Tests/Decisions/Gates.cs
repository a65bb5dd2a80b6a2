using GateAction.Cel;
using GateAction.Cel.Values;
using GateAction.Core.Decisions;
using GateAction.Core.Model;
using GateAction.Tests.Documents;

namespace GateAction.Tests.Decisions;

/// <summary>Short ways to write down a gate and what it decides.</summary>
internal static class Gates
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Gate Gate(params Criterion[] criteria) =>
        new("staging", 0.9, 0.75, false, 90,
        [.. criteria.Select(criterion => criterion.GroupId).Distinct().Select(id => new Group(id, id, 1))], criteria, [],
        new HashSet<string>());

    public static Criterion Criterion(string id, string pass, string? warn = null, bool required = true, double weight = 1,
        string group = "") =>
        new(id, id, group, weight, required, Parse(pass), warn is null ? null : Parse(warn), null, null, false, new("gate.yml", 1, 1));

    public static Waiver Waiver(string criterion, string expires) =>
        new(criterion, "known", null, DateOnly.Parse(expires), new("gate.yml", 1, 1));

    public static Condition Parse(string text) =>
        Condition.Parse(text) is { Condition: { } condition } ? condition : throw new ArgumentException(text);

    public static Verdict Decide(this Gate gate, params (string Name, Measurement Measurement)[] measurements) =>
        Decision.Decide(gate, SampleEvidence.Of(measurements), null, Now);

    public static Measurement Answer(int status, double seconds = 0.1) =>
        SampleEvidence.Measured("http", ("status", Value.Int(status)),
        ("latency", Value.Map(("p95", Value.Duration(TimeSpan.FromSeconds(seconds))))));

    public static Measurement Without(Outcome outcome, string reason = "connection refused") =>
        SampleEvidence.Measured("http") with { Outcome = outcome, Reason = reason };

    public static CriterionState State(this Verdict verdict, string id) => verdict.Criteria.Single(criterion => criterion.Id == id).State;
}
