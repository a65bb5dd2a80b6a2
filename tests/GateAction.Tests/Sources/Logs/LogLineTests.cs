using GateAction.Sources.Logs;

namespace GateAction.Tests.Sources.Logs;

internal sealed class LogLineTests
{
    private static readonly DateTimeOffset Now = new(2027, 4, 1, 0, 0, 0, TimeSpan.Zero);

    [TestCase("2027-03-31 08:00:00,123 ERROR [main] pool is empty", LogSeverity.Error, "2027-03-31T08:00:00.1230000Z")]
    [TestCase("2027-03-31T10:00:00.5+02:00 WARN slow", LogSeverity.Warning, "2027-03-31T08:00:00.5000000Z")]
    [TestCase("[2027-03-31 08:00:00] app.INFO: started", LogSeverity.Info, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("2027/03/31 08:00:00 [error] 31#31: *1 connect() failed", LogSeverity.Error, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("2027-03-31T08:00:00Z\twarn\tserver\tslow", LogSeverity.Warning, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("time=\"2027-03-31\" level=error msg=\"no error found\"", LogSeverity.Error, null)]
    [TestCase("severity: 'critical' disk", LogSeverity.Critical, null)]
    [TestCase("[core:error] AH00126", LogSeverity.Error, null)]
    [TestCase("fail: Microsoft.Hosting[0]", LogSeverity.Error, null)]
    [TestCase("INFO:     127.0.0.1 - \"GET /ERROR\" 200", LogSeverity.Info, null)]
    [TestCase("SSOT WARNING: found other classes", LogSeverity.Warning, null)]
    [TestCase("no error found, fatal or not", null, null)]
    [TestCase("ERROR_COUNT is 0", null, null)]
    [TestCase("Traceback (most recent call last):", null, null)]
    [TestCase("2027-13-45 99:00:00 x", null, null)]
    [TestCase("{\"severity\": \"ERROR\", \"timestamp\": \"2027-03-31T08:00:00Z\", \"message\": \"x\"}", LogSeverity.Error,
        "2027-03-31T08:00:00.0000000Z")]
    [TestCase("{\"level\":50,\"time\":1806480000000,\"msg\":\"pino\"}", LogSeverity.Error, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("{\"level\":\"warn\",\"ts\":1806480000.5,\"msg\":\"zap\"}", LogSeverity.Warning, "2027-03-31T08:00:00.5000000Z")]
    [TestCase("{\"@t\":\"2027-03-31T08:00:00Z\",\"@mt\":\"serilog\"}", LogSeverity.Info, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("{\"@t\":\"2027-03-31T08:00:00Z\",\"@l\":\"Fatal\",\"@mt\":\"serilog\"}", LogSeverity.Critical,
        "2027-03-31T08:00:00.0000000Z")]
    [TestCase("{\"EventId\":1,\"LogLevel\":\"Error\",\"State\":{\"level\":\"info\"}}", LogSeverity.Error, null)]
    [TestCase("{\"nested\": {\"level\": \"error\"}, \"level\": \"info\"}", LogSeverity.Info, null)]
    [TestCase("{\"level\": null, \"severity\": \"NOTICE\"}", LogSeverity.Notice, null)]
    [TestCase("{\"level\": \"error\", ", LogSeverity.Error, null)]
    [TestCase("{ERROR} not JSON", LogSeverity.Error, null)]
    // glog and klog: the year is the last one that is not to come.
    [TestCase("E0102 15:04:05.678901       1 reflector.go:138] watch failed", LogSeverity.Error, "2027-01-02T15:04:05.6789010Z")]
    [TestCase("W1231 23:59:59.000001   31 main.go:10] late", LogSeverity.Warning, "2026-12-31T23:59:59.0000010Z")]
    [TestCase("F20270102 15:04:05.000000 7 a.cc:1] gone", LogSeverity.Critical, "2027-01-02T15:04:05.0000000Z")]
    [TestCase("I0102 15:04:05.678901       1 main.go:10] no ERROR here", LogSeverity.Info, "2027-01-02T15:04:05.6789010Z")]
    // What wraps a line.
    [TestCase("{\"log\":\"2027-03-31T08:00:00Z ERROR boom\\n\",\"stream\":\"stdout\",\"time\":\"2027-03-31T08:00:01Z\"}", LogSeverity.Error,
        "2027-03-31T08:00:00.0000000Z")]
    [TestCase("{\"log\":\"{\\\"level\\\":50,\\\"msg\\\":\\\"x\\\"}\\n\",\"stream\":\"stderr\",\"time\":\"2027-03-31T08:00:01Z\"}",
        LogSeverity.Error, "2027-03-31T08:00:01.0000000Z")]
    [TestCase("{\"log\":\"listening\\n\",\"stream\":\"stderr\",\"time\":\"2027-03-31T08:00:01Z\"}", null, "2027-03-31T08:00:01.0000000Z")]
    // Of two times the one that says its zone is believed.
    [TestCase("2027-03-31T08:00:01.5Z stderr F E0102 15:04:05.678901       1 a.go:1] x", LogSeverity.Error, "2027-03-31T08:00:01.5000000Z")]
    [TestCase("2027-03-31T08:00:01.5Z stdout F {\"severity\":\"WARNING\",\"message\":\"x\"}", LogSeverity.Warning,
        "2027-03-31T08:00:01.5000000Z")]
    [TestCase("2027-03-31T08:00:01+02:00 stdout P level=warn msg=slow", LogSeverity.Warning, "2027-03-31T06:00:01.0000000Z")]
    [TestCase("[pod/api-7d9f/api] {\"level\":\"error\"}", LogSeverity.Error, null)]
    [TestCase("web-1  | {\"level\":\"fatal\"}", LogSeverity.Critical, null)]
    [TestCase("db_1 | 2027-03-31 08:00:00.000 UTC [1] FATAL:  role does not exist", LogSeverity.Critical, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("2027-03-31T08:00:00Z {\"level\":\"error\"}", LogSeverity.Error, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("<11>Mar 31 08:00:00 host app[1]: out of disk", LogSeverity.Error, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("<30>Mar 31 08:00:00 host app[1]: ERROR out of disk", LogSeverity.Error, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("<165>1 2027-03-31T08:00:00.003Z host app - ID47 - started", LogSeverity.Notice, "2027-03-31T08:00:00.0030000Z")]
    [TestCase("<0>kernel panic", LogSeverity.Emergency, null)]
    [TestCase("\u001b[31mERROR\u001b[0m coloured", LogSeverity.Error, null)]
    [TestCase("\u001b[90m3:04PM\u001b[0m \u001b[32mINF\u001b[0m started", LogSeverity.Info, null)]
    // JSON of many loggers.
    [TestCase("{\"message\":\"x\",\"level\":400,\"level_name\":\"ERROR\",\"channel\":\"app\",\"datetime\":\"2027-03-31T08:00:00+00:00\"}",
        LogSeverity.Error, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("{\"level\":550,\"channel\":\"app\"}", LogSeverity.Alert, null)]
    [TestCase("{\"severity\":400}", LogSeverity.Warning, null)]
    [TestCase("{\"severity\":500}", LogSeverity.Error, null)]
    [TestCase("{\"severity\":3,\"facility\":1}", LogSeverity.Error, null)]
    [TestCase("{\"level\":\"ERROR+2\"}", LogSeverity.Error, null)]
    [TestCase("{\"level\":\"DEBUG-4\"}", LogSeverity.Debug, null)]
    [TestCase("{\"level\":\"INFO+2\"}", LogSeverity.Notice, null)]
    [TestCase("{\"level\":8,\"msg\":\"slog\"}", LogSeverity.Error, null)]
    [TestCase("{\"level\":-4,\"msg\":\"slog\"}", LogSeverity.Debug, null)]
    [TestCase("{\"severityNumber\":17,\"body\":\"x\"}", LogSeverity.Error, null)]
    [TestCase("{\"SeverityText\":\"ERROR3\",\"SeverityNumber\":19}", LogSeverity.Error, null)]
    [TestCase("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"severityNumber\":9},{\"severityNumber\":21}]}]}]}",
        LogSeverity.Critical, null)]
    [TestCase("{\"log\":{\"level\":\"error\"},\"@timestamp\":\"2027-03-31T08:00:00Z\"}", LogSeverity.Error, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("{\"log.level\":\"warn\"}", LogSeverity.Warning, null)]
    [TestCase("{\"@level\":\"error\",\"@timestamp\":\"2027-03-31T08:00:00Z\"}", LogSeverity.Error, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("{\"version\":\"1.1\",\"short_message\":\"x\",\"level\":3}", LogSeverity.Error, null)]
    [TestCase("{\"PRIORITY\":\"3\",\"MESSAGE\":\"x\",\"__REALTIME_TIMESTAMP\":\"1806480000000000\"}", LogSeverity.Error,
        "2027-03-31T08:00:00.0000000Z")]
    [TestCase("{\"priority\":1,\"msg\":\"a task\"}", null, null)]
    [TestCase("{\"levelno\":40,\"msg\":\"x\"}", LogSeverity.Error, null)]
    [TestCase("{\"level_value\":40000}", LogSeverity.Error, null)]
    [TestCase("{\"t\":{\"$date\":\"2027-03-31T08:00:00.000+00:00\"},\"s\":\"E\",\"c\":\"NETWORK\",\"msg\":\"x\"}", LogSeverity.Error,
        "2027-03-31T08:00:00.0000000Z")]
    [TestCase("{\"ts\":1806480000000,\"caller\":\"a.go:1\",\"msg\":\"x\",\"v\":0}", LogSeverity.Info, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("{\"ts\":1806480000000,\"caller\":\"a.go:1\",\"msg\":\"x\",\"err\":\"refused\"}", LogSeverity.Error,
        "2027-03-31T08:00:00.0000000Z")]
    [TestCase("{\"message\":\"2027-03-31 08:00:00,1 ERROR inside\"}", LogSeverity.Error, "2027-03-31T08:00:00.1000000Z")]
    // logfmt, with what is no severity beside it.
    [TestCase("time=2027-03-31T08:00:00.5Z level=ERROR+1 msg=\"no info\"", LogSeverity.Error, "2027-03-31T08:00:00.5000000Z")]
    [TestCase("ts=2027-03-31T08:00:00Z caller=a.go lvl=eror", LogSeverity.Error, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("level=50 msg=x", LogSeverity.Error, null)]
    [TestCase("level=-4 msg=x", LogSeverity.Debug, null)]
    [TestCase("level=1.5 msg=x", null, null)]
    [TestCase("msg=x severity_number=17", LogSeverity.Error, null)]
    [TestCase("compression_level=60 sea.level=50 msg=x", null, null)]
    // Web servers, databases, syslog and the like.
    [TestCase("[Wed Mar 31 08:00:00.123456 2027] [core:error] [pid 1] AH00126", LogSeverity.Error, "2027-03-31T08:00:00.1234560Z")]
    [TestCase("127.0.0.1 - - [31/Mar/2027:10:00:00 +0200] \"GET / HTTP/1.1\" 500 1", null, null)]
    [TestCase("2027/03/31 08:00:00 [emerg] 1#1: host not found", LogSeverity.Emergency, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("2027-03-31T08:00:00.0Z 0 [Note] [MY-010] ready", LogSeverity.Info, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("2027-03-31 08:00:00.000 UTC [1] LOG:  ready", LogSeverity.Info, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("2027-03-31 08:00:00.000 UTC [1] STATEMENT:  SELECT 'ERROR'", null, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("1234:M 31 Mar 2027 08:00:00.000 # out of memory", LogSeverity.Warning, null)]
    [TestCase("E, [2027-03-31T08:00:00.123456 #7] ERROR -- : boom", LogSeverity.Error, "2027-03-31T08:00:00.1234560Z")]
    [TestCase("03-31 08:00:00.123  1234  1234 E Tag: boom", LogSeverity.Error, "2027-03-31T08:00:00.1230000Z")]
    [TestCase("[08:00:00 ERR] serilog", LogSeverity.Error, null)]
    [TestCase("[08:00:00 INF] serilog", LogSeverity.Info, null)]
    [TestCase("ERROR [main] 2027-03-31 08:00:00,123 Daemon.java:1 - gone", LogSeverity.Error, "2027-03-31T08:00:00.1230000Z")]
    [TestCase("2027-03-31 08:00:00.123  WARN 1 --- [main] c.e.App : slow", LogSeverity.Warning, "2027-03-31T08:00:00.1230000Z")]
    [TestCase("2027-03-31 08:00:00.123 | error    | app:main:1 - gone", LogSeverity.Error, "2027-03-31T08:00:00.1230000Z")]
    [TestCase("ERROR:root:gone", LogSeverity.Error, null)]
    [TestCase("[31-Mar-2027 08:00:00 UTC] PHP Fatal error:  Uncaught", LogSeverity.Critical, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("panic: runtime error: index out of range", LogSeverity.Emergency, null)]
    [TestCase("fatal error: all goroutines are asleep", LogSeverity.Critical, null)]
    [TestCase("thread 'main' panicked at src/main.rs:1", LogSeverity.Critical, null)]
    [TestCase("Exception in thread \"main\" java.lang.NullPointerException", LogSeverity.Error, null)]
    [TestCase("Unhandled exception. System.InvalidOperationException: x", LogSeverity.Error, null)]
    [TestCase("Mar 31 08:00:00 host app[1]: nothing to say", null, "2027-03-31T08:00:00.0000000Z")]
    [TestCase("LOG_LEVEL=ERROR_ONLY", null, null)]
    [TestCase("the value is +INF", null, null)]
    public void A_line_says_its_severity_and_its_time(string text, object? severity, string? time)
    {
        var line = LogLine.Parse(text, Now);

        Assert.That(line.Severity, Is.EqualTo(severity));
        Assert.That(line.Time?.UtcDateTime.ToString("O"), Is.EqualTo(time));
    }

    [Test]
    public void The_message_of_a_JSON_line_is_read_without_its_escapes()
    {
        var line = LogLine.Parse("""{"msg": "said \"no\""}""", Now);

        Assert.That(line.Content.ToString(), Is.EqualTo("said \"no\""));
    }

    [Test]
    public void Lines_are_split_at_every_kind_of_end_and_cut_where_they_are_too_long()
    {
        var text = $"one\r\ntwo\n\n{new string('x', 200_000)}\nlast";
        var reader = new LineReader(new StringReader(text));

        var lengths = new List<int>();
        while (reader.TryRead(out var line))
            lengths.Add(line.Length);

        Assert.That(lengths, Is.EqualTo(new[] { 3, 3, 0, LineReader.MaxLength, 4 }));
        Assert.That(reader.Cut, Is.EqualTo(1));
    }
}
