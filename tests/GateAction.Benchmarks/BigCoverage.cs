namespace GateAction.Benchmarks;

/// <summary>Coverage reports of any size: files of 2,500 lines each, and one format with a million files where it has 500 MB.</summary>
internal static class BigCoverage
{
    private const int LinesPerFile = 2500;

    public static IReadOnlyList<BigFile> All { get; } =
    [
        new("cobertura", "<coverage><packages><package name='p'><classes>", Cobertura, "</classes></package></packages></coverage>"),
        new("clover", "<coverage generated='1'><project>", Clover, "</project></coverage>"),
        new("sonarqube", "<coverage version='1'>", Sonar, "</coverage>"),
        new("opencover", "<CoverageSession><Modules>", OpenCover, "</Modules></CoverageSession>"),
        new("jacoco", "<report name='r'><package name='p'>", JaCoCo, "</package></report>"),
        new("lcov", "TN:", index => Lcov(index, LinesPerFile), ""),
        new("lcov.many", "TN:", index => Lcov(index, 55), ""),
        new("go-cover", "mode: set\n", Go, ""),
        new("simplecov", """{"RSpec":{"coverage":{""", SimpleCov, "}}}"),
        new("llvm-cov", """{"data":[{"files":[""", Llvm, """]}],"type":"llvm.coverage.json.export"}"""),
        new("coverage.py", """{"meta":{"show_contexts":false},"totals":{"num_statements":0,"covered_lines":0},"files":{""", CoveragePy,
            "}}"),
        new("istanbul", "{", Istanbul, "}"),
    ];

    private static string Comma(int index) => index == 0 ? "" : ",";

    private static string Lines(Func<int, string> line, string separator = "", int count = LinesPerFile) =>
        string.Join(separator, Enumerable.Range(1, count).Select(line));

    private static string Cobertura(int index) =>
        $"<class name='C{index}' "
        + $"filename='/src/acme/File{index}.cs'><lines>{Lines(line => $"<line number='{line}' hits='{line % 7}' branch='false'/>")}"
        + "</lines></class>\n";

    private static string Clover(int index) =>
        $"<file name='/src/acme/File{index}.php'>{Lines(line => $"<line num='{line}' type='stmt' count='{line % 7}'/>")}</file>\n";

    private static string Sonar(int index) =>
        $"<file path='/src/acme/file{index}.js'>"
        + $"{Lines(line => $"<lineToCover lineNumber='{line}' covered='{(line % 7 == 0 ? "false" : "true")}'/>")}</file>\n";

    private static string OpenCover(int index) =>
        $"<Module><Files><File uid='1' "
        + $"fullPath='C:\\src\\acme\\File{index}.cs'/></Files><Classes><Class><Methods><Method><SequencePoints>"
        + $"{Lines(line => $"<SequencePoint vc='{line % 7}' sl='{line}' fileid='1'/>")}"
        + "</SequencePoints></Method></Methods></Class></Classes></Module>\n";

    private static string JaCoCo(int index) =>
        $"<sourcefile name='File{index}.java'>{Lines(line => $"<line nr='{line}' mi='0' ci='{line % 7}' mb='1' cb='1'/>")}</sourcefile>\n";

    private static string Lcov(int index, int lines) =>
        $"\nSF:/src/acme/file{index}.ts\n{Lines(line => $"DA:{line},{line % 7}\n", count: lines)}end_of_record\n";

    private static string Go(int index) => Lines(line => $"example.com/acme/pkg/file{index}.go:{line}.2,{line}.40 1 {line % 7}\n");

    private static string SimpleCov(
        int index) => $$"""{{Comma(index)}}"/src/acme/file{{index}}.rb":{"lines":[{{Lines(line => line % 5 == 0 ? "null" : $"{line % 7}", ",")}}]}""" + "\n";

    private static string Llvm(int index) =>
        $$"""{{Comma(index)}}{"filename":"/src/acme/file{{index}}.rs","segments":[{{Lines(line => $"[{line},1,{line % 7},true,true,false]", ",")}}]}""" + "\n";

    private static string CoveragePy(int index) =>
        $$"""{{Comma(index)}}"src/acme/file{{index}}.py":{"executed_lines":[{{Lines(line => $"{line * 2}", ",")}}],"missing_lines":[{{Lines(line => $"{(line * 2) + 1}", ",")}}]}""" + "\n";

    private static string Istanbul(int index) =>
        $$"""{{Comma(index)}}"/src/acme/file{{index}}.ts":{"statementMap":{"""
        + Lines(line => $"\"{line}\":{{\"start\":{{\"line\":{line},\"column\":0}},\"end\":{{\"line\":{line},\"column\":9}}}}", ",")
        + "},\"s\":{" + Lines(line => $"\"{line}\":{line % 7}", ",") + "}}\n";
}
