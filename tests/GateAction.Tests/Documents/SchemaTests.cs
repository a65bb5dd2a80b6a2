using GateAction.Cel.Values;
using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.Tests.Reports;

namespace GateAction.Tests.Documents;

internal sealed class SchemaTests
{
    private static readonly Verdict[] Verdicts =
        [SampleVerdicts.Failing, SampleVerdicts.Passing, SampleVerdicts.Warned, SampleVerdicts.Inconclusive,
        SampleVerdicts.Failing with { Score = null, Base = "main", Reason = "r", Run = new("acme/shop", "9b1f6c3", 7, 2) }];

    [TestCaseSource(nameof(Verdicts))]
    public void A_verdict_fits_its_schema(Verdict verdict) =>
    Assert.That(SchemaFile.Of("verdict.schema.json").Problems(VerdictJsonTests.Write(verdict)), Is.Empty);

    [Test]
    public void Evidence_fits_its_schema()
    {
        var evidence = SampleEvidence.Of(
            ("a", SampleEvidence.Measured("http", ("status", Value.Int(200)))
            with
            { Samples = [TimeSpan.FromMilliseconds(1), null], Details = ["x"], Subject = "s", Caveat = "c" }),
            ("b", SampleEvidence.Measured("results") with { Outcome = Outcome.Unclean, Reason = "cut" }));
        using var stream = new MemoryStream();
        EvidenceJson.Write(stream, evidence with
        {
            Changed = ["a"],
            Run = new("acme/shop", "9b1f6c3", 7, 2),
            Variables = new Dictionary<string, string> { ["REGION"] = "eu" },
            UnsetVariables = ["OTHER"],
        });

        Assert.That(SchemaFile.Of("evidence.schema.json").Problems(System.Text.Encoding.UTF8.GetString(stream.ToArray())), Is.Empty);
    }

    [TestCase("""{"schema":"gateaction/evidence/2"}""", "$.schema: Expected")]
    [TestCase("""{"gate":1}""", "$.gate: Value is \"integer\" but should be \"string\"")]
    [TestCase("""{"extra":1}""", "$.extra: All values fail against the false schema")]
    [TestCase("""{"duration":"12"}""", "$.duration: The string value is not a match")]
    [TestCase("{}", "$: Required properties [\"schema\",\"gate\",\"started_at\",\"duration\",\"measurements\"] are not present")]
    public void A_schema_says_what_does_not_fit(string document, string problem) =>
        Assert.That(SchemaFile.Of("evidence.schema.json").Problems(document), Has.Some.StartsWith(problem));
}
