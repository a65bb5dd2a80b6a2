using GateAction.Cel.Values;
using GateAction.Core.Model;
using GateAction.Sources.Results.Coverage;

namespace GateAction.Tests.Sources.Results.Coverage;

internal sealed class CoverageTests
{
    public const string Cobertura = """
        <?xml version="1.0"?>
        <!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
        <coverage line-rate="1"><packages><package name="p"><classes>
        <class name="A" filename="src/A.cs"><methods><method><lines><line number="1" hits="1"/></lines></method></methods>
        <lines><line number="1" hits="1"/><line number="2" hits="0"/><line number="3" hits="4" branch="true" condition-coverage="50% (1/2)"/></lines></class>
        </classes></package></packages></coverage>
        """;

    public const string Lcov = "TN:\nSF:src/A.cs\nDA:1,0\nDA:2,7\nBRDA:2,0,0,1\nBRDA:2,0,1,-\nend_of_record\nSF:src/B.cs\nDA:1,0\nend_of_record\n";

    public const string JaCoCo = """
        <?xml version="1.0"?><!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">
        <report name="r"><group name="g"><package name="com/example"><class name="com/example/A"><counter type="LINE" missed="9" covered="9"/></class>
        <sourcefile name="A.java"><line nr="3" mi="0" ci="2" mb="1" cb="3"/><line nr="4" mi="2" ci="0" mb="0" cb="0"/><counter type="LINE" missed="1" covered="1"/></sourcefile>
        </package></group></report>
        """;

    public const string OpenCover = """
        <CoverageSession><Modules><Module><Files><File uid="1" fullPath="C:\src\A.cs"/></Files><Classes><Class><Methods><Method>
        <SequencePoints><SequencePoint vc="2" sl="5" fileid="1"/><SequencePoint vc="0" sl="6" fileid="1"/></SequencePoints>
        <BranchPoints><BranchPoint vc="1" sl="5" fileid="1"/><BranchPoint vc="0" sl="5" fileid="1"/></BranchPoints>
        </Method></Methods></Class></Classes></Module></Modules></CoverageSession>
        """;

    [TestCase(Cobertura, 3, 2, 2, 1)]
    [TestCase(Lcov, 3, 1, 2, 1)]
    [TestCase(JaCoCo, 2, 1, 4, 3)]
    [TestCase(OpenCover, 2, 1, 2, 1)]
    public async Task Counts_lines_and_branches(string report, int lines, int covered, int branches, int taken)
    {
        var measured = await MeasureAsync(null, report);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Measured), measured.Reason);
        Assert.That(
            (Int(measured, "lines_total"), Int(measured, "lines_covered"), Int(measured, "branches_total"), Int(measured, "branches_covered")),
            Is.EqualTo(((long)lines, (long)covered, (long)branches, (long)taken)));
    }

    [Test]
    public async Task A_file_that_two_reports_measure_counts_once_and_a_line_that_either_hit_is_covered()
    {
        var measured = await MeasureAsync(null, Cobertura, Lcov);

        Assert.That((Int(measured, "files_total"), Int(measured, "lines_total"), Int(measured, "lines_covered")), Is.EqualTo((2L, 4L, 3L)));
    }

    [Test]
    public async Task The_change_is_the_difference_to_the_baseline()
    {
        var measured = await MeasureAsync(Value.Map(("lines", Value.Double(0.5))), Cobertura);

        measured.Facts.AsMap.TryGet("lines_change", out var change);
        Assert.That(change.AsDouble, Is.EqualTo((2.0 / 3) - 0.5).Within(1e-9));
    }

    [TestCase("", "not clean: 0.xml: is empty")]
    [TestCase("<coverage><packages>", "not clean: 0.xml:1: breaks off in the middle: ")]
    [TestCase("<coverage/>", "not clean: the reports hold no line that can be covered")]
    [TestCase("<testsuite/>", "not clean: 0.xml: is no coverage report; known are Cobertura, OpenCover, JaCoCo, LCOV")]
    [TestCase("SF:a\nDA:1,1\n", "not clean: 0.xml:2: breaks off: the last record has no 'end_of_record'")]
    public async Task What_is_not_whole_is_not_clean(string report, string reason)
    {
        var measured = await MeasureAsync(null, report);

        Assert.That(measured.Outcome, Is.EqualTo(Outcome.Unclean));
        Assert.That(measured.Reason, Does.StartWith(reason));
    }

    [Test]
    public async Task No_file_is_unknown()
    {
        var measured = await MeasureAsync(null);

        Assert.That((measured.Outcome, measured.Reason), Is.EqualTo((Outcome.Unknown, "no file matches '*.xml'")));
    }

    private static async Task<Measurement> MeasureAsync(Value? baseline, params IReadOnlyList<string> reports)
    {
        using var folder = new ResultFolder();
        for (var i = 0; i < reports.Count; i++)
            folder.Add($"{i}.xml", reports[i]);
        var scope = new Scope(baseline is { } facts ? new Dictionary<string, Value> { ["baseline"] = Value.Map(("lines", facts)) } : []);
        return await new CoverageSet(["*.xml"]).MeasureAsync("lines", folder.Path, TimeProvider.System, scope, CancellationToken.None);
    }

    private static long Int(Measurement measured, string name) => measured.Facts.AsMap.TryGet(name, out var value) ? value.AsInt : -1;
}
