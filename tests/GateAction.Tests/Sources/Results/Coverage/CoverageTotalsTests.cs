using GateAction.Core.Model;

namespace GateAction.Tests.Sources.Results.Coverage;

/// <summary>What a report counts itself is held against its lines.</summary>
internal sealed class CoverageTotalsTests
{
    private static IEnumerable<TestCaseData> Contradictions =>
    [
        Case("cobertura", "lines-valid=\"3\"", "lines-valid=\"10\"",
            "<coverage> counts 2 of 10 lines as covered, but the report lists 2 of 3 lines as covered: lines are lost, or of several "
            + "files under one name"),
        Case("cobertura", "lines-covered=\"2\"", "lines-covered=\"1\"", "<coverage> counts 1 of 3 lines"),
        Case("cobertura", "line-rate=\"0.667\" lines-valid=\"3\" lines-covered=\"2\"", "line-rate=\"0.3\"",
            "<coverage> says line-rate='0.3', but the report lists 2 of 3 lines"),
        Case("cobertura", "(1/2)", "(3/2)", "line 3: 3 of 2 branches cannot be"),
        Case("clover", "/></file><metrics statements=\"3\"", "/></file><metrics statements=\"8\"",
            "<metrics> of <project> counts 2 of 8 lines"),
        Case("clover", "<metrics statements=\"3\" coveredstatements=\"2\"/></file>",
            "<metrics statements=\"3\" coveredstatements=\"0\"/></file>", "<metrics> of 'src/a' counts 0 of 3 lines"),
        Case("sonarqube", "coveredBranches=\"1\"", "coveredBranches=\"3\"", "line 3: 3 of 2 branches cannot be"),
        Case("opencover", "numSequencePoints=\"3\"", "numSequencePoints=\"30\"", "<Summary> counts 2 of 30 lines"),
        Case("opencover", "uid=\"1\"", "uid=\"2\"", "<SequencePoint> is of file '1', which the module does not have"),
        Case("jacoco", "</group><counter type=\"LINE\" missed=\"1\"", "</group><counter type=\"LINE\" missed=\"7\"",
            "<counter> of <report> counts 2 of 9 lines"),
        Case("jacoco", "<counter type=\"LINE\" missed=\"1\" covered=\"2\"/></sourcefile>",
            "<counter type=\"LINE\" missed=\"0\" covered=\"3\"/></sourcefile>", "<counter> of 'src/a' counts 3 of 3 lines"),
        Case("lcov", "LH:2", "LH:1", "LF and LH of 'src/a' count 1 of 3 lines as covered, but its DA lines are 2 of 3 lines as covered"),
        Case("lcov", "LF:3", "LF:2", "LF and LH of 'src/a' count 2 of 2 lines"),
        Case("lcov", "LF:3", "LF:x", "'x' is no count"),
        Case("llvm-cov", "\"totals\":{\"lines\":{\"count\":3", "\"totals\":{\"lines\":{\"count\":9",
            "'totals' counts 2 of 9 lines as covered, but the files' summaries 2 of 3 lines as covered: files are lost"),
        Case("llvm-cov", "llvm.coverage", "other.coverage", "the file is not of type 'llvm.coverage.json.export'"),
        Case("coverage.py", "\"totals\":{\"covered_lines\":2", "\"totals\":{\"covered_lines\":1", "'totals' counts 1 of 3 lines"),
        Case("coverage.py", "\"summary\":{\"covered_lines\":2", "\"summary\":{\"covered_lines\":1",
            "the summary of 'src/a' counts 1 of 3 lines"),
        Case("istanbul", "\"2\":1}", "\"3\":1}", "statement 2 of 'src/a' has no count"),
    ];

    [TestCaseSource(nameof(Contradictions))]
    public async Task Totals_that_contradict_the_lines_are_not_clean(string report, string reason)
    {
        var measured = await CoverageFolder.MeasureTextAsync(report);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unclean));
        Assert.That(measured.Reason, Does.Contain(reason));
    }

    [Test]
    public async Task A_header_may_count_each_line_as_often_as_it_stands()
    {
        using var folder = new CoverageFolder();

        await folder.Add("a.report", """
            <coverage lines-valid="3" lines-covered="2" line-rate="0.66"><packages><package><classes><class filename="/w/a.cs"><lines>
            <line number="1" hits="1"/><line number="1" hits="1"/><line number="2" hits="0"/></lines></class></classes></package></packages></coverage>
            """).AssertAsync(1, 1, 2);
    }

    [Test]
    public async Task Lines_of_methods_alone_are_read()
    {
        using var folder = new CoverageFolder();

        await folder.Add("a.report", """
            <coverage lines-valid="2" lines-covered="1"><packages><package><classes><class filename="/w/a.cs"><methods><method name="m"><lines>
            <line number="1" hits="1"/><line number="2" hits="0"/></lines></method></methods><lines/></class></classes></package></packages></coverage>
            """).AssertAsync(1, 1, 2);
    }

    [TestCase("SF:/w/a\nLF:50\nLH:0\nend_of_record\n", 0, 50)]
    [TestCase("SF:/w/a\nDA:1,1\nLF:4\nLH:2\nend_of_record\n", 2, 4)]
    [TestCase("SF:/w/a\nDA:0,1\nDA:1,1\nDA:1,1\nLF:1\nLH:1\nend_of_record\n", 1, 1)]
    public async Task Lines_that_are_counted_and_not_named_count(string report, int covered, int lines)
    {
        using var folder = new CoverageFolder();

        await folder.Add("a.report", report).AssertAsync(1, covered, lines);
    }

    [Test]
    public async Task Figures_without_lines_of_two_runs_are_what_the_better_run_covered()
    {
        using var folder = new CoverageFolder();

        await folder.Add("a.report", Summary(30)).Add("b.report", Summary(40)).AssertAsync(1, 40, 50);

        static string Summary(int covered)
        {
            var lines = $"\"lines\":{{\"total\":50,\"covered\":{covered}}}";
            return $"{{\"total\":{{{lines},\"statements\":{{}}}},\"/w/a.js\":{{{lines},\"branches\":{{\"total\":4,\"covered\":2}}}}}}";
        }
    }

    [Test]
    public async Task Lines_of_scripts_that_phpunit_counts_in_the_header_alone_count()
    {
        using var folder = new CoverageFolder();

        await folder.Add("a.report", """
            <coverage line-rate="0.57" lines-covered="4" lines-valid="7" version="0.4"><sources><source>/w/src</source></sources><packages><package><classes><class filename="A.php"><lines>
            <line number="4" hits="1"/><line number="5" hits="1"/><line number="7" hits="0"/></lines></class></classes></package></packages></coverage>
            """).AssertAsync(2, 4, 7);
    }

    [Test]
    public async Task A_module_without_code_does_no_harm_beside_others()
    {
        using var folder = new CoverageFolder();

        await folder.Add("a.report", CoverageSamples.Cobertura)
            .Add("b.report", "<coverage lines-valid='0' lines-covered='0' line-rate='1'><packages/></coverage>").AssertAsync(1, 2, 3);
    }

    private static TestCaseData Case(string format, string text, string otherwise, string reason)
    {
        var sample = CoverageSamples.All.Single(sample => sample.Format == format).Text;
        Assert.That(sample, Does.Contain(text));
        return new TestCaseData(sample.Replace(text, otherwise, StringComparison.Ordinal), reason).SetArgDisplayNames(format, otherwise);
    }
}
