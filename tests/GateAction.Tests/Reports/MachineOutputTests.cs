using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Core.Reports.Machine;
using GateAction.Sources.Results;
using GateAction.Tests.Documents;

namespace GateAction.Tests.Reports;

/// <summary>The verdict for other programs.</summary>
internal sealed class MachineOutputTests
{
    private static readonly Verdict[] Verdicts =
        [SampleVerdicts.Failing, SampleVerdicts.Passing, SampleVerdicts.Warned, SampleVerdicts.Inconclusive];

    [Test]
    public void Criteria_as_JUnit_XML() => Snapshot.Match(Text(stream => CriteriaJUnit.Write(stream, SampleVerdicts.Failing)), "xml");

    [TestCaseSource(nameof(Verdicts))]
    public void JUnit_XML_is_red_exactly_when_the_gate_blocks(Verdict verdict)
    {
        var document = XDocument.Parse(Text(stream => CriteriaJUnit.Write(stream, verdict)));

        var isRed = document.Descendants().Any(element => element.Name.LocalName is "failure" or "error");
        Assert.That(isRed, Is.EqualTo(verdict.State is VerdictState.Failed or VerdictState.Inconclusive));
        foreach (var suite in document.Descendants("testsuite"))
            Assert.That((int)suite.Attribute("failures")!,
                Is.EqualTo(suite.Elements("testcase").Count(one => one.Element("failure") is not null)));
    }

    [Test]
    public async Task JUnit_XML_is_clean_to_our_own_reader()
    {
        var folder = Directory.CreateTempSubdirectory("gate").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "criteria.junit.xml"),
            Text(stream => CriteriaJUnit.Write(stream, SampleVerdicts.Failing)));

        var run = await ResultReader.ReadAsync(folder, [Path.Combine(folder, "criteria.junit.xml")], TestFilter.All, Severity.Error,
            CancellationToken.None);

        Assert.That(run.Files.Single().Problems.Select(problem => problem.Message), Is.Empty);
        Assert.That((run.Counts.Failed, run.Counts.Errors, run.Counts.Skipped, run.Counts.Passed), Is.EqualTo((3, 1, 4, 4)));
    }

    [Test]
    public void What_XML_cannot_hold_is_left_out()
    {
        var hostile = SampleVerdicts.Failing
            with
        {
            Criteria = [.. SampleVerdicts.Failing.Criteria.Select(criterion =>
            criterion with { Title = "a\0\u0001\ud800\uffff]]><b>" })]
        };

        var names = XDocument.Parse(Text(stream => CriteriaJUnit.Write(stream, hostile))).Descendants("testcase")
            .Select(one => one.Attribute("name")!.Value);

        Assert.That(names, Has.Some.EqualTo("a\ufffd]]><b>"));
    }

    [Test]
    public void Findings_as_SARIF() =>
    Snapshot.Match(Text(stream => Sarif.Write(stream, SampleVerdicts.Failing, SampleVerdicts.Context)), "json");

    [Test]
    public void Every_SARIF_result_names_a_rule_and_a_line_of_the_manifest()
    {
        var run = JsonNode.Parse(Text(stream => Sarif.Write(stream, SampleVerdicts.Failing, SampleVerdicts.Context)))!["runs"]![0]!;

        Assert.That(run["results"]!.AsArray(), Is.Not.Empty);
        foreach (var result in run["results"]!.AsArray())
        {
            Assert.That((string)run["tool"]!["driver"]!["rules"]![(int)result!["ruleIndex"]!]!["id"]!,
                Is.EqualTo((string)result["ruleId"]!));
            Assert.That((int)result["locations"]![0]!["physicalLocation"]!["region"]!["startLine"]!, Is.Positive);
        }
    }

    [Test]
    public void Failing_tests_are_SARIF_results_at_their_lines()
    {
        var evidence = SampleEvidence.Of(("golden",
            SampleEvidence.Measured("results", ("failures", Value.List(Enumerable.Range(1, 5_001).Select(line =>
            Value.Map(("name", Value.String($"pays {line}")), ("file", Value.String("src/a b.cs")), ("line", Value.Int(line)),
            ("message", Value.String($"no route {line}"))))
            .ToArray())))));

        var run = JsonNode.Parse(Text(stream =>
            Sarif.Write(stream, SampleVerdicts.Failing, SampleVerdicts.Context, evidence)))!["runs"]![0]!;

        var tests = run["results"]!.AsArray().Where(result => (string)result!["ruleId"]! == "tests/golden").ToList();
        Assert.That(tests, Has.Count.EqualTo(5_000));
        Assert.That((string)run["tool"]!["driver"]!["rules"]![(int)tests[0]!["ruleIndex"]!]!["id"]!, Is.EqualTo("tests/golden"));
        Assert.That(tests[1]!["locations"]![0]!["physicalLocation"]!.ToJsonString(),
            Is.EqualTo("""{"artifactLocation":{"uri":"src/a%20b.cs"},"region":{"startLine":2,"startColumn":1}}"""));
        Assert.That(((string)tests[1]!["level"]!, (string)tests[1]!["message"]!["text"]!), Is.EqualTo(("error", "pays 2: no route 2")));
        Assert.That(tests.Select(result => (string)result!["partialFingerprints"]!["test/v1"]!).Distinct().Count(), Is.EqualTo(5_000));
    }

    [Test]
    public void Failing_tests_that_share_a_message_are_one_SARIF_result()
    {
        string?[] messages = [.. Enumerable.Repeat("no route\nto 10.0.0.1", 7), null, null, "no route at all"];
        var failures = messages.Select((message, index) => Value.Map(("name", Value.String($"t{index}")), ("file", Value.String("a.cs")),
            ("line", Value.Int(index + 1)), ("message", Value.String(message ?? ""))));
        var evidence = SampleEvidence.Of(("golden", SampleEvidence.Measured("results", ("failures", Value.List([.. failures])))));

        var results = JsonNode.Parse(Text(stream =>
            Sarif.Write(stream, SampleVerdicts.Failing, SampleVerdicts.Context, evidence)))!["runs"]![0]!["results"]!.AsArray();

        var tests = results.Where(result => (string)result!["ruleId"]! == "tests/golden").ToList();
        Assert.That(tests.Select(test => (string)test!["message"]!["text"]!), Is.EqualTo(
            ["7 tests: no route (first t0; t1, t2, t3, t4 and 2 more)", "t7: failed", "t8: failed", "t9: no route at all"]));
        Assert.That(
            tests[0]!["relatedLocations"]!.AsArray().Select(place => (string)place!["message"]!["text"]!),
            Is.EqualTo(["t1", "t2", "t3", "t4", "t5", "t6"]));
        Assert.That(tests[0]!["partialFingerprints"]!["message/v1"], Is.Not.Null);
        Assert.That(tests[1]!["relatedLocations"], Is.Null);
    }

    [TestCaseSource(nameof(Verdicts))]
    public void A_badge_fits_its_schema(Verdict verdict)
    {
        Assert.That(SchemaFile.Of("badge.schema.json").Problems(Text(stream => Badge.WriteEndpoint(stream, verdict))), Is.Empty);
        Assert.That(XDocument.Parse(Badge.Svg(verdict)).Root!.Attribute("aria-label")!.Value, Does.StartWith("gate/staging: "));
    }

    [Test]
    public void A_badge_is_a_picture() => Snapshot.Match(Badge.Svg(SampleVerdicts.Failing with { Gate = "a<b>&\"c\"" }), "svg");

    private static string Text(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
