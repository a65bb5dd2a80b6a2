using GateAction.Cel.Values;
using GateAction.Core.Documents;
using GateAction.Core.Model;
using GateAction.Core.Reports.Html;
using GateAction.Core.Reports.Machine;
using GateAction.Core.Reports.Markdown;
using GateAction.Tests.Documents;

namespace GateAction.Tests.Reports;

/// <summary>Size, time and memory of the reports, to look at: run by name.</summary>
[Explicit("for measuring, not for checking")]
internal sealed class ReportCosts
{
    [TestCase(1)]
    [TestCase(50)]
    [TestCase(5_000)]
    public void Size_of_the_comment(int failures)
    {
        var verdict = WithFailures(failures);

        TestContext.Out.WriteLine(
            $"{failures} failures: {Section.Bytes(Comment.Render(verdict, SampleVerdicts.Context)):#,0} bytes of comment, "
            + $"{Section.Bytes(JobSummary.Render(verdict, SampleVerdicts.Context)):#,0} of summary");
    }

    [Test]
    public void Time_and_memory_of_all_reports_for_150_000_cases()
    {
        var evidence = SampleEvidence.Of(("unit",
            SampleEvidence.Measured("results",
            ("failures", Value.List([.. Enumerable.Range(0, 150_000)
            .Select(index => Value.Map(("name", Value.String($"suite › case {index}")), ("outcome", Value.String("failed")),
            ("message", Value.String("expected 1, got 2"))))])))));
        var verdict = SampleVerdicts.Failing
            with
        {
            Probes = [SampleVerdicts.Failing.Probes[0]
            with { Details = [.. Enumerable.Range(0, 150_000).Select(index => $"suite › case {index}: expected 1, got 2")] }]
        };
        for (var round = 0; round < 3; round++)
        {
            var allocated = GC.GetTotalAllocatedBytes(true);
            var start = TimeProvider.System.GetTimestamp();
            string[] parts =
            [
                Time("comment", () => Comment.Render(verdict, SampleVerdicts.Context)),
                Time("summary", () => JobSummary.Render(verdict, SampleVerdicts.Context)),
                Time("JUnit", () => CriteriaJUnit.Write(Stream.Null, verdict)),
                Time("SARIF", () => Sarif.Write(Stream.Null, verdict, SampleVerdicts.Context)),
                Time("verdict", () => VerdictJson.Write(Stream.Null, verdict)),
                Time("page", () => HtmlReport.Write(TextWriter.Null, verdict, SampleVerdicts.Context, new HtmlSources(evidence))),
            ];
            TestContext.Out.WriteLine(
                $"{TimeProvider.System.GetElapsedTime(start).TotalMilliseconds:0} ms, {(GC.GetTotalAllocatedBytes(true) - allocated) / 1048576.0:0} "
                + $"MiB allocated: {string.Join(", ", parts)}");
        }
    }

    private static string Time(string name, Action render)
    {
        var start = TimeProvider.System.GetTimestamp();
        render();
        return $"{name} {TimeProvider.System.GetElapsedTime(start).TotalMilliseconds:0.0} ms";
    }

    private static Verdict WithFailures(int failures) => SampleVerdicts.Failing with
    {
        Criteria = [.. SampleVerdicts.Passing.Criteria,
            .. Enumerable.Range(0, failures)
                .Select(index => SampleVerdicts.Criterion($"criterion-{index}", $"Criterion {index}", "testing", CriterionState.Failed,
                $"unit.failed == {index}: was 1"))],
    };
}
