using GateAction.Cel.Values;
using GateAction.Core.Reports.Machine;
using GateAction.Tests.Documents;

namespace GateAction.Tests.Reports;

internal sealed class AnnotationsTests
{
    [Test]
    public void What_is_not_met_is_annotated_at_its_line_worst_first()
    {
        var annotations = Annotations.Of(SampleVerdicts.Failing, null);

        Snapshot.Match(string.Join('\n',
            annotations.Select(annotation =>
            $"{annotation.Level} {annotation.File}:{annotation.Line}:{annotation.Column} {annotation.Title} | {annotation.Message}")));
    }

    [Test]
    public void A_passed_gate_annotates_nothing() => Assert.That(Annotations.Of(SampleVerdicts.Passing, null), Is.Empty);

    [TestCase("golden", AnnotationLevel.Failure)]
    [TestCase("nightly", AnnotationLevel.Notice)]
    public void A_failing_test_is_annotated_at_its_line_as_gravely_as_the_criteria_that_read_it(string set, AnnotationLevel expected)
    {
        var evidence = SampleEvidence.Of((set,
            SampleEvidence.Measured("results",
            ("failures", Value.List([Test("pays", "src/pay.cs", 12), Test("pays", "src/pay.cs", 12), Test("sends", "src/send.cs", 0)])))));

        var annotations = Annotations.Of(SampleVerdicts.Failing, evidence)
            .Where(annotation => annotation.File?.StartsWith("src/", StringComparison.Ordinal) == true);

        Assert.That(annotations,
            Is.EqualTo(new Annotation[]
            { new(expected, "pays failed", "no route", "src/pay.cs", 12), new(expected, "sends failed", "no route", "src/send.cs", 1) }));
    }

    [TestCase("")]
    [TestCase("/etc/passwd")]
    [TestCase("../other/a.cs")]
    [TestCase("src/../../a.cs")]
    [TestCase("C:\\a.cs")]
    [TestCase("src/a\n.cs")]
    public void A_test_outside_of_the_repository_has_no_place(string file)
    {
        var evidence = SampleEvidence.Of(("golden",
            SampleEvidence.Measured("results", ("failures", Value.List([Test("pays", file, 12)])))));

        Assert.That(Annotations.Of(SampleVerdicts.Failing, evidence),
            Has.Count.EqualTo(Annotations.Of(SampleVerdicts.Failing, null).Count));
    }

    private static Value Test(string name, string file, int line) =>
        Value.Map(("name", Value.String(name)), ("file", Value.String(file)), ("line", Value.Int(line)),
        ("message", Value.String("no\nroute")));
}
