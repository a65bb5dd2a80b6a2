using GateAction.Core.Model;

namespace GateAction.Tests.Sources.Results;

/// <summary>One small document of each format: two cases pass, one fails, one is skipped.</summary>
internal static class FormatSamples
{
    public static readonly TestCounts Expected = new(4, 2, 1, 0, 1, 0, default);

    public static IReadOnlyList<(string Format, string Content)> All { get; } =
    [
        ("junit", """
            <?xml version="1.0"?>
            <testsuites tests="4" failures="1" skipped="1"><testsuite name="s" tests="4" failures="1" errors="0" skipped="1">
            <testcase classname="C" name="a" time="0.1"/><testcase classname="C" name="b"/>
            <testcase classname="C" name="c"><failure message="no">at C.c(C.java:3)</failure></testcase>
            <testcase classname="C" name="d"><skipped/></testcase>
            </testsuite></testsuites>
            """),
        ("trx", TrxFiles.Of("Failed", ("a", "Passed"), ("b", "Passed"), ("c", "Failed"), ("d", "NotExecuted"))
            .Replace("</ResultSummary>", "<Counters total='4' executed='3' passed='2' failed='1'/></ResultSummary>")),
        ("nunit3", """
            <test-run testcasecount="4" result="Failed" total="4" passed="2" failed="1" skipped="1"><test-suite type="Assembly" result="Failed" site="Child" fullname="A">
            <test-case fullname="N.C.a" classname="N.C" result="Passed" duration="0.1"/><test-case fullname="N.C.b" classname="N.C" result="Passed"/>
            <test-case fullname="N.C.c" classname="N.C" result="Failed"><failure><message>no</message><stack-trace>at N.C.c() in /x/C.cs:line 3</stack-trace></failure></test-case>
            <test-case fullname="N.C.d" classname="N.C" result="Skipped" label="Ignored"><reason><message>later</message></reason></test-case>
            </test-suite></test-run>
            """),
        ("nunit2", """
            <test-results name="A.dll" total="3" errors="0" failures="1" not-run="1"><test-suite name="C" executed="True" success="False"><results>
            <test-case name="N.C.a" executed="True" success="True" time="0.1"/><test-case name="N.C.b" executed="True" success="True"/>
            <test-case name="N.C.c" executed="True" success="False"><failure><message>no</message></failure></test-case>
            <test-case name="N.C.d" executed="False"><reason><message>later</message></reason></test-case>
            </results></test-suite></test-results>
            """),
        ("xunit", """
            <assemblies><assembly name="A.dll" total="4" passed="2" failed="1" skipped="1" errors="0"><collection name="C" total="4">
            <test name="N.C.a" type="N.C" method="a" time="0.1" result="Pass"/><test name="N.C.b" type="N.C" method="b" result="Pass"/>
            <test name="N.C.c" type="N.C" method="c" result="Fail"><failure><message>no</message></failure></test>
            <test name="N.C.d" type="N.C" method="d" result="Skip"><reason>later</reason></test>
            </collection></assembly></assemblies>
            """),
        ("ctrf", """
            {"results":{"tool":{"name":"t"},"summary":{"tests":4,"passed":2,"failed":1,"pending":0,"skipped":1,"other":0},"tests":[
            {"name":"a","status":"passed","duration":100},{"name":"b","status":"passed","duration":0},
            {"name":"c","status":"failed","duration":1,"message":"no","trace":"at c (c.js:3:1)"},{"name":"d","status":"skipped","duration":0}]}}
            """),
        ("go-test", """
            {"Action":"start","Package":"p"}
            {"Action":"run","Package":"p","Test":"a"}
            {"Action":"pass","Package":"p","Test":"a","Elapsed":0.1}
            {"Action":"run","Package":"p","Test":"b"}
            {"Action":"pass","Package":"p","Test":"b","Elapsed":0}
            {"Action":"run","Package":"p","Test":"c"}
            {"Action":"output","Package":"p","Test":"c","Output":"    c_test.go:3: no\n"}
            {"Action":"fail","Package":"p","Test":"c","Elapsed":0}
            {"Action":"run","Package":"p","Test":"d"}
            {"Action":"skip","Package":"p","Test":"d","Elapsed":0}
            {"Action":"fail","Package":"p","Elapsed":0.2}
            """),
        ("dart", """
            {"protocolVersion":"0.1.1","type":"start","time":0}
            {"suite":{"id":0,"path":"test/a_test.dart"},"type":"suite","time":0}
            {"test":{"id":1,"name":"a","suiteID":0,"line":1},"type":"testStart","time":0}
            {"testID":1,"result":"success","skipped":false,"hidden":false,"type":"testDone","time":100}
            {"test":{"id":2,"name":"b","suiteID":0,"line":2},"type":"testStart","time":100}
            {"testID":2,"result":"success","skipped":false,"hidden":false,"type":"testDone","time":100}
            {"test":{"id":3,"name":"c","suiteID":0,"line":3},"type":"testStart","time":100}
            {"testID":3,"error":"no","stackTrace":"test/a_test.dart 3:5","isFailure":true,"type":"error","time":101}
            {"testID":3,"result":"failure","skipped":false,"hidden":false,"type":"testDone","time":101}
            {"test":{"id":4,"name":"d","suiteID":0,"line":4},"type":"testStart","time":101}
            {"testID":4,"result":"success","skipped":true,"hidden":false,"type":"testDone","time":101}
            {"success":false,"type":"done","time":102}
            """),
        ("mocha", """
            {"stats":{"suites":1,"tests":4,"passes":2,"pending":1,"failures":1},
            "tests":[{"title":"a"},{"title":"b"},{"title":"c"},{"title":"d"}],
            "pending":[{"title":"d","fullTitle":"S d"}],
            "failures":[{"title":"c","fullTitle":"S c","duration":1,"err":{"message":"no","stack":"at c (c.js:3:1)"}}],
            "passes":[{"title":"a","fullTitle":"S a","duration":100},{"title":"b","fullTitle":"S b","duration":0}]}
            """),
        ("mochawesome", """
            {"stats":{"suites":1,"tests":4,"passes":2,"pending":1,"failures":1},"results":[{"title":"","file":"c.js","tests":[],"suites":[{"title":"S","tests":[
            {"title":"a","duration":100,"state":"passed"},{"title":"b","duration":0,"state":"passed"},
            {"title":"c","duration":1,"state":"failed","err":{"message":"no"}},{"title":"d","duration":0,"state":"pending"}],"suites":[]}]}]}
            """),
        ("testng", """
            <testng-results ignored="0" total="4" passed="2" failed="1" skipped="1"><suite name="S"><groups/><test name="T"><class name="C">
            <test-method is-config="true" status="PASS" signature="setUp()" name="setUp" duration-ms="1"/>
            <test-method status="PASS" signature="a()" name="a" duration-ms="100"/><test-method status="PASS" signature="b()" name="b" duration-ms="0"/>
            <test-method status="FAIL" signature="c()" name="c" duration-ms="1"><exception class="E"><message>no</message><full-stacktrace>at C.c(C.java:3)</full-stacktrace></exception></test-method>
            <test-method status="SKIP" signature="d()" name="d" duration-ms="0"/>
            </class></test></suite></testng-results>
            """),
        ("robot", """
            <robot generator="Robot 7.1" rpa="false" schemaversion="5"><suite id="s1" name="S" source="/x/s.robot">
            <test id="s1-t1" name="a" line="3"><kw name="Log"><status status="PASS"/></kw><status status="PASS" elapsed="0.1"/></test>
            <test id="s1-t2" name="b" line="5"><kw name="Try"><status status="FAIL">caught</status></kw><status status="PASS"/></test>
            <test id="s1-t3" name="c" line="7"><kw name="Fail"><status status="FAIL">no</status></kw><status status="FAIL">no</status></test>
            <test id="s1-t4" name="d" line="9"><status status="SKIP">later</status></test>
            <status status="FAIL"/></suite><statistics><total><stat pass="2" fail="1" skip="1">All Tests</stat></total></statistics><errors/></robot>
            """),
        ("jest", """
            {"numFailedTests":1,"numPassedTests":2,"numPendingTests":1,"numTodoTests":0,"numTotalTests":4,"numRuntimeErrorTestSuites":0,"success":false,"testResults":[{"assertionResults":[
            {"ancestorTitles":["S"],"title":"a","status":"passed","duration":100,"failureMessages":[],"invocations":1},{"ancestorTitles":["S"],"title":"b","status":"passed","failureMessages":[]},
            {"ancestorTitles":["S"],"title":"c","status":"failed","failureMessages":["no\n    at c.js:3:1"]},{"ancestorTitles":["S"],"title":"d","status":"pending","failureMessages":[]}],
            "name":"/x/c.test.js","status":"failed","message":""}],"wasInterrupted":false}
            """),
        ("playwright", """
            {"config":{"rootDir":"/x","projects":[]},"suites":[{"title":"c.spec.ts","file":"c.spec.ts","specs":[
            {"title":"a","ok":true,"tests":[{"expectedStatus":"passed","projectName":"","results":[{"status":"passed","duration":100}],"status":"expected"}]},
            {"title":"b","ok":true,"tests":[{"expectedStatus":"passed","projectName":"","results":[{"status":"passed"}],"status":"expected"}]},
            {"title":"c","ok":false,"tests":[{"expectedStatus":"passed","projectName":"","results":[{"status":"failed","errors":[{"message":"no"}]}],"status":"unexpected"}]}],
            "suites":[{"title":"later","file":"c.spec.ts","specs":[{"title":"d","ok":true,"tests":[{"expectedStatus":"skipped","projectName":"","results":[{"status":"skipped"}],"status":"skipped"}]}]}]}],
            "errors":[],"stats":{"expected":2,"skipped":1,"unexpected":1,"flaky":0}}
            """),
        ("cucumber", """
            [{"uri":"f/a.feature","keyword":"Feature","name":"F","elements":[
            {"keyword":"Scenario","name":"a","type":"scenario","line":3,"steps":[{"keyword":"Given ","name":"x","result":{"status":"passed","duration":100000000}}]},
            {"keyword":"Scenario","name":"b","type":"scenario","line":6,"steps":[{"keyword":"Given ","name":"x","result":{"status":"passed"}}]},
            {"keyword":"Scenario","name":"c","type":"scenario","line":9,"steps":[{"keyword":"Given ","name":"y","result":{"status":"failed","error_message":"no"}},{"keyword":"Then ","name":"z","result":{"status":"skipped"}}]},
            {"keyword":"Scenario","name":"d","type":"scenario","line":12,"steps":[{"keyword":"Given ","name":"x","result":{"status":"skipped"}}]}]}]
            """),
        ("googletest", """
            {"tests":4,"failures":1,"disabled":1,"errors":0,"time":"0.1s","name":"AllTests","testsuites":[{"name":"S","tests":4,"failures":1,"disabled":1,"errors":0,"testsuite":[
            {"name":"a","file":"c.cpp","line":1,"status":"RUN","result":"COMPLETED","time":"0.1s","classname":"S"},{"name":"b","status":"RUN","result":"COMPLETED","time":"0s","classname":"S"},
            {"name":"c","file":"c.cpp","line":3,"status":"RUN","result":"COMPLETED","time":"0s","classname":"S","failures":[{"failure":"no","type":""}]},
            {"name":"DISABLED_d","status":"NOTRUN","result":"SUPPRESSED","time":"0s","classname":"S"}]}]}
            """),
        ("rspec", """
            {"version":"3.13.0","examples":[{"description":"a","full_description":"S a","status":"passed","file_path":"./a_spec.rb","line_number":1,"run_time":0.1},
            {"description":"b","full_description":"S b","status":"passed","file_path":"./a_spec.rb","line_number":2,"run_time":0},
            {"description":"c","full_description":"S c","status":"failed","file_path":"./a_spec.rb","line_number":3,"exception":{"class":"E","message":"no","backtrace":["./a_spec.rb:3"]}},
            {"description":"d","full_description":"S d","status":"pending","file_path":"./a_spec.rb","line_number":4,"pending_message":"later"}],
            "summary":{"duration":0.1,"example_count":4,"failure_count":1,"pending_count":1,"errors_outside_of_examples_count":0}}
            """),
        ("tap", """
            TAP version 14
            1..4
            ok 1 - a
            ok 2 - b
            not ok 3 - c
              ---
              message: no
              ...
            ok 4 - d # SKIP later
            """),
    ];
}
