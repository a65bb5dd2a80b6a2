using GateAction.Core.Model;

namespace GateAction.Benchmarks;

/// <summary>Result and coverage files of any size, one way to write each format: of fifty cases one fails with a stack trace and one is
/// skipped.</summary>
internal static class BigFiles
{
    private static readonly string Trace =
        string.Join('\n', Enumerable.Range(1, 12)
        .Select(line => $"    at Acme.Module{line}.Method(Acme.Thing value) in /src/acme/Module{line}.cs:line {line}"));
    private static readonly string JsonTrace = Trace.Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>Format, what stands before the cases, one case, what stands after them.</summary>
    public static IReadOnlyList<BigFile> All { get; } =
    [
        new("junit", "<testsuites><testsuite name='s'>", JUnit, "</testsuite></testsuites>"),
        new("trx", "<TestRun><Results>", Trx, "</Results><ResultSummary outcome='Failed'/></TestRun>"),
        new("nunit3", "<test-run><test-suite type='Assembly' fullname='A'>", NUnit3, "</test-suite></test-run>"),
        new("nunit2", "<test-results><test-suite name='A'><results>", NUnit2, "</results></test-suite></test-results>"),
        new("xunit", "<assemblies><assembly name='A.dll'><collection name='C'>", XUnit, "</collection></assembly></assemblies>"),
        new("ctrf", """{"results":{"tool":{"name":"t"},"tests":[""", Ctrf, "]}}"),
        new("dart", """{"protocolVersion":"0.1.1","type":"start"}""", Dart, """{"success":false,"type":"done"}"""),
        new("go-test", """{"Action":"start","Package":"p"}""", Go, """{"Action":"fail","Package":"p"}"""),
        new("rspec", """{"version":"3","examples":[""", RSpec, """],"summary":{}}"""),
        new("mochawesome",
            """{"stats":{"testsRegistered":1,"passes":1},"results":[{"title":"","tests":[],"suites":[{"title":"S","tests":[""",
            Mochawesome, "]}]}]}"),
        new("mocha", """{"stats":{"passes":1,"failures":0},"tests":[],"passes":[""", Mocha, "]}"),
        new("tap", "TAP version 13", Tap, ""),
        new("testng", "<testng-results><suite name='s'><test name='t'><class name='Acme.Suite'>", TestNg,
            "</class></test></suite></testng-results>"),
        new("robot", "<robot><suite name='S'>", Robot, "</suite><statistics/></robot>"),
        new("jest", """{"numTotalTests":1,"numTotalTestSuites":1,"testResults":[{"name":"a.js","status":"failed","assertionResults":[""",
            Jest, "]}]}"),
        new("playwright", """{"config":{},"stats":{"unexpected":1},"suites":[{"title":"a","file":"a.ts","specs":[""", Playwright, "]}]}"),
        new("cucumber", """[{"keyword":"Feature","uri":"a.feature","name":"A","elements":[""", Cucumber, "]}]"),
        new("googletest", """{"tests":1,"failures":1,"disabled":0,"errors":0,"testsuites":[{"name":"S","testsuite":[""", GoogleTest,
            "]}]}"),
        .. BigCoverage.All,
    ];

    private static TestOutcome OutcomeOf(int index) =>
        (index % 50) switch { 7 => TestOutcome.Failed, 9 => TestOutcome.Skipped, _ => TestOutcome.Passed };

    private static string Word(int index, string passed, string failed, string skipped) =>
        OutcomeOf(index) switch { TestOutcome.Failed => failed, TestOutcome.Skipped => skipped, _ => passed };

    private static string Name(int index) => $"Test_number_{index}_does_something_that_takes_some_words";

    private static string Comma(int index) => index == 0 ? "" : ",";

    private static string Class(int index) => $"Acme.Suite{index / 100}";

    private static string Xml(int index, string failure) => OutcomeOf(index) == TestOutcome.Failed ? failure : "";

    private static string XmlFailure(int index) =>
        Xml(index, $"<failure><message>no {index}</message><stack-trace>{Trace}</stack-trace></failure>");

    private static string JUnit(int index) =>
        $"<testcase classname='{Class(index)}' name='{Name(index)}' "
        + $"time='0.012'>{Xml(index, $"<failure message='no {index}'>{Trace}</failure>")}{Word(index, "", "", "<skipped/>")}</testcase>\n";

    private static string Trx(int index) =>
        $"<UnitTestResult testId='{Guid.NewGuid()}' testName='{Class(index)}.{Name(index)}' duration='00:00:00.0123456' "
        + $"outcome='{Word(index, "Passed", "Failed", "NotExecuted")}'>"
        + $"{Xml(index, $"<Output><ErrorInfo><Message>no {index}</Message><StackTrace>{Trace}</StackTrace></ErrorInfo></Output>")}"
        + "</UnitTestResult>\n";

    private static string NUnit3(int index) =>
        $"<test-case name='{Name(index)}' fullname='{Class(index)}.{Name(index)}' classname='{Class(index)}' "
        + $"result='{Word(index, "Passed", "Failed", "Skipped")}' duration='0.012'>{XmlFailure(index)}</test-case>\n";

    private static string NUnit2(int index) =>
        $"<test-case name='{Class(index)}.{Name(index)}' executed='True' result='{Word(index, "Success", "Failure", "Ignored")}' "
        + $"time='0.012'>{XmlFailure(index)}</test-case>\n";

    private static string XUnit(int index) =>
        $"<test name='{Class(index)}.{Name(index)}' type='{Class(index)}' time='0.012' "
        + $"result='{Word(index, "Pass", "Fail", "Skip")}'>{XmlFailure(index)}</test>\n";

    private static string Ctrf(int index) =>
        $$"""{{Comma(index)}}{"name":"{{Name(index)}}","suite":["Acme","Suite{{index / 100}}"],"status":"{{Word(index, "passed", "failed", "skipped")}}","duration":12{{Word(index, "", $",\"message\":\"no\",\"trace\":\"{JsonTrace}\"", "")}}}""" + "\n";

    private static string Dart(int index) => "\n" + $$"""
        {"test":{"id":{{index}},"name":"{{Name(index)}}","line":{{(index % 900) + 1}}},"type":"testStart","time":{{index}}}
        {"testID":{{index}},"result":"{{Word(index, "success", "failure", "success")}}","skipped":{{Word(index, "false", "false", "true")}},"hidden":false,"type":"testDone","time":{{index}}}
        """ + "\n";

    private static string Go(int index) => "\n" + $$"""
        {"Action":"run","Package":"p","Test":"{{Name(index)}}"}
        {"Action":"output","Package":"p","Test":"{{Name(index)}}","Output":"    a_test.go:{{(index % 900) + 1}}: hello\n"}
        {"Action":"{{Word(index, "pass", "fail", "skip")}}","Package":"p","Test":"{{Name(index)}}","Elapsed":0.01}
        """ + "\n";

    private static string RSpec(int index) =>
        $$"""{{Comma(index)}}{"description":"{{Name(index)}}","full_description":"Suite{{index / 100}} {{Name(index)}}","status":"{{Word(index, "passed", "failed", "pending")}}","file_path":"./a_spec.rb","line_number":3,"run_time":0.012}""" + "\n";

    private static string Mochawesome(int index) =>
        $$"""{{Comma(index)}}{"title":"{{Name(index)}}","duration":12,"state":"{{Word(index, "passed", "failed", "pending")}}","err":{"""
        + Word(index, "", $"\"message\":\"no\",\"estack\":\"{JsonTrace}\"", "") + "}}\n";

    private static string Mocha(int index) =>
        $$"""{{Comma(index)}}{"title":"{{Name(index)}}","fullTitle":"Suite{{index / 100}} {{Name(index)}}","duration":12,"currentRetry":0}""" + "\n";

    private static string TestNg(int index) =>
        $"<test-method name='{Name(index)}' signature='x' status='{Word(index, "PASS", "FAIL", "SKIP")}' duration-ms='12'>"
        + $"{Xml(index, $"<exception class='E'><message>no</message><full-stacktrace>{Trace}</full-stacktrace></exception>")}"
        + "</test-method>\n";

    private static string Robot(int index) =>
        $"<test name='{Name(index)}'><kw name='Do'><status status='{Word(index, "PASS", "FAIL", "SKIP")}'/></kw>"
        + $"<status status='{Word(index, "PASS", "FAIL", "SKIP")}' elapsed='0.012'>{Xml(index, Trace)}</status></test>\n";

    private static string Jest(int index) =>
        $$"""{{Comma(index)}}{"ancestorTitles":["Suite{{index / 100}}"],"title":"{{Name(index)}}","fullName":"Suite{{index / 100}} {{Name(index)}}","duration":12,"status":"{{Word(index, "passed", "failed", "pending")}}","failureMessages":[{{Word(index, "", $"\"{JsonTrace}\"", "")}}]}""" + "\n";

    private static string Playwright(int index) =>
        $$"""{{Comma(index)}}{"title":"{{Name(index)}}","file":"a.ts","line":{{(index % 900) + 1}},"tests":[{"projectName":"chromium","status":"{{Word(index, "expected", "unexpected", "skipped")}}","results":[{"status":"{{Word(index, "passed", "failed", "skipped")}}","duration":12{{Word(index, "", $",\"error\":{{\"message\":\"{JsonTrace}\"}}", "")}}}]}]}""" + "\n";

    private static string Cucumber(int index) =>
        $$"""{{Comma(index)}}{"keyword":"Scenario","type":"scenario","name":"{{Name(index)}}","line":{{(index % 900) + 1}},"steps":[{"keyword":"Given ","name":"x","result":{"status":"{{Word(index, "passed", "failed", "skipped")}}","duration":12000000{{Word(index, "", $",\"error_message\":\"{JsonTrace}\"", "")}}"""
        + "}}]}\n";

    private static string GoogleTest(int index) =>
        $$"""{{Comma(index)}}{"name":"{{Name(index)}}","classname":"Suite{{index / 100}}","status":"{{Word(index, "RUN", "RUN", "NOTRUN")}}","result":"{{Word(index, "COMPLETED", "COMPLETED", "SKIPPED")}}","time":"0.012s"{{Word(index, "", $",\"failures\":[{{\"failure\":\"{JsonTrace}\"}}]", "")}}}""" + "\n";

    private static string Tap(int index) =>
        $"\n{Word(index, "ok", "not ok", "ok")} {index + 1} - "
        + $"{Name(index)}{Word(index, "", "\n  ---\n  message: no\n  ...", " # SKIP later")}";
}

/// <param name="Case">The text of the case with the index, which counts from 0.</param>
internal sealed record BigFile(string Format, string Head, Func<int, string> Case, string Tail)
{
    /// <summary>Writes cases until the file has the size in bytes.</summary>
    public void Write(string path, long size)
    {
        using var writer = new StreamWriter(path);
        writer.Write(Head);
        long written = 0;
        for (var index = 0; written < size; index++)
        {
            var text = Case(index);
            writer.Write(text);
            written += text.Length;
        }
        writer.Write(Tail);
    }
}
