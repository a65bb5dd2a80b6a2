using GateAction.Core.Reports;

namespace GateAction.Tests.Reports;

internal sealed class AnnotationsTests
{
    [Test]
    public void What_is_not_met_is_annotated_at_its_line_worst_first()
    {
        var annotations = Annotations.Of(SampleVerdicts.Failing);

        Snapshot.Match(string.Join('\n', annotations.Select(annotation => $"{annotation.Level} {annotation.File}:{annotation.Line}:{annotation.Column} {annotation.Title} | {annotation.Message}")));
    }

    [Test]
    public void A_passed_gate_annotates_nothing() => Assert.That(Annotations.Of(SampleVerdicts.Passing), Is.Empty);
}
