using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Tests.Documents;

namespace GateAction.Tests.Decisions;

internal sealed class ProbeSummaryTests
{
    [TestCase(0, 0, "errors 0, known 5, total 12")]
    [TestCase(3, 1, "errors 3, critical 1, known 5, total 12")]
    public void A_log_shows_its_errors_and_what_is_known(int errors, int critical, string expected)
    {
        var log = SampleEvidence.Measured(
            "log-file",
            ("total", Value.Int(12)),
            ("severity", Value.Map(("critical", Value.Int(critical)), ("error", Value.Int(errors)), ("alert", Value.Int(0)))),
            ("known", Value.Int(5)));

        Assert.That(FiguresOf(log), Is.EqualTo(expected));
    }

    [Test]
    public void A_log_whose_lines_name_no_severity_shows_no_errors() =>
        Assert.That(FiguresOf(SampleEvidence.Measured("log-file", ("total", Value.Int(12)), ("known", Value.Int(0)))),
        Is.EqualTo("known 0, total 12"));

    private static string FiguresOf(Measurement log) =>
        string.Join(", ", Gates.Gate(Gates.Criterion("clean", "logs.total > 0"))
        .Decide(("logs", log)).Probes.Single().Figures.Select(figure => $"{figure.Name} {figure.Text}"));
}
