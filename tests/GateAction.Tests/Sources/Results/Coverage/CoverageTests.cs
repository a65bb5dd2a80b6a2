using System.Text.RegularExpressions;
using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources.Results.Coverage;
using GateAction.Sources.Results.Reading;

namespace GateAction.Tests.Sources.Results.Coverage;

/// <summary>What holds for every format.</summary>
internal sealed partial class CoverageTests
{
    // What a count turns into when a byte is lost or a number overflows.
    private static readonly string[] Damages = ["", "-1", "x", "1e3", "1.5", "=3", "0x1", "NaN", "\uFFFD"];

    [Test]
    public void Every_format_has_a_sample()
    {
        Assert.That(CoverageSamples.All.Select(sample => sample.Format), Is.EqualTo(CoverageFormats.All.Select(format => format.Name)));
    }

    [TestCaseSource(typeof(CoverageSamples), nameof(CoverageSamples.All))]
    public async Task Counts_lines_and_branches(CoverageSample sample)
    {
        var measured = await CoverageFolder.MeasureTextAsync(sample.Text);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.That(
            (Fact(measured, "files_total"), Fact(measured, "lines_total"), Fact(measured, "lines_covered"),
            Fact(measured, "branches_total"), Fact(measured, "branches_covered")),
            Is.EqualTo((1L, 3L, 2L, (long)sample.Branches, (long)sample.Taken)));
    }

    [TestCaseSource(typeof(CoverageSamples), nameof(CoverageSamples.All))]
    public void Is_recognised_by_its_own_format_alone(CoverageSample sample)
    {
        var head = FileHead.Of(sample.Text);

        Assert.That(CoverageFormats.All.Where(format => format.Recognises(head)).Select(format => format.Name),
            Is.EqualTo(new[] { sample.Format }));
    }

    [TestCaseSource(typeof(CoverageSamples), nameof(CoverageSamples.All))]
    public async Task A_report_that_breaks_off_is_never_better_than_the_whole(CoverageSample sample)
    {
        // A tracefile and a profile may end after any record: those they still have are whole.
        var mayEnd = sample.Format is "lcov" or "go-cover";
        for (var length = 0; length < sample.Text.TrimEnd().Length; length += 3)
        {
            var measured = await CoverageFolder.MeasureTextAsync(sample.Text[..length]);

            if (!mayEnd)
                Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unclean), $"cut at {length}");
            Assert.That(measured.Outcome == Outcome.Measured && sample.Format == "lcov", Is.False, $"cut at {length}");
        }
    }

    [TestCaseSource(typeof(CoverageSamples), nameof(CoverageSamples.All))]
    public async Task A_damaged_count_or_line_number_is_not_clean(CoverageSample sample)
    {
        // A thousand is written so in JSON, and OpenCover counts in 32 bits, which overflow.
        var fine = sample.Text.TrimStart().StartsWith('{') ? "1e3" : sample.Format == "opencover" ? "-1" : null;
        foreach (var (what, damage) in sample.Damageable.SelectMany(what =>
            Damages.Where(damage => damage != fine).Select(damage => (what, damage))))
        {
            var at = what.Contains("true", StringComparison.Ordinal)
                ? what.Replace("true", damage, StringComparison.Ordinal)
                : LastDigit().Replace(what, damage);
            var text = sample.Text.Replace(what, at, StringComparison.Ordinal);

            var measured = await CoverageFolder.MeasureTextAsync(text);

            Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unclean), $"{what} as {at}");
        }
    }

    [TestCaseSource(typeof(CoverageSamples), nameof(CoverageSamples.All))]
    public async Task The_same_report_twice_is_one(CoverageSample sample)
    {
        using var folder = new CoverageFolder();

        await folder.Add("a.report", sample.Text).Add("b/copy.report", sample.Text).AssertAsync(1, 2, 3);
    }

    [Test]
    public async Task A_file_that_reports_of_every_format_measure_counts_once()
    {
        using var folder = new CoverageFolder();
        folder.Add("src/a", "the source");
        foreach (var sample in CoverageSamples.All)
            folder.Add($"{sample.Format}.report", sample.Text);

        var measured = await folder.MeasureAsync();

        Assert.That((measured.Outcome, Fact(measured, "files_total")), Is.EqualTo((Outcome.Measured, 1L)), measured.Reason);
    }

    [TestCase("1", "9999999999", "18446744073709551616", "00012", ExpectedResult = true)]
    [TestCase("0", "00", " 0 ", "0", ExpectedResult = false)]
    public bool? A_count_of_any_length_is_covered_or_not(params string[] counts)
    {
        var hits = counts.Select(count => HitCount.IsHit(count)).Distinct().ToArray();

        Assert.That(hits, Has.Length.EqualTo(1));
        return hits[0];
    }

    [Test]
    public async Task The_change_is_the_difference_to_the_baseline()
    {
        using var folder = new CoverageFolder();

        var measured = await folder.Add("a.report", CoverageSamples.Cobertura)
            .MeasureAsync(baseline: Value.Map(("lines", Value.Double(0.5))));

        measured.Facts.AsMap.TryGet("lines_change", out var change);
        Assert.That(change.AsDouble, Is.EqualTo((2.0 / 3) - 0.5).Within(1e-9));
    }

    [TestCase("", "not clean: a.report: the file is empty")]
    [TestCase("<coverage line-rate='1'><packages>", "not clean: a.report:1: the file breaks off in the middle: ")]
    [TestCase("<coverage line-rate='1'/>", "not clean: the reports hold no line that can be covered")]
    [TestCase("<coverage/>", "not clean: a.report: the file is no coverage report; known are Cobertura, Clover, ")]
    [TestCase("<testsuite/>", "not clean: a.report: the file is no coverage report")]
    [TestCase("<report><issues/></report>", "not clean: a.report: the file is no coverage report")]
    [TestCase("""{"result":{"line":97.5}}""", "not clean: a.report: the file is no coverage report")]
    [TestCase("""{"a":{"coverage":93}}""", "not clean: a.report:1: 'a.coverage' is '93'; expected is an object of files")]
    [TestCase("mode: set\nname: x\n", "not clean: a.report:2: 'name: x' is no block")]
    [TestCase("SF:a\nDA:1,1\n", "not clean: a.report:2: the file breaks off: the last record has no 'end_of_record'")]
    public async Task What_is_not_whole_is_not_clean(string report, string reason)
    {
        var measured = await CoverageFolder.MeasureTextAsync(report);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unclean));
        Assert.That(measured.Reason, Does.StartWith(reason));
    }

    [Test]
    public async Task No_file_is_unknown()
    {
        using var folder = new CoverageFolder();

        var measured = await folder.MeasureAsync();

        Assert.That((measured.Outcome, measured.Reason), Is.EqualTo((Outcome.Unknown, "no file matches '**/*.report'")));
    }

    private static long Fact(Measurement measured, string name) => ResultFolder.Fact(measured, name);

    [GeneratedRegex("""\d(?=\D*$)""", RegexOptions.CultureInvariant)]
    private static partial Regex LastDigit();
}
