using GateAction.Sources.Results.Coverage;

namespace GateAction.Tests.Sources.Results.Coverage;

/// <summary>One report of each format: <c>src/a</c> with three lines of which two are covered, and two branches of which one was taken
/// where the format has them.</summary>
internal static class CoverageSamples
{
    public static IReadOnlyList<CoverageSample> All { get; } =
    [
        new("cobertura", Cobertura, 2, 1, ["hits=\"4\"", "number=\"2\""]),
        new("clover", Clover, 2, 1, ["count=\"3\"", "num=\"2\""]),
        new("sonarqube", Sonar, 2, 1, ["covered=\"true\"", "lineNumber=\"2\""]),
        new("opencover", OpenCover, 2, 1, ["vc=\"2\"", "sl=\"6\""]),
        new("jacoco", JaCoCo, 4, 3, ["ci=\"2\"", "nr=\"4\""]),
        new("lcov", Lcov, 2, 1, ["DA:2,7", "DA:1"]),
        new("go-cover", Go, 0, 0, ["1 4", "a:3"]),
        new("simplecov", SimpleCov, 2, 1, [":7", ",3"]),
        new("llvm-cov", Llvm, 2, 1, ["[3,1,4", "[5"]),
        new("coverage.py", CoveragePy, 2, 1, ["[1,3]", "[2]"]),
        new("istanbul", Istanbul, 2, 1, ["\"0\":4", "\"line\":2"]),
    ];

    public const string Cobertura = """
        <?xml version="1.0"?>
        <!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
        <coverage line-rate="0.667" lines-valid="3" lines-covered="2"><sources/><packages><package name="p"><classes>
        <class name="A" filename="src/a"><methods><method><lines><line number="1" hits="1"/></lines></method></methods>
        <lines><line number="1" hits="1"/><line number="2" hits="0"/><line number="3" hits="4" branch="true" condition-coverage="50% (1/2)"/></lines></class>
        </classes></package></packages></coverage>
        """;

    public const string Clover = """
        <?xml version="1.0"?><coverage generated="1700000000"><project timestamp="1700000000"><file name="src/a">
        <line num="1" type="method" count="9"/><line num="1" type="stmt" count="1"/><line num="2" type="stmt" count="0"/>
        <line num="3" type="cond" count="3" truecount="1" falsecount="1"/>
        <metrics statements="3" coveredstatements="2"/></file><metrics statements="3" coveredstatements="2"/></project></coverage>
        """;

    public const string Sonar = """
        <coverage version="1"><file path="src/a"><lineToCover lineNumber="1" covered="true"/><lineToCover lineNumber="2" covered="false"/>
        <lineToCover lineNumber="3" covered="true" branchesToCover="2" coveredBranches="1"/></file></coverage>
        """;

    public const string OpenCover = """
        <CoverageSession><Summary numSequencePoints="3" visitedSequencePoints="2"/><Modules><Module><Files><File uid="1" fullPath="src\a"/></Files><Classes><Class><Methods><Method>
        <SequencePoints><SequencePoint vc="2" sl="5" fileid="1"/><SequencePoint vc="0" sl="6" fileid="1"/><SequencePoint vc="1" sl="7" fileid="1"/></SequencePoints>
        <BranchPoints><BranchPoint vc="1" sl="5" fileid="1"/><BranchPoint vc="0" sl="5" fileid="1"/></BranchPoints>
        </Method></Methods></Class></Classes></Module></Modules></CoverageSession>
        """;

    public const string JaCoCo = """
        <?xml version="1.0"?><!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">
        <report name="r"><group name="g"><package name="src"><class name="src/A"><counter type="LINE" missed="9" covered="9"/></class>
        <sourcefile name="a"><line nr="3" mi="0" ci="2" mb="1" cb="3"/><line nr="4" mi="2" ci="0" mb="0" cb="0"/><line nr="5" mi="0" ci="1" mb="0" cb="0"/><counter type="LINE" missed="1" covered="2"/></sourcefile>
        </package></group><counter type="LINE" missed="1" covered="2"/></report>
        """;

    public const string Lcov =
        "TN:\nSF:src/a\nFN:1,f\nFNDA:1,f\nDA:1,0\nDA:2,7\nDA:3,1,Ab+/==\nBRDA:2,0,0,1\nBRDA:2,0,1,-\nLF:3\nLH:2\nBRF:2\nBRH:1\nend_of_record\n";

    public const string Go = "mode: atomic\nsrc/a:3.20,4.2 1 4\nsrc/a:7.20,7.24 1 0\n";

    public const string SimpleCov =
        """{"RSpec":{"coverage":{"src/a":{"lines":[1,null,3,0,null],"branches":{"[:if, 0, 3, 4, 5, 6]":{"[:then, 1, 3, 4, 3, 9]":7,"[:else, 2, 4, 4, 4, 9]":0}}}},"timestamp":1700000000}}""";

    public const string Llvm = """
        {"data":[{"files":[{"branches":[[3,1,3,9,2,0,0,0,4]],"filename":"src/a","segments":[[3,1,4,true,true,false],[4,9,0,false,false,false],[5,1,0,true,true,false],[5,9,0,false,false,false]],
        "summary":{"lines":{"count":3,"covered":2,"percent":66.6},"branches":{"count":2,"covered":1}}}],"totals":{"lines":{"count":3,"covered":2}}}],"type":"llvm.coverage.json.export","version":"2.0.1"}
        """;

    public const string CoveragePy = """
        {"meta":{"version":"7.6","branch_coverage":true,"show_contexts":false},"files":{"src/a":{"executed_lines":[1,3],"missing_lines":[2],"excluded_lines":[],
        "executed_branches":[[1,3]],"missing_branches":[[1,2]],"summary":{"covered_lines":2,"num_statements":3}}},"totals":{"covered_lines":2,"num_statements":3,"percent_covered":66.7}}
        """;

    public const string Istanbul = """
        {"src/a":{"path":"src/a","statementMap":{"0":{"start":{"line":1,"column":0},"end":{"line":1,"column":9}},"1":{"start":{"line":2,"column":0},"end":{"line":2,"column":9}},"2":{"start":{"line":3,"column":0},"end":{"line":3,"column":9}}},
        "fnMap":{},"branchMap":{"0":{"loc":{"start":{"line":3,"column":0},"end":{"line":3,"column":5}},"type":"if","locations":[{},{}],"line":3}},"s":{"0":4,"1":0,"2":1},"f":{},"b":{"0":[1,0]}}}
        """;
}

/// <param name="Damageable">A count that is not 0, and a line's number: what can be damaged in it.</param>
internal sealed record CoverageSample(string Format, string Text, int Branches, int Taken, IReadOnlyList<string> Damageable)
{
    public CoverageFormat Known => CoverageFormats.All.Single(format => format.Name == Format);

    public override string ToString() => Format;
}
