using GateAction.Tests.Commands;

namespace GateAction.Tests.Sources.Logs;

/// <summary>What a program leaves that dies is an error, in whatever format it wrote its log before.</summary>
internal sealed class DyingProgramTests
{
    private const string Json = """{"level":"info","msg":"up"}""";
    private const string Text = "2027-03-31T08:00:00Z INFO up";

    private static readonly string[] Last =
    [
        "panic: runtime error: index out of range\n\ngoroutine 1 [running]:\nmain.main()\n\t/a.go:1 +0x1\nexit status 2",
        "fatal error: concurrent map writes",
        "runtime: out of memory",
        "[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x1]",
        "Exception in thread \"main\" java.lang.IllegalStateException: closed\n\tat a.B.c(B.java:1)",
        "java.lang.OutOfMemoryError: Java heap space",
        "Unhandled exception. System.InvalidOperationException: closed\n   at A.B()",
        "thread 'main' panicked at src/main.rs:1:1:\nboom",
        "PHP Fatal error:  Uncaught Exception in /a.php:1",
        "Uncaught TypeError: x is not a function\n    at y (a.js:1:1)",
        "/app/a.js:1\nthrow new Error(1)\n^\n\nError: boom\n    at x (/app/a.js:1:1)\n\nNode.js v20.0.0",
        "(node:1) UnhandledPromiseRejectionWarning: Error: boom",
        "[UnhandledPromiseRejection: This error originated either by throwing] {",
        "a.rb:1:in `<main>': boom (RuntimeError)",
        "** (RuntimeError) boom",
        "terminate called after throwing an instance of 'std::runtime_error'\n  what():  x",
        "*** buffer overflow detected ***: terminated",
        "Segmentation fault (core dumped)",
        "Fatal Python error: Segmentation fault",
        "Killed",
        "Aborted (core dumped)",
        "Traceback (most recent call last):\n  File \"a.py\", line 1, in <module>\nKeyError: 1",
        "  + Exception Group Traceback (most recent call last):\n  |   File \"a.py\"\n  | ExceptionGroup: two (2 sub-exceptions)",
    ];

    private static readonly string[] LastOfJson =
    [
        "TypeError: x is not a function\n    at y (a.js:1:1)",
        "AssertionError [ERR_ASSERTION]: x\n    at y (a.js:1:1)",
        "java.lang.IllegalStateException: closed\n\tat a.B.c(B.java:1)",
    ];

    private static readonly string[] Harmless =
    [
        "Killed 3 stale connections",
        "Aborted by user: no",
        "** done **",
        "*** welcome ***",
        "Uncaught exceptions: 0",
        "a.rb was loaded",
        "DeprecationWarning: old",
    ];

    private static IEnumerable<TestCaseData> Cases() =>
        Last.SelectMany(last => new[] { new TestCaseData(Json, last, 1), new TestCaseData(Text, last, 1) })
            .Concat(LastOfJson.Select(last => new TestCaseData(Json, last, 1)))
            // A logger of text writes the trace behind its line, at whatever level that is.
            .Concat(LastOfJson.Select(last => new TestCaseData(Text, last, 0)))
            .Concat(Harmless.SelectMany(last => new[] { new TestCaseData(Json, last, 0), new TestCaseData(Text, last, 0) }));

    [TestCaseSource(nameof(Cases))]
    public async Task Its_last_words_are_one_error(string before, string last, int errors)
    {
        using var run = new CommandRun().With("app.log", $"{before}\n{last}\n").With("gate.yml",
            "version: 1\nprobes: { log: { log-file: app.log } }\ncriteria:\n  a: log.severity.error + log.severity.critical "
            + "+ log.severity.emergency == "
            + $"{errors}\n");

        Assert.That(await run.RunAsync("run"), Is.Zero, run.Out);
    }
}
