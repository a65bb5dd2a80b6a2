using System.Text;
using GateAction.Cel.Values;
using GateAction.Core.Documents;
using GateAction.Core.Model;

namespace GateAction.Tests.Documents;

internal sealed class EvidenceJsonTests
{
    private static readonly FactType Facts = FactType.Object(
        "",
        ("status", FactType.Int("")),
        ("ratio", FactType.Ratio("")),
        ("json", FactType.Dynamic("")),
        ("deployed_at", FactType.Timestamp("")),
        ("latency", FactType.Object("", ("p95", FactType.Duration("")))));

    [Test]
    public void What_was_written_is_read_back_with_its_types()
    {
        var evidence = SampleEvidence.Of(
            ("backend", SampleEvidence.Measured("http",
                ("status", Value.Int(200)),
                ("ratio", Value.Double(1)),
                ("json", Value.Map(("uptime", Value.String("5s")), ("nested", Value.List(["a", "\u202e@octocat"])))),
                ("deployed_at", Value.Timestamp(new DateTimeOffset(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero))),
                ("latency", Value.Map(("p95", Value.Duration(TimeSpan.FromMilliseconds(812))))))
                with
            {
                Samples = [TimeSpan.FromMilliseconds(155), null],
                Details = ["one", "two"],
                Caveat = "answered on attempt 2 of 3",
                Subject = "https://staging.example.com"
            }),
            ("ws", SampleEvidence.Measured("results")
            with
            { Outcome = Outcome.Unknown, Reason = "no file matches", AwaitsBaseline = ["vanished"] }))
            with
        { Changed = ["src/a.cs"], Run = new("acme/shop", "9b1f6c3", 7_000_000_000, 2) };

        var read = Read(Write(evidence));

        Assert.That(Write(read), Is.EqualTo(Write(evidence)));
        var backend = read.Measurements["backend"].Facts.AsMap;
        Assert.That(At(backend, "latency", "p95").Kind, Is.EqualTo(ValueKind.Duration));
        Assert.That(At(backend, "deployed_at").Kind, Is.EqualTo(ValueKind.Timestamp));
        Assert.That(At(backend, "json", "uptime").Kind, Is.EqualTo(ValueKind.String));
        Assert.That(read.Measurements["ws"].Outcome, Is.EqualTo(Outcome.Unknown));
        Assert.That(read.Measurements["ws"].AwaitsBaseline, Is.EqualTo(new[] { "vanished" }));
        Assert.That(read.Run, Is.EqualTo(evidence.Run));
        Assert.That(read.Measurements.Keys, Is.EqualTo(new[] { "backend", "ws" }));
    }

    [Test]
    public void What_is_masked_is_still_known_to_be_so_when_it_is_read_back()
    {
        var masked = Value.Withheld("***");
        var facts = Value.Map(
            ("json", Value.Map(
                ("a/b~c", masked),
                ("stars", Value.String("***")),
                ("users", Value.List([Value.Map(("token", masked), ("name", Value.String("smoke"))), Value.String("plain")])),
                ("map", Value.Map(new ValueMap([KeyValuePair.Create(masked, masked),
                KeyValuePair.Create(Value.String("x"), Value.Int(1))]))))),
            ("ratio", masked));
        var spread = new SoakSpread([new("json")], [new(2, facts, null)], null, 0);
        var evidence = SampleEvidence.Of(("login", SampleEvidence.Measured("http") with { Facts = facts, Spread = spread }));

        var read = Read(Write(evidence));

        Assert.That(Write(read), Is.EqualTo(Write(evidence)).And.Contains("/json/a~1b~0c"));
        foreach (var json in new[]
            { read.Measurements["login"].Facts, read.Measurements["login"].Spread!.Observations[0].Facts }.Select(found =>
            At(found.AsMap, "json").AsMap))
        {
            Assert.That(At(json, "a/b~c").IsWithheld, Is.True);
            Assert.That(At(json, "stars").IsWithheld, Is.False);
            Assert.That(At(json, "users").AsList[0].AsMap.Entries.Select(entry => entry.Value.IsWithheld), Is.EqualTo([true, false]));
            Assert.That(At(json, "map").AsMap.HasWithheldKeys, Is.True);
            Assert.That(At(json, "map", "x").AsInt, Is.EqualTo(1));
        }
    }

    [Test]
    public void The_document_is_readable_and_versioned() => Snapshot.Match(
        Write(SampleEvidence.Of(("backend",
        SampleEvidence.Measured("http", ("status", Value.Int(200)),
        ("latency", Value.Map(("p95", Value.Duration(TimeSpan.FromMilliseconds(812)))))))) with
        { Changed = [] }),
        "json");

    [TestCase("", "e.json is not whole JSON (line 1): it was cut off, or it is no evidence document of gate")]
    [TestCase("{\"schema\":\"gateaction/evidence/1\",\"gate\":",
        "e.json is not whole JSON (line 1): it was cut off, or it is no evidence document of gate")]
    [TestCase("[]", "e.json: the document is [] where an object is accepted")]
    [TestCase("{}", "e.json has no field 'schema': it is no evidence document of gate (expected 'gateaction/evidence/1')")]
    [TestCase("""{"schema":"gateaction/verdict/1"}""",
        "e.json is of schema 'gateaction/verdict/1'; 'gateaction/evidence/1' is accepted here: a verdict is a report and decides nothing, "
        + "name the evidence it came of")]
    [TestCase("""{"schema":"gateaction/evidence/2"}""",
        "e.json is of schema 'gateaction/evidence/2', which is newer than this gate reads ('gateaction/evidence/1'): use the gate version "
        + "that wrote it, or a newer one")]
    [TestCase("""{"schema":"gateaction/evidence/1"}""", "e.json: 'gate' is missing")]
    [TestCase("""{"schema":"gateaction/evidence/1","measurements":{"a":{"kind":"http","outcome":"fine"}}}""",
        "e.json: 'measurements.a.outcome' is \"fine\" where one of 'measured', 'unreachable', 'unclean', 'unknown' is accepted")]
    [TestCase(
        """{"schema":"gateaction/evidence/1","measurements":{"a":{"kind":"http","outcome":"measured","started_at":"2026-03-01T12:00:00Z","duration":12}}}""", "e.json: 'measurements.a.duration' is 12 where a duration such as '0.812s' is accepted")]
    [TestCase(
        """{"schema":"gateaction/evidence/1","measurements":{"a":{"kind":"http","outcome":"measured","started_at":"2026-03-01T12:00:00Z","duration":"1s","facts":3}}}""", "e.json: 'measurements.a.facts' is 3 where an object is accepted")]
    public void A_file_that_is_no_evidence_gets_one_sentence(string text, string message) =>
        Assert.That(() => Read(text),
        Throws.TypeOf<GateException>().With.Message.EqualTo(message).And.Property("ExitCode").EqualTo(ExitCode.BadInput));

    [Test]
    public void A_lone_surrogate_in_a_file_is_no_crash()
    {
        var text = Write(SampleEvidence.Of(("a", SampleEvidence.Measured("http") with { Reason = "REASON" })))
            .Replace("REASON", "\\ud800x", StringComparison.Ordinal);

        Assert.That(Read(text).Measurements["a"].Reason, Is.EqualTo("\\ud800x"));
    }

    [Test]
    public void Facts_nested_deep_are_written_and_read()
    {
        var deep = Enumerable.Range(0, 100).Aggregate(Value.Int(1), (value, _) => Value.List([value]));

        var text = Write(SampleEvidence.Of(("a", SampleEvidence.Measured("http", ("json", deep)))));

        Assert.That(Write(Read(text)), Is.EqualTo(text));
    }

    private static Value At(ValueMap map, params string[] path) =>
        path.Skip(1).Aggregate(map.TryGet(path[0], out var first) ? first : default, (value, step) => value.AsMap.TryGet(step, out var next)
        ? next
        : default);

    private static string Write(Evidence evidence)
    {
        using var stream = new MemoryStream();
        EvidenceJson.Write(stream, evidence);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static Evidence Read(string text) =>
        EvidenceJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "e.json", kind => kind == "http" ? new(kind, Facts) : null);
}
