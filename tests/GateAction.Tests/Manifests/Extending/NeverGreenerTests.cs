using FsCheck;
using FsCheck.Fluent;
using GateAction.Cel.Values;
using GateAction.Core.Decisions;
using GateAction.Core.Model;
using GateAction.Manifests;
using GateAction.Tests.Documents;
using Outcome = GateAction.Core.Model.Outcome;

namespace GateAction.Tests.Manifests.Extending;

/// <summary>Whatever an extending manifest says, the verdict is never greener than that of the extended one over the same
/// evidence.</summary>
internal sealed class NeverGreenerTests
{
    private const string Probes = "probes: { a: { http: https://example.com }, b: { http: https://example.com } }\n";

    private static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Conditions =
    [
        "a.status < 2", "b.status < 2", "a.status >= 1", "b.status < 2", "a.status < 1", "b.status >= 1", "a.status < 2 && b.status < 3",
        "a.status == b.status", "a.size == 1",
        "a.status <= baseline.a.status", "a.status < 3", "b.status < 3",
    ];

    private static readonly Gen<Measurement> Measurement =
        from status in Gen.Elements(0, 1, 1, 1, 1, 2, 3)
        from outcome in Gen.Frequency((6, Gen.Constant(Outcome.Measured)), (1, Gen.Elements(Enum.GetValues<Outcome>())))
        from caveat in Gen.Frequency((5, Gen.Constant<string?>(null)), (1, Gen.Constant<string?>("answered on attempt 2 of 3")))
        select SampleEvidence.Measured("http", ("status", Value.Int(status)))
        with
        { Outcome = outcome, Caveat = caveat, Reason = outcome == Outcome.Measured ? null : "a reason" };

    private static readonly Gen<string> Criterion =
        from pass in Gen.Elements(Conditions)
        from warn in Gen.Elements("", "", "", ", warn: a.status < 3")
        from required in Gen.Elements("", "", "", ", required: false")
        from weight in Gen.Choose(0, 9)
        from @group in Gen.Elements("", "", ", group: g", ", group: h")
        from baseline in Gen.Elements("", "", ", baseline: optional")
        from when in Gen.Elements("", "", "", ", when: { event: push }")
        select $"{{ pass: {pass}, weight: {weight}{warn}{required}{@group}{baseline}{when} }}";

    private static readonly Gen<string> ChangeOfCriterion =
        from and in Gen.Elements(["", "", "", .. Conditions.Select(condition => $"and: '{condition}'"),
        "and: [a.status < 3, b.status < 3]"])
        from weight in Gen.Elements("", "", "weight: 90")
        select $"{{ {string.Join(", ", new[] { and, weight }.Where(part => part.Length > 0))} }}";

    private static readonly Gen<Extended> Base =
        from criteria in Criterion.NonEmptyListOf()
        from score in Gen.Elements("", "score: { pass: 50% }\n", "score: { pass: 90%, warn: 60% }\n", "score: { pass: 100%, warn: 20% }\n")
        from inconclusive in Gen.Elements("", "", "on-inconclusive: warn\n")
        from waived in Gen.Elements("", "", "waivers: [{ criterion: c0, reason: later, expires: 2026-06-20 }]\n")
        select new Extended([.. criteria.Take(5)], score, $"{inconclusive}{waived}");

    private static readonly Gen<Extending> Change =
        from changes in ChangeOfCriterion.ListOf()
        from criteria in Criterion.ListOf()
        from score in Gen.Elements("", "", "score: { pass: 60% }\n")
        from groups in Gen.Elements("", "groups: { g: { weight: 8 } }\n", "groups: { h: { weight: 8 }, more: {} }\n")
        select new Extending([.. changes], [.. criteria.Take(5)], score, groups);

    private static readonly Arbitrary<(Extended Base, Extending Between, Extending Top, Evidence Evidence, bool HasBaseline)> Cases =
        (from extended in Base
         from between in Change
         from top in Change
         from measurements in Gen.Two(Measurement)
         from github in Gen.Elements("push", "pull_request")
         from hasBaseline in Gen.Elements(true, false)
         select (extended, between, top,
             SampleEvidence.Of(("a", measurements.Item1), ("b", measurements.Item2)) with
             {
                 GitHub = Value.Map([("event", Value.String(github))]),
             },
             hasBaseline)).ToArbitrary();

    [Test]
    public void An_extending_manifest_is_never_greener_than_the_extended_one()
    {
        var (judged, held) = (0, 0);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1500), Prop.ForAll(Cases, one =>
        {
            var low = ("base.yml", one.Base.Text);
            var middle = ("between.yml", one.Between.On(one.Base, "base.yml", "d", one.Base.Score));
            var high = ("gate.yml", one.Top.On(one.Base, "between.yml", "e", $"{one.Base.Score}{one.Between.Score}"));
            ManifestReading[] readings =
                [Manifests.Extending.Extended.Read(low), Manifests.Extending.Extended.Read(middle, low),
                Manifests.Extending.Extended.Read(high, middle, low)];
            if (readings[0].Manifest is null)
                return;
            Assert.That(readings.SelectMany(reading => reading.Problems), Is.Empty, $"{high}\n{middle}\n{low}");
            judged++;
            var green = readings.Select(reading => Green(Decide(reading, one.Evidence, one.HasBaseline))).ToArray();
            if (green[0] is 1 or 2 && green[2] == green[0])
                held++;

            Assert.That(green, Is.Ordered.Descending, $"{high}\n{middle}\n{low}");
        }));

        Assert.That(judged, Is.GreaterThan(500), "most of them are manifests");
        Assert.That(held, Is.GreaterThan(30), "and some stay met");
    }

    /// <summary>A manifest of which nothing applies asks for nothing: by itself it decides nothing, and is extended by what does.</summary>
    private static int Green(Verdict verdict) => verdict.State switch
    {
        VerdictState.Passed => 2,
        VerdictState.Warned => 1,
        _ when verdict.Notes.Any(note => note.Contains("are skipped or waived", StringComparison.Ordinal)) => 2,
        _ => 0,
    };

    private static Verdict Decide(ManifestReading reading, Evidence evidence, bool hasBaseline) =>
        Decision.Decide(reading.Manifest!.Gate, evidence, hasBaseline ? evidence : null, Now);

    private static string Lines(string prefix, IEnumerable<string> values) =>
        string.Concat(values.Index().Select(value => $"  {prefix}{value.Index}: {value.Item}\n"));

    private sealed record Extended(string[] Criteria, string Score, string Rest)
    {
        public string Text => $"version: 1\n{Probes}{Score}{Rest}groups: {{ g: {{ weight: 2 }}, h: {{}} }}\ncriteria:\n"
            + Lines("c", Criteria);
    }

    private sealed record Extending(string[] Changes, string[] Criteria, string Score, string Groups)
    {
        /// <param name="scored">What says already what the score must reach.</param>
        public string On(Extended extended, string file, string prefix, string scored) =>
            $"version: 1\nextends: {file}\n{(scored.Length == 0 ? Score : "")}{Groups}criteria:\n"
            + $"{Lines("c", Changes.Take(extended.Criteria.Length))}{Lines(prefix, Criteria)}  {prefix}: a.status < 4\n";
    }
}
